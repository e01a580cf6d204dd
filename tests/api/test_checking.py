# SPDX-License-Identifier: Apache-2.0
"""A booking that explains itself before it is made: `POST /reservations/check`, and refusals that tell the way out."""

from typing import Any

import pytest

from api.citing import cited
from api.http.explaining.words import known
from domain.kernel.actor import Role
from domain.reservations import mending
from domain.reservations.rules import NAMES
from infrastructure.words import load_words
from tests.api.desk import Desk, Province, wish
from tests.domain.editions import CHONGQING, JIANGSU

QUOTA = {"name": "每周机时", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 60}


def publish(desk: Desk, province: Province, **rules: Any) -> None:  # noqa: ANN401 - any rule
    answer = desk.send(f"/instruments/{province.instrument}/house-rules", {"rules": rules}, desk.manager(province))
    assert answer.status_code == 200


def check(desk: Desk, body: dict[str, Any], headers: dict[str, str], language: str = "zh") -> Any:  # noqa: ANN401
    return desk.client.post("/api/v1/reservations/check", json=body, headers={**headers, "Accept-Language": language})


def test_every_rule_has_a_name_in_words_and_every_change_a_sentence() -> None:
    assert set(NAMES) <= known("rules")
    assert set(mending._TOLD) == known("mend")


def test_what_would_be_accepted_says_what_it_costs_and_what_follows(desk: Desk, province: Province) -> None:
    answer = check(desk, wish(province), desk.customer(province)).json()
    assert answer["accepted"]
    assert {each["verdict"] for each in answer["rules"]} == {"kept"}
    assert answer["slot"]["lanes_left"] >= 1
    assert sum(step["amount_fen"] for step in answer["quote"]["steps"]) == answer["quote"]["total_fen"]
    assert answer["remaining_fen"] == answer["quote"]["total_fen"]
    assert answer["cancellation"][0]["what"] == "free"
    done = desk.send("/reservations", wish(province), desk.customer(province)).json()
    assert done["data"]["quote_fen"] == answer["quote"]["total_fen"]


def test_what_would_be_refused_says_every_reason_and_every_way_out(desk: Desk, province: Province) -> None:
    publish(desk, province, quotas=[QUOTA], must_read=["须知"])
    asked = wish(province)
    for language, who in (("zh", "管理单位"), ("en", "managing unit")):
        answer = check(desk, asked, desk.customer(province), language).json()
        told = {each["code"]: each for each in answer["violations"]}
        quota = told["reservations.quota_exceeded"]
        assert not answer["accepted"]
        assert quota["overridable_by_words"] == who
        assert (quota["published"][0]["what"], quota["published"][0]["version"]) == ("instrument", 1)
        assert quota["change"]["left"] == 60
        assert quota["change"]["reset_at"].startswith("2026-03-09T00:00:00")
        assert quota["change_words"]
        assert quota["citation"]["article"] == "JS 15"
        assert answer["nearest"]["provided"] == ["reservations.notices_not_read"]
        assert "须知" in answer["nearest"]["provided_words"]
        assert not answer["nearest"]["as_asked"]  # the quota of that week is at fault too


def test_each_broken_rule_says_what_to_send_or_when_it_is_open(desk: Desk, province: Province) -> None:
    lengths = [{"max_minutes": 90, "step_minutes": 30}]
    publish(desk, province, must_read=["须知"], questions=["样品名称"], lengths=lengths)
    asked = {**wish(province), "span": {"start": "2026-03-04T18:00:00+08:00", "end": "2026-03-04T20:10:00+08:00"}}
    answer = check(desk, asked, desk.customer(province), "en").json()
    told = {each["code"]: each["change_words"] for each in answer["violations"]}
    assert told["reservations.notices_not_read"] == "read it, then say rules_read: true in the request"
    assert told["reservations.question_unanswered"] == "answer it in the request, answers: {“样品名称”: “…”}"
    assert told["reservations.off_step"] == "possible lengths in minutes: 90"
    assert told["reservations.outside_opening_hours"].startswith("open on 2026-03-04: 08:00-18:00 (opening hours, ")
    assert answer["nearest"]["slots"] == []
    assert answer["nearest"]["provided_words"].startswith("This comes first, no other time mends it: Read this first")
    assert "样品名称" in answer["nearest"]["provided_words"].rpartition("; ")[2]
    assert answer["nearest"]["length_words"].count("up to 90 minutes") == 1


def test_outside_opening_hours_no_lane_is_said_to_be_left(desk: Desk, province: Province) -> None:
    night = {"start": "2026-03-04T02:00:00+08:00", "end": "2026-03-04T04:00:00+08:00"}
    answer = check(desk, wish(province, span=night), desk.customer(province)).json()
    assert "reservations.outside_opening_hours" in {each["code"] for each in answer["violations"]}
    assert answer["slot"] is None


