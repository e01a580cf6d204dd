# SPDX-License-Identifier: Apache-2.0
"""Notes a use in the user's standing, where anything published looks back upon it; other uses cost nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.standing.keeping import kept
from application.standing.rules import bound_by, in_force
from domain.resources.resource import RESOURCE
from domain.standing import feedback
from domain.standing.ids import standing_id
from domain.standing.standing import STANDING

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation


def note_use(
    work: Work, loaded: Loaded[Reservation], *, ended_at: datetime, minutes: int, completed: bool = True
) -> None:
    """Note a use that has just ended. Feedback is owed where it was demanded before the request, for a whole use."""
    reservation = loaded.state
    owed = completed and bound_by(work, reservation).rules.feedback is not None
    if not owed and not _looked_back_upon(work, reservation):
        return
    stream, state, opening = kept(work, reservation.unit, reservation.user)
    decided = feedback.note_use(
        state,
        reservation=loaded.id,
        resource=reservation.resource,
        ended_at=ended_at,
        minutes=minutes,
        feedback_owed=owed,
        # Entered afterwards: what was not known to have ended could not be given feedback on.
        feedback_from=work.now if owed and work.now > ended_at else None,
    )
    work.append(stream, *opening, *decided)


def correct_noted(work: Work, loaded: Loaded[Reservation], *, ended_at: datetime, minutes: int) -> None:
    """Let a correction of the record reach the standing, where the use was noted."""
    reservation = loaded.state
    if reservation.judged is None and not _looked_back_upon(work, reservation):
        return
    found = work.find(STANDING, standing_id(reservation.unit, reservation.user))
    if found is not None:
        corrected = feedback.correct_use(found.state, reservation=loaded.id, ended_at=ended_at, minutes=minutes)
        work.append(found.id, *corrected)


def settle_feedback(work: Work, loaded: Loaded[Reservation], *, score: Decimal) -> None:
    """Let the rating of a whole order count as the feedback owed for one of its uses."""
    found = work.find(STANDING, standing_id(loaded.state.unit, loaded.state.user))
    if found is not None:
        work.append(found.id, *feedback.settle(found.state, reservation=loaded.id, score=score))


def _looked_back_upon(work: Work, reservation: Reservation) -> bool:
    """Whether disuse, conduct or a tier of the price counts uses, by what is published now."""
    if has_tiers(work, reservation.resource):
        return True
    rules = in_force(work, reservation.resource).rules
    lapses = rules.training is not None and rules.training.lapse_months is not None
    return lapses or rules.conduct is not None or rules.feedback is not None


def has_tiers(work: Work, resource: UUID) -> bool:
    """Whether a fee standard of the instrument gives a discount by the minutes used this year."""
    tariffs = work.load(RESOURCE, resource).state.tariffs
    return any(tariff.full is not None and tariff.full.tiers for tariff in tariffs)
