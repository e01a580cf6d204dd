# SPDX-License-Identifier: Apache-2.0
"""End a contract before its time, and with it the reservations and call-offs that rest on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.call_offs import call_offs_running
from application.command import Command, Result, Words
from application.contracts.standing import for_party
from application.reservations.cancel_reservation import cancel_for
from domain.contracts.calling_off import cancel
from domain.contracts.performing import EndedBy, terminate
from domain.kernel.time import midnight
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.contracts.call_off import CallOff
    from domain.contracts.contract import Contract


class TerminateContract(Command):
    """End a contract; reservations and call-offs under it that have not begun are cancelled in the same step.

    A call-off with uses stays until these are paid and it is settled. Under a framework over the whole unit those
    reservations are found that lie on the resources of its call-offs; others stay, but cannot begin.
    """

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "by": "both",
                "reason": "项目提前结题",
            }
        }
    )

    contract_id: UUID
    by: EndedBy
    reason: Words


def terminate_contract(command: TerminateContract, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    running = call_offs_running(work, loaded.id)
    unused = [call_off for call_off in running if not call_off.state.uses]
    used = len(running) - len(unused)
    decided = terminate(loaded.state, by=command.by, recorded_by=side, reason=command.reason, used_call_offs=used)
    for call_off in unused:  # first, since the contract takes every place that they leave
        work.append(call_off.id, *cancel(call_off.state, by=side, reason=command.reason))
    work.append(loaded.id, *decided)
    cancelled = _cancel_open_reservations(work, loaded, running)
    given_up: list[JsonValue] = [str(call_off.id) for call_off in unused]
    return Result(loaded.id, {"state": "terminated", "cancelled": cancelled, "call_offs_cancelled": given_up})


def _cancel_open_reservations(work: Work, loaded: Loaded[Contract], running: list[Loaded[CallOff]]) -> list[JsonValue]:
    """Cancel what is requested or confirmed under the contract on the resources that it or a call-off names."""
    until = midnight(loaded.state.terms.valid_until) + timedelta(days=2)  # its last day, and a clean-down after it
    if work.now >= until:
        return []
    resources = {*loaded.state.terms.resources, *(call_off.state.resource for call_off in running)}
    holders = (work.claims.holders(resource, work.now, until) for resource in sorted(resources))
    return [str(holder) for found in holders for holder in found if _cancelled(work, holder, loaded.id)]


def _cancelled(work: Work, holder: UUID, contract: UUID) -> bool:
    found = work.find(RESERVATION, holder)
    if found is None or found.state.contract != contract or found.state.state not in ("requested", "confirmed"):
        return False
    resource = work.load(RESOURCE, found.state.resource).state
    cancel_for(work, found, resource, by="system", reason="contract terminated")
    return True
