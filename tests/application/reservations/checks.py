# SPDX-License-Identifier: Apache-2.0
"""A check on the real database, and the command that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from application.reservations.checking import Trial, tried
from application.reservations.nearest import Nearest, nearest_of
from application.reservations.request_reservation import RequestReservation
from tests.application.reservations.province import Province, span

if TYPE_CHECKING:
    from application.looking import Look
    from domain.kernel.actor import Actor


def command(home: Province, **changes: Any) -> RequestReservation:  # noqa: ANN401 - any field
    facts = {"resource_id": home.resource, "span": span(), "purpose": "scientific_research", **changes}
    return RequestReservation(**facts)


def check(home: Province, actor: Actor | None = None, **changes: Any) -> Trial:  # noqa: ANN401 - any field
    asked = command(home, **changes)
    return home.home.bus.look(actor or home.customer, lambda look: tried(look, asked))


def suggested(home: Province, actor: Actor | None = None, **changes: Any) -> tuple[Trial, Nearest]:  # noqa: ANN401
    asked = command(home, **changes)

    def answer(look: Look) -> tuple[Trial, Nearest]:
        trial = tried(look, asked)
        return trial, nearest_of(look, trial)

    return home.home.bus.look(actor or home.customer, answer)
