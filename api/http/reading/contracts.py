# SPDX-License-Identifier: Apache-2.0
"""The contract register, for the two parties and for auditors. Texts come from the log, which alone holds them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args
from uuid import UUID

import orjson
from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, listed, one, several
from api.http.reading.protected import for_parties, note_access
from api.http.visibility import Scope
from domain.contracts.contract import CONTRACT
from domain.contracts.events import AmendmentSigned, ContractSigned
from domain.contracts.state import ContractState
from projections import contract_register as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.kernel.event import Recorded
    from domain.kernel.personal import Personal

FILTERS = {
    Scope.OWN_SIDE: "customer",
    Scope.OWN_PERSON: "customer_user",
    Scope.OWN_UNIT: "unit",
    Scope.OWN_ORGANISATION: "provider",
}
PROTECTED = frozenset({"ip_shares", "ceiling_fen", "provider_signing", "user_signing", "proposal"})
"""What a list leaves out for those who are no party: it would be an access to each contract on it."""
OWNERS = {
    Scope.OWN_SIDE: ("customer", "customer_user"),
    Scope.OWN_UNIT: ("unit",),
    Scope.OWN_ORGANISATION: ("provider",),
}


class Wanted(Listed):
    """Which contracts."""

    instrument: UUID | None = None
    resource: UUID | None = Field(default=None, description="The same, for whatever else the contract names")
    unit: UUID | None = None
    customer: UUID | None = None
    valid_on: date | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(ContractState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    framework: bool | None = None
    renewal_needed: bool | None = Field(
        default=None, description="Whether an amendment has outdated the registration as a technical contract"
    )


def contracts(visit: Visit, query: Wanted) -> Answer:
    """Contracts by number, without their texts; an auditor opens one to see what is protected, which is noted."""
    asked = {"unit": query.unit, "customer": query.customer}
    page = register.contracts(
        visit.cursor,
        **visit.narrowed(asked, FILTERS),
        resources=tuple(each for each in (query.instrument, query.resource) if each),
        valid_on=query.valid_on,
        framework=query.framework,
        renewal_needed=query.renewal_needed,
        without=PROTECTED if visit.scope is Scope.ALL else frozenset(),
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def contract(visit: Visit, query: ById) -> Answer:
    """One contract with the text of its clauses and the names of its signatories (JS 18, 20.b; ruling 8.19)."""
    row = for_parties(visit, register.contract(visit.cursor, query.id), OWNERS, CONTRACT.name, query.id)
    note_access(visit, query.id, "text")
    history = visit.jurisdiction.log.stream(query.id)
    return one({**row, **_texts(history)}, position_of(visit.cursor, register.MODEL.name))


def _texts(history: list[Recorded]) -> dict[str, Any]:
    """What only the log holds: null where its key was destroyed."""
    state = CONTRACT.fold(recorded.event for recorded in history)
    proposal = state.proposal if state else None
    return {
        "clauses": _clauses(state.clauses) if state else None,
        "proposed_clauses": _clauses(proposal.clauses) if proposal else None,
        "signatories": _signatories(history),
    }


def _clauses(sealed: Personal) -> Any:  # noqa: ANN401 - the clauses as they were agreed
    return None if sealed.value is None else orjson.loads(sealed.value)


def _signatories(history: list[Recorded]) -> list[dict[str, Any]]:
    found = []
    for recorded in history:
        event = recorded.event
        if isinstance(event, ContractSigned):
            found.append(_signature(event.side, event.document_version, event.signatory, recorded))
        elif isinstance(event, AmendmentSigned):
            found.append(_signature("provider", event.document_version, event.provider_signatory, recorded))
            found.append(_signature("user", event.document_version, event.user_signatory, recorded))
    return found


def _signature(side: str, document_version: int, signatory: Personal, recorded: Recorded) -> dict[str, Any]:
    return {
        "side": side,
        "document_version": document_version,
        "signatory": signatory.value,
        "signed_at": recorded.meta.occurred_at,
    }


READS = (
    Read("/contracts", "contracts", Wanted, contracts, "Contracts"),
    Read("/contracts/{id}", "contracts", ById, contract, "One contract with its text"),
)
