# SPDX-License-Identifier: Apache-2.0
"""Duty-free imports under customs supervision: use outside the unit, and the end of supervision (CQ 18).

The customs condition itself is recorded in `hours`; publication, confirmation and start of use ask whether it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.resources.custody_events import CustomsSupervisionEnded, OutsideUseApproved
from domain.resources.state import LIVE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

RULE = "resource.duty_free_needs_customs_condition"


def approve_outside_use(
    state: Resource,
    *,
    place: str,
    purpose: str,
    notice_number: str,
    valid_from: date,
    valid_until: date,
    edition: Edition,
) -> list[Event]:
    """Note that customs agreed to use outside the unit; the condition must hold on every day of it.

    Raises `resources.wrong_state`, and all at once `resources.not_duty_free`, `resources.supervision_over`,
    `resources.ends_before_start`, `resources.outside_condition`.
    """
    require_state(state, "approve_outside_use", *LIVE)
    citation = edition.citation(RULE)
    rules = Rules()
    rules.require(state.duty_free, "resources.not_duty_free", citation=citation)
    over = state.supervision_ended_on is not None and state.supervision_ended_on <= valid_from
    rules.require(not over, "resources.supervision_over", citation=citation, field="valid_from")
    rules.require(valid_from <= valid_until, "resources.ends_before_start", field="valid_until")
    covered = not state.duty_free or state.customs_cover(valid_from, valid_until)
    rules.require(covered, "resources.outside_condition", citation=citation, field="valid_until")
    rules.enforce()
    return [
        OutsideUseApproved(
            place=place,
            purpose=purpose,
            notice_number=notice_number,
            valid_from=valid_from,
            valid_until=valid_until,
            basis=edition.basis(RULE),
        )
    ]


def end_supervision(
    state: Resource,
    *,
    ended_on: date,
    notice_number: str,
    ground: Literal["period_over", "duty_paid", "other"],
    edition: Edition,
) -> list[Event]:
    """Note that customs released the import; it is used like any other from that day on.

    Raises `resources.wrong_state`, `resources.not_duty_free`, `resources.supervision_over`.
    """
    require_state(state, "end_customs_supervision", *LIVE)
    citation = edition.citation(RULE)
    if not state.duty_free:
        raise refusal("resources.not_duty_free", citation=citation)
    if state.supervision_ended_on is not None:
        raise refusal("resources.supervision_over", citation=citation)
    return [
        CustomsSupervisionEnded(
            ended_on=ended_on, notice_number=notice_number, ground=ground, basis=edition.basis(RULE)
        )
    ]
