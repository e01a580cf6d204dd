# SPDX-License-Identifier: Apache-2.0
"""What a printed contract says, from the log alone: names as they stood when its last step was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from domain.contracts.contract import CONTRACT
from domain.contracts.document import unseal
from domain.contracts.events import AmendmentSigned, ContractSigned
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT
from domain.parties.user import USER
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.ports import EventLog
    from domain.contracts.contract import Contract
    from domain.contracts.document import Clauses
    from domain.contracts.events import Authority, Side, Signing
    from domain.kernel.event import Aggregate, Recorded
    from domain.kernel.personal import Personal

State = TypeVar("State")
DESTROYED = "（已依法删除）"
"""Stands where the key of somebody's data was destroyed."""


@dataclass(frozen=True)
class Signed:
    """A signature under the version that is printed."""

    side: Side
    signatory: str
    authority: Authority
    signing: Signing
    at: datetime


@dataclass(frozen=True)
class Document:
    """A contract as it is printed. `clauses` is None where its key was destroyed."""

    contract: Contract
    clauses: Clauses | None
    unit: str
    provider: str
    provider_code: str
    customer: str
    customer_code: str
    resources: tuple[str, ...]
    signatures: tuple[Signed, ...]
    last_step: datetime


def document_of(log: EventLog, contract_id: UUID) -> Document:
    """The version in force, or of a draft the latest."""
    history = log.stream(contract_id)
    contract = CONTRACT.fold(item.event for item in history)
    assert contract is not None, "the caller has found it"
    names = _Names(log, history[-1].position)
    provider = names.of(LEGAL_PERSON, contract.provider)
    customer = names.of(LEGAL_PERSON, contract.customer) if contract.customer else None
    unit, person = names.of(UNIT, contract.unit), names.of(USER, contract.customer_user)
    found = [names.of(RESOURCE, resource) for resource in contract.terms.resources]
    return Document(
        contract=contract,
        clauses=unseal(contract.clauses),
        unit=unit.name_zh if unit else "",
        provider=provider.name_zh if provider else "",
        provider_code=provider.credit_code if provider else "",
        customer=customer.name_zh if customer else _name(person.name if person else None),
        customer_code=customer.credit_code if customer else "",
        resources=tuple(f"{each.name_zh} {each.model}（{each.asset_number}）" for each in found if each),
        signatures=tuple(_signatures(history, contract.document_version)),
        last_step=history[-1].meta.occurred_at,
    )


@dataclass(frozen=True)
class _Names:
    """Things as they stood at a position of the log."""

    log: EventLog
    position: int

    def of(self, aggregate: Aggregate[State], stream: UUID) -> State | None:
        """One of them; None where there was none yet."""
        return aggregate.fold(item.event for item in self.log.stream(stream) if item.position <= self.position)


def _signatures(history: list[Recorded], version: int) -> list[Signed]:
    found: dict[Side, Signed] = {}
    for item in history:
        event, at = item.event, item.meta.occurred_at
        if isinstance(event, ContractSigned) and event.document_version == version:
            signed_at = event.signed_at or at
            found[event.side] = Signed(event.side, _name(event.signatory), event.authority, event.signing, signed_at)
        elif isinstance(event, AmendmentSigned) and event.document_version == version:
            ours = (event.provider_signatory, event.provider_authority, event.provider_signing)
            theirs = (event.user_signatory, event.user_authority, event.user_signing)
            found = {
                "provider": Signed("provider", _name(ours[0]), ours[1], ours[2], at),
                "user": Signed("user", _name(theirs[0]), theirs[1], theirs[2], at),
            }
    return [found[side] for side in ("provider", "user") if side in found]


def _name(name: Personal | None) -> str:
    return DESTROYED if name is None or name.value is None else name.value
