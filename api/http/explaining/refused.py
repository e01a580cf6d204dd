# SPDX-License-Identifier: Apache-2.0
"""A refused request or move tells the way out: each rule in full, and the nearest times, where time is at fault.

Worked out after the refusal alone, so that what is accepted pays nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.explaining.checked import way_out
from api.http.problems import WayOut
from application.errors import ApplicationError
from application.reservations.checking import tried
from domain.kernel.errors import DomainError
from infrastructure.words import load_words

if TYPE_CHECKING:
    from api.http.language import Language
    from application.bus import Bus
    from application.reservations.checking import Asked
    from domain.kernel.actor import Actor

CHECK = "/api/v1/reservations/check"


def with_way_out(
    refused: DomainError | ApplicationError, command: Asked, actor: Actor, bus: Bus, language: Language
) -> Exception:
    """The refusal with its way out; as it is where none can be told any more."""
    try:
        told = bus.look(actor, lambda look: way_out(look, tried(look, command), load_words(), language))
    except (DomainError, ApplicationError):
        return refused
    return WayOut(refused, {**told, "check": CHECK})
