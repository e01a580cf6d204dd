# SPDX-License-Identifier: Apache-2.0
"""Who answers for a resource and who runs it: operators, reassignment, transfer, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.resources.events import (
    OperationAuthorisationEnded,
    OperationAuthorised,
    ResourceReassigned,
    ResourceTransferred,
    ResourceWithdrawn,
)
from domain.resources.state import LIVE, SHAREABLE, require_state

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

WithdrawalGround = Literal["scrapped", "sold", "returned"]
MEASURE = "reassign_large_instruments"


def authorise_operator(
    state: Resource,
    *,
    operator: UUID,
    operator_is_branch: bool,
    scope: str,
    valid_from: date,
    valid_until: date,
) -> list[Event]:
    """Let another legal person run the resource; owner and responsible unit stay (JS 23, CQ 15.b; CQ-15.1).

    Raises `resources.wrong_state`, `resources.operator_not_a_legal_person`, `resources.operator_is_owner`,
    `resources.ends_before_start`.
    """
    require_state(state, "authorise_operation", "published")
    rules = Rules()
    rules.require(not operator_is_branch, "resources.operator_not_a_legal_person", field="operator")
    rules.require(operator != state.legal_person, "resources.operator_is_owner", field="operator")
    rules.require(valid_from <= valid_until, "resources.ends_before_start", field="valid_until")
    rules.enforce()
    return [OperationAuthorised(operator=operator, scope=scope, valid_from=valid_from, valid_until=valid_until)]


def dismiss_operator(state: Resource, *, operator: UUID, reason: str) -> list[Event]:
    """End an operator's authorisation at once. Raises `resources.operator_unknown`."""
    if all(period.subject != str(operator) for period in state.operators):
        raise refusal("resources.operator_unknown", field="operator")
    return [OperationAuthorisationEnded(operator=operator, reason=reason)]


def reassign(
    state: Resource,
    *,
    to_unit: UUID,
    to_legal_person: UUID,
    decision_reference: str,
    reason: str,
    edition: Edition,
) -> list[Event]:
    """Move a large instrument to another unit as a measure after two failed years (JS 27.c, A74).

    Raises `resources.wrong_state`, `resources.reassignment_unknown` (the regime has no such measure),
    `resources.not_large`, `resources.same_unit`.
    """
    require_state(state, "reassign", *SHAREABLE)
    measures = "evaluation.repeat_failure_measures"
    citation = edition.citation(measures)
    rules = Rules()
    rules.require(MEASURE in (edition.optional(measures) or ()), "resources.reassignment_unknown", citation=citation)
    rules.require(state.large, "resources.not_large", citation=citation)
    rules.require(to_unit != state.unit, "resources.same_unit", field="to_unit")
    rules.enforce()
    return [
        ResourceReassigned(
            from_unit=state.unit,
            asset_number=state.asset_number,
            to_unit=to_unit,
            to_legal_person=to_legal_person,
            decision_reference=decision_reference,
            reason=reason,
            basis=edition.basis(measures),
        )
    ]


def transfer(state: Resource, *, to_unit: UUID, to_legal_person: UUID, reason: str) -> list[Event]:
    """Hand the resource over to another unit (ruling 8.15); its rules must stand before it is open again.

    Raises `resources.wrong_state`, `resources.same_unit`.
    """
    require_state(state, "transfer", *LIVE)
    if to_unit == state.unit:
        raise refusal("resources.same_unit", field="to_unit")
    return [
        ResourceTransferred(
            from_unit=state.unit,
            asset_number=state.asset_number,
            to_unit=to_unit,
            to_legal_person=to_legal_person,
            reason=reason,
        )
    ]


def withdraw(
    state: Resource, *, ground: WithdrawalGround, reason: str, open_reservations: Sequence[UUID]
) -> list[Event]:
    """Take the resource out for ever, from every state (ruling 8.15).

    Raises `resources.wrong_state`, `resources.reservations_open`.
    """
    require_state(state, "withdraw", *LIVE)
    if open_reservations:
        raise refusal(
            "resources.reservations_open",
            field="displace",
            count=len(open_reservations),
            reservations=", ".join(map(str, open_reservations)),
        )
    return [ResourceWithdrawn(ground=ground, reason=reason)]
