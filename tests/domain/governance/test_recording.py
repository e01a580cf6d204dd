# SPDX-License-Identifier: Apache-2.0
"""What a decision must show before anything rests on it (JS 5, CQ 6)."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.governance import recording as decide
from domain.governance.claims import claims_of
from domain.governance.decision import DECISION, require_body, require_standing
from domain.governance.events import DecisionAnnulled, DecisionCorrected
from domain.governance.recording import Content
from domain.governance.values import Conflict, Minutes, Seat, Vote
from domain.kernel.claims import TakeKey
from domain.kernel.errors import DomainError
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.governance.examples import (
    EDUCATION,
    FINANCE,
    MINUTES,
    SCIENCE,
    TODAY,
    content,
    decision,
    recorded,
)


def recording(stated: Content, body: str = "council") -> Outcome:
    return given(DECISION).when(
        decide.record, number="1号", body=body, organisation=None, content=stated, edition=JIANGSU, today=TODAY
    )


def minutes(**changes: object) -> Minutes:
    return MINUTES.model_copy(update=changes)


def test_a_decision_is_recorded_with_its_basis() -> None:
    basis = JIANGSU.basis("policy.council_approval_required")
    recording(content()).then(recorded(basis=basis))


def test_a_decision_taken_long_ago_is_recorded_with_its_own_day() -> None:
    long_ago = TODAY - timedelta(days=4000)
    assert recording(content(decided_on=long_ago)).state.decided_on == long_ago


def test_what_has_not_been_decided_is_not_recorded() -> None:
    recording(content(decided_on=TODAY + timedelta(days=1))).then_refused("governance.decided_in_the_future")


@pytest.mark.parametrize("missing", [None, Minutes(seats=()), Minutes(seats=(Seat(seat=SCIENCE, present=False),))])
def test_a_council_shows_who_attended(missing: Minutes | None) -> None:
    refused = recording(content(minutes=missing)).then_refused("governance.attendance_missing")
    assert refused.violations[0].citation == JIANGSU.citation("policy.council_approval_required")


@pytest.mark.parametrize("body", ["council_office", "science_department", "finance_department", "local_government"])
def test_other_authorities_need_no_attendance(body: str) -> None:
    assert recording(content(minutes=None), body).state.body == body


def test_a_declared_conflict_is_not_counted_as_voting() -> None:
    declared = minutes(conflicts=(Conflict(seat=FINANCE, reason="下属单位为受益方", left=False),))
    refused = recording(content(minutes=declared)).then_refused("governance.vote_despite_conflict")
    assert refused.violations[0].parameters == {"seat": FINANCE}
    without = declared.model_copy(update={"votes": (Vote(seat=SCIENCE, choice="for"),)})
    assert recording(content(minutes=without)).state.minutes == without


def test_everything_wrong_with_the_minutes_is_said_at_once() -> None:
    wrong = Minutes(
        seats=(Seat(seat=SCIENCE), Seat(seat=SCIENCE), Seat(seat=EDUCATION, present=False)),
        conflicts=(Conflict(seat="无此席位", reason="…"),),
        votes=(
            Vote(seat=SCIENCE, choice="for"),
            Vote(seat=SCIENCE, choice="against"),
            Vote(seat=EDUCATION, choice="for"),
        ),
    )
    recording(content(minutes=wrong)).then_refused(
        "governance.seat_twice",
        "governance.seat_unknown",
        "governance.voted_twice",
        "governance.vote_of_the_absent",
    )


def test_names_belong_to_seats() -> None:
    recording(content(named=("无此席位",))).then_refused("governance.seat_unknown")
    recording(content(minutes=None, named=(SCIENCE,)), "council_office").then_refused("governance.seat_unknown")


def test_a_record_is_corrected_as_a_whole_and_checked_anew() -> None:
    past = given(DECISION, recorded())
    facts = {"reason": "…", "edition": JIANGSU, "today": TODAY}
    corrected = past.when(decide.correct, content(title="总体规划"), **facts)
    corrected.then(
        DecisionCorrected(title="总体规划", decided_on=TODAY, digest=content().digest, minutes=MINUTES, reason="…")
    )
    assert (corrected.state.title, corrected.state.number) == ("总体规划", "1号")
    past.when(decide.correct, content(minutes=None), **facts).then_refused("governance.attendance_missing")


def test_nothing_rests_on_an_annulled_decision() -> None:
    annulled = given(DECISION, recorded()).when(decide.annul, reason="…", annulling=None, edition=JIANGSU)
    annulled.then(DecisionAnnulled(reason="…"))
    with pytest.raises(DomainError, match=r"governance\.decision_annulled"):
        require_standing(annulled.state, JIANGSU)
    over = given(DECISION, recorded(), DecisionAnnulled(reason="…"))
    over.when(decide.annul, reason="…", annulling=None, edition=JIANGSU).then_refused("governance.decision_annulled")
    over.when(decide.correct, content(), reason="…", edition=JIANGSU, today=TODAY).then_refused(
        "governance.decision_annulled"
    )


def test_a_decision_is_annulled_by_its_own_authority_or_the_council() -> None:
    past = given(DECISION, recorded("council_office"))
    for annulling in (decision("council", number="2号"), decision("council_office", number="2号")):
        past.when(decide.annul, reason="…", annulling=annulling, edition=JIANGSU).then(
            DecisionAnnulled(reason="…", annulling_decision="2号")
        )
    other = decision("finance_department", number="2号")
    past.when(decide.annul, reason="…", annulling=other, edition=JIANGSU).then_refused(
        "governance.annulled_by_another_body"
    )
    itself = decision("council_office")
    past.when(decide.annul, reason="…", annulling=itself, edition=JIANGSU).then_refused("governance.annuls_itself")


def test_a_matter_of_the_council_needs_the_council() -> None:
    parameter = "governance.council_decides"
    require_body(decision("council"), ("council",), CHONGQING, parameter, field="decision_reference")
    with pytest.raises(DomainError) as refused:
        require_body(decision("council_office"), ("council",), CHONGQING, parameter, field="decision_reference")
    assert refused.value.codes == ("governance.decision_of_another_body",)
    assert refused.value.violations[0].citation == CHONGQING.citation(parameter)


def test_a_number_is_claimed_once_and_for_ever() -> None:
    stream = UUID(int=3)
    assert claims_of(stream, recorded()) == [TakeKey(f"decision.number.{recorded().body}", "1号", stream)]
    assert claims_of(stream, DecisionAnnulled(reason="…")) == []
