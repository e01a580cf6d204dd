# SPDX-License-Identifier: Apache-2.0
"""Who is asking: tokens known, in force, of this jurisdiction; everything else is 401."""

from datetime import timedelta

import pytest

from domain.kernel.actor import Role
from tests.api.desk import Desk


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic abc",
        "Bearer jiangsu.unknown",
        "Bearer nowhere.secret",
        "Bearer " + "x" * 500,
    ],
)
def test_what_is_no_token_is_401(desk: Desk, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = desk.read("/reservations", headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="tongchou"'


def test_a_wrong_token_is_401_even_where_none_is_needed(desk: Desk) -> None:
    assert desk.read("/instruments", {"Authorization": "Bearer jiangsu.unknown"}).status_code == 401


def test_a_token_ends_at_its_time_even_while_remembered(desk: Desk) -> None:
    now = desk.platform.clock()
    headers = desk.bearer(Role.AUDITOR, expires_at=now + timedelta(hours=1))
    assert desk.read("/reservations", headers).status_code == 200
    desk.platform.clock.now = now + timedelta(hours=1)  # type: ignore[attr-defined]
    assert desk.read("/reservations", headers).status_code == 401


def test_nobody_comes_as_the_system(desk: Desk) -> None:
    assert desk.read("/reservations", desk.bearer(Role.SYSTEM)).status_code == 401


def test_a_token_reads_its_own_jurisdiction_alone(desk: Desk) -> None:
    headers = desk.bearer(Role.AUDITOR)
    assert desk.read("/reservations", headers, jurisdiction="jiangsu").status_code == 200
    assert desk.read("/reservations", headers, jurisdiction="chongqing").status_code == 403
    assert desk.read("/instruments", headers, jurisdiction="chongqing").status_code == 403


def test_the_public_names_a_jurisdiction(desk: Desk) -> None:
    missing, unknown = desk.read("/instruments"), desk.read("/instruments", jurisdiction="utopia")
    assert (missing.status_code, missing.json()["code"]) == (400, "jurisdiction_required")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_jurisdiction")


def test_a_revoked_token_ends_within_the_cache(desk: Desk) -> None:
    headers = desk.bearer(Role.AUDITOR)
    with desk.jurisdiction.database.writing() as cursor:
        cursor.execute("DELETE FROM token_claims")
    assert desk.read("/reservations", headers).status_code == 401
