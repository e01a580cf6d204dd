# SPDX-License-Identifier: Apache-2.0
"""Writes: answered with version and position, safe to repeat, guarded by versions, all rules at once."""

from typing import Any
from uuid import UUID

import orjson
import pytest
from pydantic import ValidationError

from api.http.bodies import parsed
from api.http.problems import Problems
from application.command import Command
from application.contracts.fulfil_contract import FulfilContract
from application.parties.register_user import RegisterUser
from application.reservations.expire_reservation import ExpireReservation
from application.vouchers.freeze_batch import FreezeBatch
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from tests.api.desk import MORNING, Desk, Province, at, wish


@pytest.fixture
def user(desk: Desk, province: Province) -> dict[str, str]:
    return desk.customer(province)


@pytest.fixture
def manager(desk: Desk, province: Province) -> dict[str, str]:
    return desk.manager(province)


def test_a_creation_answers_id_version_position_and_where_it_is(
    desk: Desk, province: Province, user: dict[str, str]
) -> None:
    answer = desk.send("/reservations", wish(province), user)
    assert answer.status_code == 201, answer.text
    document = answer.json()
    assert document["data"]["state"] == "confirmed"
    assert answer.headers["ETag"] == f'"{document["version"]}"'
    assert answer.headers["Tongchou-Position"] == str(document["position"])
    assert answer.headers["Location"] == f"/api/v1/reservations/{document['id']}"
    assert "Idempotency-Replayed" not in answer.headers


def test_a_repeated_key_answers_the_same_and_does_nothing(desk: Desk, province: Province, user: dict[str, str]) -> None:
    first = desk.send("/reservations", wish(province), user, **{"Idempotency-Key": "once"})
    again = desk.send("/reservations", wish(province), user, **{"Idempotency-Key": "once"})
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_repeated_key_with_another_body_is_refused(desk: Desk, province: Province, user: dict[str, str]) -> None:
    desk.send("/reservations", wish(province), user, **{"Idempotency-Key": "once"})
    other = desk.send("/reservations", wish(province, samples=9), user, **{"Idempotency-Key": "once"})
    assert (other.status_code, other.json()["code"]) == (422, "application.idempotency_key_reused")


def test_a_key_is_ones_own(desk: Desk, province: Province, user: dict[str, str], manager: dict[str, str]) -> None:
    first = desk.send("/reservations", wish(province), user, **{"Idempotency-Key": "once"})
    body = wish(province, span={"start": "2026-03-05T09:00:00+08:00", "end": "2026-03-05T11:00:00+08:00"})
    other = desk.send(
        "/reservations", {**body, "on_behalf_of": str(province.user)}, manager, **{"Idempotency-Key": "once"}
    )
    assert other.status_code == 201, other.text
    assert other.json()["id"] != first.json()["id"]


def test_the_second_in_a_slot_meets_a_conflict(desk: Desk, province: Province, user: dict[str, str]) -> None:
    desk.send("/reservations", wish(province), user)
    second = desk.send("/reservations", wish(province), user)
    assert (second.status_code, second.json()["code"]) == (409, "reservation.slot_taken")
    [violation] = second.json()["violations"]
    assert violation["field"] == "span"
    assert violation["parameters"]["start"] == MORNING["start"]
    noted = desk.read("/refusals", desk.bearer(Role.AUDITOR), code="reservation.slot_taken").json()["items"]
    assert noted[0]["detail"]["start"] == MORNING["start"]


