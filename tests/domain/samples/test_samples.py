# SPDX-License-Identifier: Apache-2.0
"""A sample order: what each step needs, and what it is refused for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest

from domain.kernel.claims import Draw, DrawUpTo, NextNumber
from domain.samples import approving, intake, reporting, testing
from domain.samples.claims import claims_of
from domain.samples.events import (
    ReportDelivered,
    ReportDrafted,
    ReportReturned,
    SampleApprovalAsked,
    SampleApprovalTimedOut,
    SampleOrderAcknowledged,
    SampleOrderApproved,
    SampleOrderRated,
    SampleOrderRefused,
    SampleOrderWithdrawn,
)
from domain.samples.order import SAMPLE_ORDER
from tests.domain.given import given
from tests.domain.samples.examples import (
    ACCEPTED,
    AUTHOR,
    DAY,
    DELIVERED,
    DIGEST,
    DRAFTED,
    FIRST,
    INTAKE,
    LEADER,
    NOON,
    OTHER,
    PASSED,
    PASSED_AGAIN,
    RECEIVED,
    RESOURCE,
    SECOND,
    STAFF,
    TO_THE_REPORT,
    USE,
    USER,
    applied,
    outcome_of,
)

ROOM = {"day": DAY, "today": DAY, "place": RESOURCE, "cap": 10, "expected_minutes": 0, "estimate": None}


def test_secrets_and_a_missing_group_are_told_at_once() -> None:
    outcome = given(SAMPLE_ORDER).when(intake.apply, application=applied(no_state_secrets=False), leader_missing=True)
    outcome.then_refused("samples.state_secrets", "samples.group_needed")


def test_only_the_leader_whom_it_waits_for_approves() -> None:
    waiting = given(SAMPLE_ORDER, applied(leader=LEADER))
    waiting.when(approving.approve, now=NOON, approver=USER).then_refused("samples.not_the_leader")
    waiting.when(approving.approve, now=NOON, approver=LEADER).then(SampleOrderApproved(approver=LEADER))
    waiting.when(intake.accept, used={}, **ROOM).then_refused("samples.wrong_state")


@pytest.mark.parametrize("outcome", ["approve", "reject"])
def test_nobodys_decision_has_the_declared_outcome_from_the_due_time_on(outcome: Literal["approve", "reject"]) -> None:
    asked = SampleApprovalAsked(leader=LEADER, due_at=NOON, on_time_out=outcome)
    waiting = given(SAMPLE_ORDER, applied(leader=LEADER), asked)
    early = NOON - timedelta(seconds=1)
    waiting.when(approving.time_out, now=early).then_refused("samples.approval_not_due")
    waiting.when(approving.approve, now=early, approver=LEADER).then(SampleOrderApproved(approver=LEADER))
    waiting.when(approving.approve, now=NOON, approver=LEADER).then_refused("samples.approval_timed_out")
    over = SampleApprovalTimedOut(leader=LEADER, due_at=NOON, outcome=outcome)
    follows = {
        "approve": SampleOrderApproved(approver=None),
        "reject": SampleOrderRefused(by="system", ground="not_approved", reason=approving.TIMED_OUT),
    }
    waiting.when(approving.time_out, now=NOON).then(over, follows[outcome])


@pytest.mark.parametrize(("used", "accepted"), [(6, True), (7, False)])
def test_a_day_takes_in_as_many_as_published_and_the_refusal_names_the_next(used: int, accepted: bool) -> None:  # noqa: FBT001
    days = {DAY: used, DAY + timedelta(days=1): 10, DAY + timedelta(days=2): 6}
    outcome = given(SAMPLE_ORDER, applied()).when(intake.accept, used=days, **ROOM)
    if accepted:
        outcome.then(ACCEPTED)
        return
    [told] = outcome.then_refused("samples.day_full").violations
    assert told.parameters["next_free"] == "2026-03-05"


def test_more_than_a_whole_day_and_a_day_past_are_refused() -> None:
    many = given(SAMPLE_ORDER, applied(sample_count=11))
    many.when(intake.accept, used={}, **ROOM).then_refused("samples.more_than_a_day")
    past = ROOM | {"day": date(2026, 3, 2)}
    given(SAMPLE_ORDER, applied()).when(intake.accept, used={}, **past).then_refused("samples.day_past")


def test_what_a_day_keeps_is_given_back_until_the_samples_are_there() -> None:
    [drawn] = claims_of(USE, ACCEPTED)
    assert drawn == DrawUpTo(INTAKE, 10, 4)
    standing = SAMPLE_ORDER.fold([applied(), ACCEPTED])
    assert standing is not None
    [refused] = intake.refuse(standing, by="provider", ground="hazard", reason="…", now=NOON)
    assert claims_of(USE, refused) == [Draw(INTAKE, -4)]
    [given_up] = intake.withdraw(SAMPLE_ORDER.fold([applied(), ACCEPTED, RECEIVED]), by="user", reason="…")  # type: ignore[arg-type]
    assert claims_of(USE, given_up) == []
    assert claims_of(USE, RECEIVED) == [NextNumber("YP-U01-2026", 1)]


def test_labels_follow_the_number() -> None:
    assert intake.labels("YP-U01-2026-000001", 2) == ["YP-U01-2026-000001/001", "YP-U01-2026-000001/002"]


def test_fewer_samples_may_come_but_not_more() -> None:
    order = given(SAMPLE_ORDER, applied(), ACCEPTED)
    order.when(intake.receive, number=RECEIVED.number, count=4, condition="").then(RECEIVED)
    order.when(intake.receive, number="…", count=5, condition="").then_refused("samples.more_than_announced")


def test_a_failed_sample_may_be_tried_again_but_none_succeeds_twice() -> None:
    order = given(SAMPLE_ORDER, applied(), ACCEPTED, RECEIVED, outcome_of(3, 1, last=False))
    again: dict[str, Any] = {"started_at": NOON.replace(hour=6), "ended_at": NOON.replace(hour=7)}
    order.when(testing.record, outcome_of(1, **again)).then(outcome_of(1, **again))
    order.when(testing.record, outcome_of(2, **again)).then_refused("samples.more_than_received")
    order.when(testing.record, outcome_of(0, **again)).then_refused("samples.nothing_tested")


def test_the_time_of_a_test_is_told_once() -> None:
    order = given(SAMPLE_ORDER, applied(), ACCEPTED, RECEIVED, outcome_of(3, 1, last=False))
    refused = order.when(testing.record, outcome_of(1)).then_refused("samples.tested_then")
    assert refused.violations[0].parameters["reservation"] == str(USE)


def test_giving_up_is_free_before_the_first_test_and_owes_the_tests_after() -> None:
    steps = [applied(), ACCEPTED, RECEIVED]
    given(SAMPLE_ORDER, *steps).when(intake.withdraw, by="user", reason="…").then(
        SampleOrderWithdrawn(by="user", reason="…", owed_fen=0)
    )
    given(SAMPLE_ORDER, *steps, outcome_of(2, last=False)).when(intake.withdraw, by="user", reason="…").then(
        SampleOrderWithdrawn(by="user", reason="…", owed_fen=60_000)
    )
    given(SAMPLE_ORDER, *TO_THE_REPORT).when(intake.withdraw, by="user", reason="…").then_refused("samples.wrong_state")


REVIEWERS = [
    (STAFF, "samples.reviewer_operated"),
    (AUTHOR, "samples.reviewer_wrote"),
    (FIRST, "samples.reviewed_already"),
]


@pytest.mark.parametrize(("reviewer", "code"), REVIEWERS)
def test_two_others_review_a_report(reviewer: object, code: str) -> None:
    once = given(SAMPLE_ORDER, *TO_THE_REPORT, PASSED)
    once.when(reporting.review, digest=DIGEST, reviewer=reviewer, comment="").then_refused(code)
    once.when(reporting.review, digest=DIGEST, reviewer=SECOND, comment="").then(PASSED_AGAIN)
    once.when(reporting.deliver, method="electronic", tracking_number="", samples_returned=False).then_refused(
        "samples.wrong_state"
    )


def test_a_report_that_was_returned_is_reviewed_from_the_first_round() -> None:
    once = given(SAMPLE_ORDER, *TO_THE_REPORT, PASSED)
    back = ReportReturned(report_version=1, reviewer=SECOND, reason="缺不确定度")
    once.when(reporting.send_back, digest=DIGEST, reviewer=SECOND, reason="缺不确定度").then(back)
    again = given(SAMPLE_ORDER, *TO_THE_REPORT, PASSED, back)
    second = ReportDrafted(report_version=2, digest=OTHER, title="报告", drafted_by=AUTHOR)
    again.when(reporting.draft, digest=OTHER, title="报告", drafted_by=AUTHOR).then(second)
    state = SAMPLE_ORDER.fold([*TO_THE_REPORT, PASSED, back, second])
    assert state is not None
    assert (state.state, state.reviewers) == ("report_drafted", ())
    given(SAMPLE_ORDER, *TO_THE_REPORT, PASSED, back, second).when(
        reporting.review, digest=DIGEST, reviewer=FIRST, comment=""
    ).then_refused("samples.report_changed")


def test_sending_needs_a_tracking_number() -> None:
    reviewed = given(SAMPLE_ORDER, *TO_THE_REPORT, PASSED, PASSED_AGAIN)
    sent = {"method": "sent", "samples_returned": True}
    reviewed.when(reporting.deliver, tracking_number="", **sent).then_refused("samples.tracking_number_missing")
    reviewed.when(reporting.deliver, tracking_number="SF1", **sent).then(
        ReportDelivered(digest=DIGEST, method="sent", tracking_number="SF1", samples_returned=True)
    )


def test_an_order_is_acknowledged_and_then_rated_once() -> None:
    delivered = (*TO_THE_REPORT, PASSED, PASSED_AGAIN, DELIVERED)
    given(SAMPLE_ORDER, *delivered).when(reporting.rate, score=Decimal(5), comment="").then_refused(
        "samples.wrong_state"
    )
    done = SampleOrderAcknowledged()
    given(SAMPLE_ORDER, *delivered).when(reporting.acknowledge, note="").then(done)
    rated = SampleOrderRated(score=Decimal("4.5"))
    given(SAMPLE_ORDER, *delivered, done).when(reporting.rate, score=Decimal("4.5"), comment="").then(rated)
    given(SAMPLE_ORDER, *delivered, done, rated).when(reporting.rate, score=Decimal(1), comment="").then_refused(
        "samples.rated_already"
    )


def test_the_unit_refuses_only_before_the_samples_are_there() -> None:
    refused = SampleOrderRefused(by="provider", ground="unsuitable", reason="…")
    facts = {"by": "provider", "ground": "unsuitable", "reason": "…", "now": NOON}
    given(SAMPLE_ORDER, applied()).when(intake.refuse, **facts).then(refused)
    given(SAMPLE_ORDER, applied(), ACCEPTED, RECEIVED).when(intake.refuse, **facts).then_refused("samples.wrong_state")
    assert DRAFTED.report_version == 1
