# SPDX-License-Identifier: Apache-2.0
"""What surrounds every request: problems in one shape, correlation, safe headers, health, and an absent database."""

import dataclasses
import time
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from domain.kernel.actor import Role
from infrastructure.bootstrap import Platform
from infrastructure.database.pool import Database
from tests.api.desk import Desk

MEMBERS = {"type", "title", "status", "detail", "code", "violations", "correlation_id"}
OF_A_VIOLATION = {"code", "message", "field", "parameters", "citation", "overridable_by"}


@pytest.mark.parametrize("path", ["/api/v1/reservations", "/nowhere", "/api/v1/instruments?jurisdiction=x&limit=0"])
@pytest.mark.parametrize(
    ("accepted", "language"), [(None, "zh-CN"), ("en", "en"), ("fr", "zh-CN"), ("zh;q=0.1,en", "en")]
)
def test_every_problem_has_one_shape_in_the_readers_language(
    desk: Desk, path: str, accepted: str | None, language: str
) -> None:
    answer = desk.client.get(path, headers={"Accept-Language": accepted} if accepted else {})
    problem = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Content-Language"] == language
    assert set(problem) == MEMBERS
    assert problem["type"] == f"/problems/{problem['code']}"
    assert problem["status"] == answer.status_code
    assert all(set(violation) == OF_A_VIOLATION for violation in problem["violations"])
    assert ("的" in problem["title"] or any(letter > "\u4e00" for letter in problem["title"])) == (language != "en")


def test_a_correlation_id_is_kept_or_made(desk: Desk) -> None:
    mine = str(uuid4())
    kept = desk.client.get("/nowhere", headers={"X-Correlation-Id": mine})
    assert (kept.headers["X-Correlation-Id"], kept.json()["correlation_id"]) == (mine, mine)
    made = desk.client.get("/nowhere", headers={"X-Correlation-Id": "mine"})
    assert UUID(made.headers["X-Correlation-Id"]).version


def test_a_refusal_is_found_by_its_correlation(desk: Desk) -> None:
    mine = str(uuid4())
    desk.send("/contracts", {}, desk.bearer(Role.COUNCIL), **{"X-Correlation-Id": mine})
    found = desk.read("/refusals", desk.bearer(Role.AUDITOR), correlation=mine).json()["items"]
    assert [row["command"] for row in found] == ["DraftContract"]


@pytest.mark.parametrize(
    "path", ["/", "/start.css", "/healthz", "/api/v1/instruments?jurisdiction=jiangsu", "/nowhere"]
)
def test_answers_carry_safe_headers(desk: Desk, path: str) -> None:
    headers = desk.client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def test_the_start_page_speaks_both_languages_without_script(desk: Desk) -> None:
    page = desk.client.get("/", headers={"Host": "127.0.0.1:9321"}).text
    assert "http://127.0.0.1:9321/api/v1/reservations" in page
    assert "8000" not in page
    assert "jiangsu" in page
    assert "辖区" in page
    assert "Jurisdictions" in page
    assert "<script" not in page
    assert "style=" not in page
    assert "演示数据" not in page


def test_an_unexpected_error_is_500_logged_and_never_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Database, "connection", broken)
    answer = desk.client.get("/api/v1/instruments?jurisdiction=jiangsu")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert answer.json()["correlation_id"] in caplog.text


def test_health_and_readiness(desk: Desk) -> None:
    assert desk.client.get("/healthz").status_code == 200
    assert desk.client.get("/readyz").json()["status"] == "ready"
    with desk.jurisdiction.database.writing() as cursor:
        cursor.execute("UPDATE read_models SET failed_position = 7 WHERE name = 'calendar'")
    answer = desk.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == {"jiangsu.calendar": "stopped at position 7"}


@pytest.fixture
def without_database(platform: Platform) -> Iterator[TestClient]:
    """The same platform, as if its server had gone: nothing listens on port 1."""
    absent = Database("host=127.0.0.1 port=1 dbname=none", "jiangsu", size=1)
    home = dataclasses.replace(platform.jurisdictions["jiangsu"], database=absent)
    with TestClient(create_app(dataclasses.replace(platform, jurisdictions={"jiangsu": home}))) as client:
        yield client
    absent.close()


@pytest.mark.parametrize("path", ["/api/v1/instruments", "/api/v1/reservations", "/readyz"])
def test_an_absent_database_is_503_within_two_seconds(without_database: TestClient, path: str) -> None:
    begun = time.monotonic()
    answer = without_database.get(path, headers={"Authorization": "Bearer jiangsu.secret"})
    assert answer.status_code == 503
    assert time.monotonic() - begun < 2
    if path != "/readyz":
        assert answer.headers["Retry-After"] == "1"
        assert answer.json()["code"] == "application.unavailable"