def test_a_length_that_no_time_has_says_which_would(desk: Desk, province: Province) -> None:
    publish(desk, province, lengths=[{"max_minutes": 60}])
    answer = check(desk, wish(province), desk.customer(province), "en").json()
    assert answer["nearest"]["slots"] == []
    assert "a shorter wish, up to 60 minutes, would have times" in answer["nearest"]["length_words"]


def test_a_choice_of_ours_is_shown_as_one_and_an_article_with_its_words() -> None:
    choice = CHONGQING.citation("contract.mandatory")
    assert cited(choice) == {"document": None, "article": None, "quotation": None, "choice": "A33"}
    article = cited(JIANGSU.citation("contract.required_clauses"))
    assert article is not None
    assert (article["document"], article["choice"]) == (JIANGSU.document_no, None)
    assert article["quotation"]


def test_reasons_of_the_system_are_in_the_readers_language() -> None:
    for language, expected in (("zh", "预约取消"), ("en", "reservation cancelled")):
        told = load_words().event("reservations.HoldingsReturned", language, {"reason": "reservation cancelled"})
        assert expected in told
    ruled = load_words().event("reservations.HoldingsReturned", "zh", {"reason": "approval ended without confirmation"})
    assert ruled.isascii() is False
    assert "approval" not in ruled


def test_a_refused_command_tells_the_same_and_the_nearest_times(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    while desk.send("/reservations", wish(province), user).status_code == 201:
        pass
    refused = desk.send("/reservations", wish(province), user).json()
    assert refused["code"] == "reservation.slot_taken"
    assert refused["check"] == "/api/v1/reservations/check"
    for slot in refused["nearest"]["slots"]:
        assert check(desk, wish(province, span=slot), user).json()["accepted"]
    assert desk.send("/reservations", wish(province, span=refused["nearest"]["slots"][0]), user).status_code == 201


def test_only_whoever_may_ask_may_check(desk: Desk, province: Province) -> None:
    asked = wish(province)
    assert check(desk, asked, {}).status_code == 401
    for role in (Role.AUDITOR, Role.OPERATOR, Role.SERVICE_CENTRE):
        assert check(desk, asked, desk.bearer(role)).status_code == 403
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    assert check(desk, wish(province, on_behalf_of=str(province.user)), stranger).status_code == 403
    assert len(desk.refusals()) == 4
    assert check(desk, wish(province, on_behalf_of=str(province.user)), desk.manager(province)).json()["accepted"]


@pytest.mark.parametrize("body", [{}, {"reservation_id": "x"}, {"span": 1}])
def test_a_body_that_is_wrong_is_refused_field_by_field(desk: Desk, province: Province, body: dict[str, Any]) -> None:
    answer = check(desk, body, desk.customer(province))
    assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


def test_a_move_is_checked_as_it_would_be_made(desk: Desk, province: Province) -> None:
    user = desk.customer(province)
    done = desk.send("/reservations", wish(province), user).json()
    later = {"start": "2026-03-04T13:00:00+08:00", "end": "2026-03-04T15:00:00+08:00"}
    answer = check(desk, {"reservation_id": done["id"], "span": later}, user).json()
    moved = desk.send(f"/reservations/{done['id']}/move", {"span": later, "reason": "改期", "consent": ""}, user)
    assert answer["accepted"] is (moved.status_code == 200), (answer["violations"], moved.text)


def test_a_reservation_explains_itself_to_its_parties_and_to_those_who_check(desk: Desk, province: Province) -> None:
    done = desk.send("/reservations", wish(province), desk.customer(province)).json()
    path = f"/reservations/{done['id']}/explanation"
    readers = (desk.customer(province), desk.manager(province), desk.bearer(Role.AUDITOR))
    told = [desk.read(path, each) for each in readers]
    assert [each.status_code for each in told] == [200] * 3
    assert len({each.text for each in told}) == 1
    assert told[0].json()["agrees"]
    assert {"asked", "versions", "rules", "quote", "history"} <= {each["name"] for each in told[0].json()["sections"]}
    english = desk.read(path, {**readers[0], "Accept-Language": "en"}).json()
    assert [each["name"] for each in english["sections"]] == [each["name"] for each in told[0].json()["sections"]]
    stranger = desk.bearer(Role.MANAGING_UNIT, organisation=province.customer, unit=province.customer)
    assert desk.read(path, stranger).status_code == 404
    assert desk.read(path, desk.bearer(Role.USER)).status_code == 404
    assert desk.read(path, desk.bearer(Role.OPERATOR)).status_code == 403
    assert desk.read(path).status_code == 401