def test_if_match_guards_an_edit(desk: Desk, province: Province, user: dict[str, str]) -> None:
    made = desk.send("/reservations", wish(province), user).json()
    path, body = f"/reservations/{made['id']}/cancellation", {"reason": "样品尚未制备完成"}
    stale = desk.send(path, body, user, **{"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "application.precondition_failed")
    fresh = desk.send(path, body, user, **{"If-Match": f'"{made["version"]}"'})
    assert fresh.status_code == 200, fresh.text
    assert fresh.json()["version"] == made["version"] + 1


@pytest.mark.parametrize("value", ["1", '"x"', 'W/"1"', "*", ""])
def test_a_malformed_if_match_is_refused(desk: Desk, user: dict[str, str], value: str) -> None:
    answer = desk.send(f"/reservations/{UUID(int=9)}/cancellation", {"reason": "x"}, user, **{"If-Match": value})
    assert (answer.status_code, answer.json()["code"]) == (400, "if_match_malformed")


def test_if_match_on_a_creation_is_refused_rather_than_ignored(
    desk: Desk, province: Province, user: dict[str, str]
) -> None:
    answer = desk.send("/reservations", wish(province), user, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (400, "if_match_not_applicable")


@pytest.mark.parametrize("key", ["has space", "x" * 201, "\x7f"])
def test_a_malformed_key_is_refused(desk: Desk, user: dict[str, str], key: str) -> None:
    answer = desk.send("/reservations", {}, user, **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_malformed")


def test_all_broken_rules_come_at_once_with_their_articles(
    desk: Desk, province: Province, user: dict[str, str]
) -> None:
    """A span in the past, off the grid, outside the opening hours: each is named, none hides another."""
    span = {"start": "2026-03-01T03:07:00+08:00", "end": "2026-03-01T04:07:00+08:00"}
    answer = desk.send("/reservations", wish(province, span=span), user)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "rules.broken")
    assert len(problem["violations"]) > 1
    assert all(violation["message"] and violation["code"] for violation in problem["violations"])
    cited = {each["code"]: each["citation"] and each["citation"]["article"] for each in problem["violations"]}
    assert cited == {
        "reservations.start_in_past": None,  # no article needs to say so
        "reservations.no_opening_published": "JS 15",
        "reservations.no_fee_standard_published": "JS 15",
    }
    assert desk.refusals()[-1][1] == "RequestReservation"


def test_every_code_of_a_wrong_state_is_a_conflict(desk: Desk) -> None:
    problems = Problems(desk.platform)
    codes = [code for code in desk.platform.words.errors if code.endswith("wrong_state")]
    assert "vouchers.grant_wrong_state" in codes
    assert {problems.problem(refusal(code), "zh").status for code in codes} == {409}


def test_a_wrong_state_is_a_conflict(desk: Desk, province: Province, user: dict[str, str]) -> None:
    made = desk.send("/reservations", wish(province), user).json()
    desk.send(f"/reservations/{made['id']}/cancellation", {"reason": "x"}, user)
    again = desk.send(f"/reservations/{made['id']}/cancellation", {"reason": "x"}, user)
    assert (again.status_code, again.json()["code"]) == (409, "reservations.wrong_state")


def test_what_is_not_there_is_404_and_what_is_not_ones_own_403(
    desk: Desk, province: Province, user: dict[str, str]
) -> None:
    missing = desk.send(f"/reservations/{UUID(int=9)}/cancellation", {"reason": "x"}, user)
    assert (missing.status_code, missing.json()["violations"][0]["field"]) == (404, "reservation_id")
    made = desk.send("/reservations", wish(province), user).json()
    stranger = desk.bearer(Role.USER)
    theirs = desk.send(f"/reservations/{made['id']}/cancellation", {"reason": "x"}, stranger)
    assert (theirs.status_code, theirs.json()["code"]) == (403, "application.not_permitted")
    assert desk.refusals()[-1][1:3] == ("CancelReservation", "application.not_permitted")


def test_a_provider_confirms_runs_and_ends_a_use(
    desk: Desk, province: Province, user: dict[str, str], manager: dict[str, str]
) -> None:
    """The thread through the API: a use without contract is refused under JS 18, with the article."""
    made = desk.send("/reservations", wish(province), user).json()
    desk.platform.clock.now = at(4, 9)  # type: ignore[attr-defined]
    started = desk.send(f"/reservations/{made['id']}/usage", {}, manager)
    assert started.status_code == 422, started.text
    assert any(violation["citation"] for violation in started.json()["violations"])


def test_a_command_of_the_other_jurisdiction_is_out_of_reach(desk: Desk, province: Province) -> None:
    other = Desk(desk.platform, desk.client, "chongqing")
    foreign = other.bearer(Role.USER, user=province.user, organisation=province.customer)
    answer = other.send("/reservations", wish(province), foreign)
    assert answer.status_code == 404, answer.text


def test_moving_keeps_the_id(desk: Desk, province: Province, user: dict[str, str]) -> None:
    made = desk.send("/reservations", wish(province), user).json()
    span = {"start": MORNING["end"], "end": "2026-03-04T13:00:00+08:00"}
    moved = desk.send(f"/reservations/{made['id']}/move", {"span": span, "reason": "样品晚到"}, user)
    assert moved.status_code == 200, moved.text
    assert moved.json()["id"] == made["id"]


def test_an_id_may_be_named_as_in_any_other_room(desk: Desk, province: Province, user: dict[str, str]) -> None:
    """Under one key both spellings are the same request."""
    once, body = {"Idempotency-Key": "either"}, wish(province)
    first = desk.send("/reservations", body, user, **once)
    other = {name.removesuffix("_id"): value for name, value in body.items()}
    assert other.keys() != body.keys()
    again = desk.send("/reservations", other, user, **once)
    assert (first.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    both = desk.send("/reservations", body | other, user)
    assert (both.status_code, both.json()["violations"][0]["field"]) == (422, "resource")


@pytest.mark.parametrize(
    ("command", "body"),
    [
        (FreezeBatch, {"redemptions": [str(UUID(int=1))]}),
        (FulfilContract, {"contract": str(UUID(int=1)), "reservation_ids": [str(UUID(int=2))]}),
        (RegisterUser, {"name": "孟知微", "user_kind": "individual", "unit_id": str(UUID(int=1))}),
    ],
)
def test_ids_are_taken_with_and_without_the_ending(command: type[Command], body: dict[str, Any]) -> None:
    assert isinstance(parsed(command, orjson.dumps(body), {}), command)


def test_what_stands_in_the_path_is_not_stated_again_under_another_name() -> None:
    with pytest.raises(ValidationError, match=r"reservation\b"):
        parsed(ExpireReservation, orjson.dumps({"reservation": str(UUID(int=1))}), {"reservation_id": str(UUID(int=1))})
