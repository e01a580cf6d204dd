# SPDX-License-Identifier: Apache-2.0
"""The contract between managing unit and user: what its events amount to (JS 18, 20; lifecycle 6.4)."""

from __future__ import annotations

from dataclasses import replace

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
from domain.contracts.performing_events import (
    CallOffsClosed,
    DisputeStageBegun,
    DisputeStageEnded,
    RegistrationDetailsNoted,
)
from domain.contracts.state import Contract, ContractState, HeldStage, Proposal
from domain.contracts.template_events import TemplatePinned
from domain.kernel.event import Aggregate, Event

__all__ = ["CONTRACT", "Contract", "evolve"]

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
    for part in (_signed, _amended, _performed, _disputed):
        after = part(state, after, event)
    return after


def _signed(before: Contract, after: Contract, event: Event) -> Contract:
    """Versions of the draft, and signatures under them."""
    match event:
        case ContractRevised():
            fresh = replace(after, signed_sides=(), signed_at=(), versions=event.document_version)
            return _with_document(fresh, event)
        case ContractSigned(side=side, signed_at=signed_at):
            sides, signed = (*before.signed_sides, side), (*before.signed_at, signed_at)
            if len(sides) == 1:
                return replace(after, state="signed_by_one", signed_sides=sides, signed_at=signed)
            return replace(after, state="signed_by_both", signed_sides=sides, signed_at=signed, in_force_from=signed_at)
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
            return replace(after, former=before.state, disputed_orders=orders, stages=())
        case AmendmentDropped() | DisputeResolved():
            assert before.former is not None, "an amendment or dispute was opened from some state"
            return replace(after, state=before.former, former=None, proposal=None, disputed_orders=())
        case TemplatePinned(template=template, template_version=version):
            return replace(after, template=(template, version))
        case _:
            return after


def _disputed(before: Contract, after: Contract, event: Event) -> Contract:
    """Stages of a dispute, one at a time."""
    match event:
        case DisputeStageBegun(stage=stage, body=body, begun_on=begun, due_on=due):
            return replace(after, stages=(*before.stages, HeldStage(stage, body, begun, due)))
        case DisputeStageEnded(outcome=outcome, ended_on=ended):
            *earlier, running = before.stages
            return replace(after, stages=(*earlier, replace(running, outcome=outcome, ended_on=ended)))
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
        TemplatePinned,
        RegistrationDetailsNoted,
        CallOffsClosed,
        DisputeStageBegun,
        DisputeStageEnded,
    ),
)
