# SPDX-License-Identifier: Apache-2.0
"""The contract between managing unit and user: what its events amount to (JS 18, 20; lifecycle 6.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from domain.contracts.document import Parties
from domain.contracts.events import (
    AmendmentDropped,
    AmendmentProposed,
    AmendmentSignatureGiven,
    AmendmentSigned,
    ContractDrafted,
    ContractFulfilled,
    ContractRevised,
    ContractSigned,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
    DraftAbandoned,
    TechnicalContractRegistered,
)
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate, Event

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from domain.contracts.events import Side, Terms
    from domain.kernel.personal import Personal

ContractState = Literal[
    "drafted",
    "signed_by_one",
    "signed_by_both",
    "registered",
    "amending",
    "fulfilled",
    "disputed",
    "terminated",
    "abandoned",
]
RUNNING: frozenset[ContractState] = frozenset({"signed_by_both", "registered", "amending"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that is not agreed yet, and the first side's signature under it, if given."""

    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    signature: AmendmentSignatureGiven | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract as it stands. `terms`, `clauses` and `digest` are those of the version agreed or being agreed.

    `in_force_from` is the second signature. `former` is the state to which a dispute or an amendment returns.
    """

    number: str
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    versions: int = 1
    state: ContractState = "drafted"
    signed_sides: tuple[Side, ...] = ()
    in_force_from: datetime | None = None
    proposal: Proposal | None = None
    former: ContractState | None = None
    registration_number: str | None = None
    renewal_needed: bool = False
    disputed_orders: tuple[UUID, ...] = ()

    @property
    def in_force(self) -> bool:
        """Signed by both sides and not ended. An amendment or a dispute does not end it."""
        return self.state in RUNNING or (self.state == "disputed" and self.former in RUNNING)

    @property
    def parties(self) -> Parties:
        """The parties as they stand in the document."""
        return Parties(self.unit, self.provider, self.customer, self.customer_user)

    def covers(
        self, resource: UUID, customer: UUID | None, customer_user: UUID, on: date, *, unit: UUID | None = None
    ) -> bool:
        """Whether its terms reach a use of a resource by this customer on a day, the last one included (A32).

        A framework contract that names no resources covers all of its unit: state the resource's `unit` for that.
        """
        same_customer = customer_user == self.customer_user if self.customer is None else customer == self.customer
        whole_unit = self.terms.framework and not self.terms.resources and unit == self.unit
        reaches = resource in self.terms.resources or whole_unit
        return same_customer and reaches and self.terms.valid_from <= on <= self.terms.valid_until


_STATE_AFTER: dict[type[Event], ContractState] = {
    ContractRevised: "drafted",
    TechnicalContractRegistered: "registered",
    AmendmentProposed: "amending",
    AmendmentSigned: "signed_by_both",
    ContractFulfilled: "fulfilled",
    DisputeOpened: "disputed",
    ContractTerminated: "terminated",
    DraftAbandoned: "abandoned",
}
"""The rest return to a former state or count signatures."""


def evolve(state: Contract | None, event: Event) -> Contract:
    """The contract after one more event."""
    if isinstance(event, ContractDrafted):
        return Contract(**{name: getattr(event, name) for name in type(event).model_fields if name != "basis"})
    assert state is not None, "every history begins with a draft"
    after = replace(state, state=_STATE_AFTER.get(type(event), state.state))
    for part in (_signed, _amended, _performed):
        after = part(state, after, event)
    return after


def _signed(before: Contract, after: Contract, event: Event) -> Contract:
    """Versions of the draft, and signatures under them."""
    match event:
        case ContractRevised():
            fresh = replace(after, signed_sides=(), versions=event.document_version)
            return _with_document(fresh, event)
        case ContractSigned(side=side, signed_at=signed_at):
            sides = (*before.signed_sides, side)
            if len(sides) == 1:
                return replace(after, state="signed_by_one", signed_sides=sides)
            return replace(after, state="signed_by_both", signed_sides=sides, in_force_from=signed_at)
        case _:
            return after


def _amended(before: Contract, after: Contract, event: Event) -> Contract:
    """Amendments of a contract in force."""
    match event:
        case AmendmentProposed():
            proposal = Proposal(event.terms, event.clauses, event.document_version, event.digest)
            return replace(after, former=before.state, proposal=proposal, versions=event.document_version)
        case AmendmentSignatureGiven() if before.proposal is not None:
            return replace(after, proposal=replace(before.proposal, signature=event))
        case AmendmentSigned() if before.proposal is not None:
            renewal = before.registration_number is not None
            return replace(_with_document(after, before.proposal), proposal=None, former=None, renewal_needed=renewal)
        case _:
            return after


def _performed(before: Contract, after: Contract, event: Event) -> Contract:
    """Registration, disputes and ways back."""
    match event:
        case TechnicalContractRegistered(registration_number=number):
            return replace(after, registration_number=number, renewal_needed=False)
        case DisputeOpened(orders=orders):
            return replace(after, former=before.state, disputed_orders=orders)
        case AmendmentDropped() | DisputeResolved():
            assert before.former is not None, "an amendment or dispute was opened from some state"
            return replace(after, state=before.former, former=None, proposal=None, disputed_orders=())
        case _:
            return after


def _with_document(contract: Contract, source: ContractRevised | Proposal) -> Contract:
    return replace(
        contract,
        terms=source.terms,
        clauses=source.clauses,
        document_version=source.document_version,
        digest=source.digest,
    )


def require_state(contract: Contract, command: str, *allowed: ContractState) -> None:
    """Refuse `command` (`contracts.wrong_state`) unless the contract is in one of the states `allowed`."""
    if contract.state not in allowed:
        raise refusal("contracts.wrong_state", state=contract.state, command=command)


CONTRACT = Aggregate(
    "contracts.Contract",
    evolve,
    (
        ContractDrafted,
        ContractRevised,
        ContractSigned,
        TechnicalContractRegistered,
        AmendmentProposed,
        AmendmentSignatureGiven,
        AmendmentSigned,
        AmendmentDropped,
        ContractFulfilled,
        DisputeOpened,
        DisputeResolved,
        ContractTerminated,
        DraftAbandoned,
    ),
)
