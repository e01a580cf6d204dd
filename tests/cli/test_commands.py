# SPDX-License-Identifier: Apache-2.0
"""Commands on a real database: one JSON document on standard output, one sentence and exit 1 where they cannot."""

import hashlib
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.cli.conftest import HOMES, Tongchou


def token(tongchou: Tongchou, home: str) -> dict[str, str]:
    arguments = ("--role", "auditor", "--name", "孟知微", "--days", "5", "--jurisdiction", home, "--json")
    document: dict[str, str] = tongchou("token", "create", *arguments).document
    return document


def test_migrate_is_done_once(tongchou: Tongchou, home: str) -> None:
    ran = tongchou("migrate", "--json")
    assert ran.code == 0
    assert ran.document["applied"][home] == []


def test_migrate_makes_a_new_jurisdiction_and_never_changes_its_regime(tongchou: Tongchou, home: str) -> None:
    assert home
    assert tongchou("migrate", "--jurisdiction", "cli_new", "--regime", "jiangsu-2020-217").code == 0
    other = tongchou("migrate", "--jurisdiction", "cli_new", "--regime", "chongqing-2016-127")
    assert other.code == 1
    assert "nothing was changed" in other.err


def test_a_token_is_made_used_up_and_revoked(tongchou: Tongchou, home: str, cli_database: str) -> None:
    made = token(tongchou, home)
    name, _, secret = made["token"].partition(".")
    assert (name, len(secret)) == (home, 43)
    assert made["token_hash"] == hashlib.sha256(made["token"].encode()).hexdigest()
    count = "SELECT count(*) FROM token_claims WHERE token_hash = %s"
    with psycopg.connect(cli_database, autocommit=True, options=f"-c search_path={home}") as connection:
        assert connection.execute(count, (made["token_hash"],)).fetchone() == (1,)
        assert tongchou("token", "revoke", made["token"], "--user", made["user"]).code == 0
        assert connection.execute(count, (made["token_hash"],)).fetchone() == (0,)
    again = tongchou("token", "revoke", made["token"], "--user", made["user"])
    assert again.code == 1
    assert "Nothing was changed" in again.err


def test_a_new_person_cannot_speak_for_an_organisation_at_once(tongchou: Tongchou, home: str) -> None:
    person = ("--name", "孟知微", "--unit", str(uuid4()))
    ran = tongchou("token", "create", "--role", "managing_unit", *person, "--jurisdiction", home)
    assert ran.code == 2
    assert "POST /api/v1/users" in ran.err


def test_a_token_for_nobody_is_refused_in_words(tongchou: Tongchou, home: str) -> None:
    ran = tongchou("token", "create", "--role", "auditor", "--user", str(uuid4()), "--jurisdiction", home)
    assert ran.code == 1
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_what_concerns_one_jurisdiction_asks_which(tongchou: Tongchou, home: str) -> None:
    assert home
    ran = tongchou("token", "create", "--role", "auditor", "--name", "x")
    assert ran.code == 1
    assert "--jurisdiction" in ran.err


def test_replay_shows_the_events_and_masks_the_person(tongchou: Tongchou, home: str) -> None:
    user = token(tongchou, home)["user"]
    ran = tongchou("replay", user, "--json")
    assert ran.code == 0
    assert [event["type"] for event in ran.document["events"]] == [
        "parties.UserRegistered",
        "parties.AccessTokenIssued",
    ]
    assert "孟知微" not in ran.out
    first = ran.document["events"][0]["position"]
    assert len(tongchou("replay", user, "--at", str(first), "--json").document["events"]) == 1
    in_english = tongchou("replay", user, "--language", "en").out
    assert f"{first}  " in in_english
    assert "User [personal data] registered" in in_english


def test_replay_says_that_a_time_lies_before_the_first_event(tongchou: Tongchou, home: str) -> None:
    user = token(tongchou, home)["user"]
    ran = tongchou("replay", user, "--at", "0")
    assert ran.code == 1
    assert f"{user} has no event up to 0" in ran.err


