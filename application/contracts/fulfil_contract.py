# SPDX-License-Identifier: Apache-2.0
"""Close a contract all of whose call-offs are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.call_offs import outcome_of, running_under
from application.command import Command, Result
from application.contracts.document import answer
from application.contracts.standing import for_party
from application.contracts.uses import uses_under
from domain.contracts.contract import CONTRACT
from domain.contracts.performing import fulfil
from domain.kernel.errors import refusal
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class FulfilContract(Command):
    """Close a contract. `reservations` are its uses: every one begun under it, each of them paid and settled.

    Of a framework every call-off is settled or cancelled first.
    """

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "reservations": ["0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"],
            }
        }
    )

    contract_id: UUID
    reservations: frozenset[UUID] = Field(default=frozenset(), max_length=1000)


def fulfil_contract(command: FulfilContract, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.contract_id)
    call_offs = sorted(command.reservations)
    decided = fulfil(
        loaded.state,
        uses=uses_under(work, loaded.id),
        listed=len(call_offs),
        open_call_offs=tuple(item for item in call_offs if not _settled(work, loaded.id, item)),
        running_orders=running_under(work, loaded.id) if loaded.state.terms.framework else 0,
    )
    work.append(loaded.id, *decided)
    return answer(work.load(CONTRACT, loaded.id))


def _settled(work: Work, contract: UUID, reservation: UUID) -> bool:
    """Whether a use is over and its order, if it has one, closed. Raises for a use under another contract."""
    use = work.load(RESERVATION, reservation).state
    if use.contract != contract or use.started_at is None:
        raise refusal("contracts.not_a_call_off", field="reservations", reservation=str(reservation))
    return outcome_of(work, reservation).closed
