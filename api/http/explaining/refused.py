# SPDX-License-Identifier: Apache-2.0
"""A refused request or move tells the way out: each rule in full, and the nearest times, where time is at fault.

A refused transfer tells what was published; whoever looked at an old version is told where they may look again.

Worked out after the refusal alone, so that what is accepted pays nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.explaining.checked import told, way_out
from api.http.problems import WayOut
from application.errors import ApplicationError, PreconditionFailed, SlotTaken
from application.reservations.checking import Broken, tried
from application.reservations.request_reservation import RequestReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.transfer_reservation import TransferReservation
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules import RULE_OF
from infrastructure.words import load_words

if TYPE_CHECKING:
    from api.http.language import Language
    from application.bus import Bus
    from application.command import Command
    from application.looking import Look
    from application.reservations.checking import Asked
    from domain.kernel.actor import Actor

CHECK = "/api/v1/reservations/check"
Refused = DomainError | SlotTaken | PreconditionFailed


def helped(refused: Refused, command: Command, actor: Actor, bus: Bus, language: Language) -> Exception:
    """A refusal with what helps beside it, where there is anything: other times, what was published, where to look."""
    match command:
        case _ if isinstance(refused, PreconditionFailed):
            return readable(refused, command, actor, bus)
        case RequestReservation() | RescheduleReservation():
            return with_way_out(refused, command, actor, bus, language)
        case TransferReservation() if isinstance(refused, DomainError):
            return with_published(refused, command, actor, bus, language)
    return refused


def with_way_out(
    refused: DomainError | ApplicationError, command: Asked, actor: Actor, bus: Bus, language: Language
) -> Exception:
    """The refusal with its way out; as it is where none can be told any more."""
    try:
        found = bus.look(actor, lambda look: way_out(look, tried(look, command), load_words(), language))
    except (DomainError, ApplicationError):
        return refused
    return WayOut(refused, {**found, "check": CHECK})


def with_published(
    refused: DomainError, command: TransferReservation, actor: Actor, bus: Bus, language: Language
) -> Exception:
    """A refused transfer, each rule with the versions it was judged by. Another time is no way out: it has one."""
    broken = [Broken(each, RULE_OF.get(each.code), {}) for each in refused.violations]

    def tell(look: Look) -> list[dict[str, Any]]:
        passed_on = look.work().load(RESERVATION, command.reservation_id).state
        return told(look, broken, (passed_on.resource, passed_on.unit), load_words(), language)

    return WayOut(refused, {"violations": bus.look(actor, tell)})


def readable(stale: PreconditionFailed, command: Command, actor: Actor, bus: Bus) -> PreconditionFailed:
    """An old version, with where the actor may look again: who acts for somebody else reads no history of theirs."""
    reservation = getattr(command, "reservation_id", None)
    if reservation is None or actor.role not in (Role.USER, Role.BROKER):
        return stale
    found = bus.look(actor, lambda look: look.work().find(RESERVATION, reservation))
    if found is None or actor.user in (found.state.user, found.state.requested_by):
        return stale
    return PreconditionFailed(**{**stale.parameters, "see": f"/api/v1/reservations/{reservation}"})