def test_times_at_the_edge_are_those_of_shanghai(tongchou: Tongchou, home: str) -> None:
    made = token(tongchou, home)
    assert made["expires_at"].endswith("+08:00")
    shown = tongchou("replay", made["user"], "--json").document
    assert shown["events"][0]["recorded_at"].endswith("+08:00")
    assert shown["state"]["tokens"][0]["expires_at"].endswith("+08:00")


def test_a_refusal_ends_with_a_full_stop_before_what_to_do(tongchou: Tongchou, home: str) -> None:
    ran = tongchou("token", "create", "--role", "managing_unit", "--name", "孟知微", "--jurisdiction", home)
    assert ran.code == 1
    assert "managing unit. Nothing was changed" in ran.err


def test_a_database_url_that_cannot_be_read_is_a_wrong_setting(
    tongchou: Tongchou, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGCHOU_DATABASE_URL", "mysql://nowhere")
    ran = tongchou("verify")
    assert ran.code == 1
    assert "database_url" in ran.err
    assert "Traceback" not in ran.err


def test_replay_of_nothing_is_refused(tongchou: Tongchou, home: str) -> None:
    assert home
    assert tongchou("replay", str(uuid4())).code == 1


def test_verify_proves_what_was_done(tongchou: Tongchou, home: str) -> None:
    token(tongchou, home)
    for name in HOMES:
        assert tongchou("projections", "rebuild", "--jurisdiction", name).code == 0
    ran = tongchou("verify", "--jurisdiction", home, "--json")
    assert set(ran.document) == {"ok", "position", "positions", "checks"}
    assert ran.document["positions"] == {home: ran.document["position"]}
    assert (ran.code, ran.document["ok"]) == (0, True)
    assert all(set(check) == {"ok", "count", "problems"} for check in ran.document["checks"].values())


def test_verify_finds_a_claim_that_no_event_made(tongchou: Tongchou, home: str, cli_database: str) -> None:
    with psycopg.connect(cli_database, autocommit=True, options=f"-c search_path={home}") as connection:
        connection.execute(
            "INSERT INTO key_claims (kind, value, owner) VALUES ('unit.code', 'forged', gen_random_uuid())"
        )
        ran = tongchou("verify", "--jurisdiction", home, "--json")
        connection.execute("DELETE FROM key_claims WHERE value = 'forged'")
    assert ran.code == 1
    assert ran.document["ok"] is False
    assert "forged" in ran.out


def test_rebuild_reports_each_read_model(tongchou: Tongchou, home: str) -> None:
    document = tongchou("projections", "rebuild", "instruments", "--jurisdiction", home, "--json").document
    assert [item["name"] for item in document["rebuilt"][home]] == ["instruments"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("verify", "--jurisdiction", "atlantis"), "There is no jurisdiction 'atlantis'"),
        (("import", "instruments", "none.csv", "--unit", "U"), "There is no file"),
        (("import", "instruments", __file__, "--unit", "U", "--mapping", "none"), "There is no mapping"),
        (("migrate", "--jurisdiction", "Bad-Name", "--regime", "jiangsu"), "cannot be a jurisdiction"),
        (("simulate",), "demonstration"),
        (("demo", "--no-serve"), "demonstration"),
        (("bench", "append", "--seconds", "1"), "not on; nothing was measured"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_1(
    tongchou: Tongchou, home: str, arguments: tuple[str, ...], says: str
) -> None:
    assert home
    ran = tongchou(*arguments)
    assert ran.code == 1
    assert says in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_database_that_is_away_is_said_plainly(
    tongchou: Tongchou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGCHOU_DATABASE_URL", f"host={tmp_path} port=1 dbname=none connect_timeout=1")
    ran = tongchou("verify", "--data-dir", str(tmp_path))
    assert ran.code == 1
    assert "cannot be reached" in ran.err


def test_a_wrong_setting_is_said_plainly(tongchou: Tongchou, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home
    monkeypatch.setenv("TONGCHOU_POOL_SIZE", "many")
    ran = tongchou("verify")
    assert ran.code == 1
    assert "pool_size" in ran.err
