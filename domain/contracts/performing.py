# SPDX-License-Identifier: Apache-2.0
"""What may follow two signatures: registration, fulfilment, dispute, termination (JS 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.contracts.events import (
    ContractFulfilled,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
    TechnicalContractRegistered,
)
from domain.contracts.performing_events import CallOffsClosed, RegistrationDetailsNoted
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal
from domain.kernel.lifecycle import require_one_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.contracts.events import Side
    from domain.contracts.performing_events import TechnicalContractKind
    from domain.contracts.state import Contract
    from domain.kernel.event import Event
    from domain.policy import Edition

EndedBy = Literal["provider", "user", "both", "dispute_body"]


REGISTRATION = "contract.technical_registration"


def register(
    contract: Contract,
    *,
    registration_number: str,
    registered_on: date,
    edition: Edition,
    today: date,
    body: str = "",
    kind: TechnicalContractKind | None = None,
) -> list[Event]:
    """Note the registration as a technical contract (JS 18.b, A34, JS-18.3).

    It is optional, comes after both signatures and is renewed after an amendment, under a number of its own or the
    same one. Raises `contracts.not_signed_by_both`, `contracts.registration_not_foreseen`,
    `contracts.date_in_future`.
    """
    citation, rules = edition.citation(REGISTRATION), Rules()
    require_one_of(
        ("signed_by_both",),
        "contracts.not_signed_by_both",
        state=contract.state,
        command="register_technical",
        citation=citation,
    )
    foreseen = edition.optional(REGISTRATION) == "if_eligible"
    rules.require(foreseen, "contracts.registration_not_foreseen", citation=citation)
    rules.require(registered_on <= today, "contracts.date_in_future", field="registered_on", today=today.isoformat())
    rules.enforce()
    basis = edition.basis(REGISTRATION)
    registered = TechnicalContractRegistered(
        registration_number=registration_number, registered_on=registered_on, basis=basis
    )
    if not body and kind is None and not contract.renewal_needed:
        return [registered]
    details = RegistrationDetailsNoted(
        registration_number=registration_number,
        body=body,
        kind=kind,
        renews=contract.registration_number if contract.renewal_needed else None,
        document_version=contract.document_version,
        basis=basis,
    )
    return [registered, details]


def fulfil(
    contract: Contract, *, uses: int, listed: int, open_call_offs: tuple[UUID, ...], running_orders: int = 0
) -> list[Event]:
    """Close a contract all of whose call-offs are settled.

    `uses` were begun under it, `listed` of them are shown, and those in `open_call_offs` are still in use or unpaid.
    `running_orders` call-offs of a framework are placed and neither settled nor cancelled.
    """
    require_state(contract, "fulfil", "signed_by_both", "registered")
    rules = Rules()
    rules.require(uses == listed, "contracts.call_offs_missing", field="reservations", uses=uses, listed=listed)
    for call_off in open_call_offs:
        rules.require(
            False,  # noqa: FBT003 - a rule that does not hold
            "contracts.call_off_open",
            field="reservations",
            reservation=str(call_off),
        )
    rules.require(running_orders == 0, "contracts.call_offs_running", running=running_orders)
    rules.enforce()
    closed: list[Event] = [CallOffsClosed()] if contract.terms.framework else []
    return [*closed, ContractFulfilled()]


def open_dispute(contract: Contract, *, by: Side, reason: str, orders: tuple[UUID, ...]) -> list[Event]:
    """Open a dispute, also after fulfilment; settlement of the orders named is held."""
    require_state(contract, "open_dispute", "signed_by_both", "registered", "fulfilled")
    return [DisputeOpened(opened_by=by, reason=reason, orders=orders)]


def resolve_dispute(contract: Contract, *, body: str, outcome: str) -> list[Event]:
    """Note how the body named in the dispute clause decided; the contract returns to its former state."""
    require_state(contract, "resolve_dispute", "disputed")
    if contract.stages and contract.stages[-1].outcome is None:
        raise refusal("contracts.stage_running", stage=contract.stages[-1].stage)
    return [DisputeResolved(body=body, outcome=outcome)]


def terminate(
    contract: Contract, *, by: EndedBy, recorded_by: Side, reason: str, used_call_offs: int = 0
) -> list[Event]:
    """End a contract before its time. One side ends it for itself; out of a dispute only both or the body can.

    Of a framework `used_call_offs` go on until they are settled, and no further ones are placed.
    """
    require_state(contract, "terminate", "signed_by_both", "registered", "disputed")
    alone = by in ("provider", "user")
    rules = Rules()
    rules.require(not alone or by == recorded_by, "contracts.not_your_side", field="by", side=recorded_by)
    rules.require(contract.state != "disputed" or not alone, "contracts.dispute_binds_both", field="by", by=by)
    rules.require(
        contract.state == "disputed" or by != "dispute_body", "contracts.no_dispute", field="by", state=contract.state
    )
    rules.enforce()
    closed: list[Event] = [CallOffsClosed(running=used_call_offs)] if contract.terms.framework else []
    return [*closed, ContractTerminated(by=by, reason=reason)]
