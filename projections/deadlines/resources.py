# SPDX-License-Identifier: Apache-2.0
"""Days of a resource: the review of its exemption, the end of a customs condition or an operator's authorisation."""

from domain.kernel.event import Recorded
from domain.resources.events import (
    CustomsConditionRecorded,
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    ExemptionRefused,
    OperationAuthorisationEnded,
    OperationAuthorised,
    ResourceReassigned,
    ResourceRegistered,
    ResourceTransferred,
    ResourceWithdrawn,
)
from projections.deadlines.table import hold, latest, lift, move_to, on, set_deadline
from projections.readmodel import Rows


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, unit=event.unit, organisation=event.legal_person)


@on
def _move(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    move_to(rows, recorded.stream, unit=event.to_unit, organisation=event.to_legal_person)


@on
def _exempt(event: ExemptionClaimed | ExemptionConfirmed, recorded: Recorded, rows: Rows) -> None:
    set_deadline(rows, recorded, "exemption_review", event.review_on)


@on
def _shared_again(_event: ExemptionRefused | ExemptionEnded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, "exemption_review")


@on
def _cleared(event: CustomsConditionRecorded, recorded: Recorded, rows: Rows) -> None:
    before = latest(rows, "customs_condition", recorded.stream)
    if before is None or before < event.valid_until:
        set_deadline(rows, recorded, "customs_condition", event.valid_until)


@on
def _authorise(event: OperationAuthorised, recorded: Recorded, rows: Rows) -> None:
    operator = str(event.operator)
    before = latest(rows, "operator_authorisation", recorded.stream, operator)
    if before is None or before < event.valid_until:
        due = event.valid_until
        set_deadline(rows, recorded, "operator_authorisation", due, item=operator, counterparty=event.operator)


@on
def _dismiss(event: OperationAuthorisationEnded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, "operator_authorisation", str(event.operator))


@on
def _withdraw(_event: ResourceWithdrawn, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded)
