# SPDX-License-Identifier: Apache-2.0
"""Register what an authority decided, correct it, annul it (JS 5, CQ 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.governance.decision import APPROVAL, require_standing
from domain.governance.events import DecisionAnnulled, DecisionCorrected, DecisionRecorded
from domain.governance.joint import check_parties, taken_jointly
from domain.governance.minutes import check_minutes
from domain.governance.values import JointParty
from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.governance.decision import Decision
    from domain.governance.values import Body, Minutes
    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.policy import Edition


@dataclass(frozen=True, slots=True)
class Content:
    """What is stated of a decision. `named` are the seats that a person's name is given for."""

    title: str
    decided_on: date
    digest: str
    minutes: Minutes | None = None
    names: Personal | None = None
    named: tuple[str, ...] = ()


def record(
    *,
    number: str,
    body: Body,
    organisation: UUID | None,
    content: Content,
    edition: Edition,
    today: date,
    jointly_with: tuple[JointParty, ...] = (),
) -> list[Event]:
    """Register a decision, also one taken long ago, alone or together with others.

    A council's decision shows who attended. A seat with a declared conflict on the matter is not counted as voting.
    Raises, all at once, what `joint.check_parties` notes and `governance.decided_in_the_future`,
    `governance.attendance_missing`, `governance.seat_twice`, `governance.seat_unknown`, `governance.voted_twice`,
    `governance.vote_of_the_absent`, `governance.vote_despite_conflict`.
    """
    rules = Rules()
    check_parties(rules, jointly_with, JointParty(body=body, organisation=organisation), edition)
    _check(rules, body, content, edition, today)
    rules.enforce()
    return [
        DecisionRecorded(
            number=number,
            body=body,
            organisation=organisation,
            title=content.title,
            decided_on=content.decided_on,
            digest=content.digest,
            minutes=content.minutes,
            names=content.names,
            basis=edition.basis(APPROVAL),
        ),
        *taken_jointly(jointly_with, edition),
    ]


def correct(state: Decision, content: Content, *, reason: str, edition: Edition, today: date) -> list[Event]:
    """State anew what was recorded wrongly. Raises `governance.decision_annulled` and what `record` raises."""
    require_standing(state, edition)
    rules = Rules()
    _check(rules, state.body, content, edition, today)
    rules.enforce()
    return [
        DecisionCorrected(
            title=content.title,
            decided_on=content.decided_on,
            digest=content.digest,
            minutes=content.minutes,
            names=content.names,
            reason=reason,
            basis=edition.basis(APPROVAL),
        )
    ]


def annul(state: Decision, *, reason: str, annulling: Decision | None, edition: Edition) -> list[Event]:
    """Let nothing new rest on the decision.

    Raises `governance.decision_annulled`, `governance.annuls_itself`, `governance.annulled_by_another_body`.
    """
    require_standing(state, edition)
    rules = Rules()
    if annulling is not None:
        rules.require(annulling.number != state.number, "governance.annuls_itself", field="annulling_decision")
        rules.require(
            not {state.body, "council"}.isdisjoint(annulling.bodies),
            "governance.annulled_by_another_body",
            citation=edition.citation(APPROVAL),
            field="annulling_decision",
            body=", ".join(annulling.bodies),
            possible_body=state.body,
        )
    rules.enforce()
    number = None if annulling is None else annulling.number
    return [DecisionAnnulled(reason=reason, annulling_decision=number, basis=edition.basis(APPROVAL))]


def _check(rules: Rules, body: Body, content: Content, edition: Edition, today: date) -> None:
    minutes = content.minutes
    rules.require(content.decided_on <= today, "governance.decided_in_the_future", field="decided_on")
    attended = minutes is not None and any(seat.present for seat in minutes.seats)
    rules.require(
        attended or body != "council" or not edition.value(APPROVAL),
        "governance.attendance_missing",
        citation=edition.citation(APPROVAL),
        field="minutes.seats",
    )
    if minutes is not None:
        check_minutes(rules, minutes, content.named, edition)
    elif content.named:
        rules.require(holds=False, code="governance.seat_unknown", field="names", seat=", ".join(content.named))
