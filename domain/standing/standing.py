# SPDX-License-Identifier: Apache-2.0
"""How one user stands with one unit, folded so that ten thousand uses cost no more than ten."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from domain.kernel.event import Aggregate, Event
from domain.kernel.time import local
from domain.standing.events import (
    BanLifted,
    FeedbackGiven,
    PointsDeducted,
    PointsRestored,
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
    StandingOpened,
    TagGiven,
    TagTaken,
    UseCorrected,
    UseNoted,
    UserBanned,
)
from domain.standing.qualification import Change, Qualification, qualification_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID


Month = str
"""A local month, such as 2026-03."""


@dataclass(frozen=True, slots=True)
class HeldTag:
    """A tag, where it holds (None for the whole unit), and its last day if it has one."""

    tag: str
    resource: UUID | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A use as it counts in its month."""

    ended_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's standing. `points` are those left, None while nothing was ever deducted.

    `uses` are kept by the local month of their end, so that one more copies one month only; `minutes` sum them by
    year. `owed` are reservations whose feedback is missing, with the end of the use. `given` are all that were asked
    for and answered. `deducted` are the points each reservation costs now.
    """

    unit: UUID | None
    user: UUID
    tags: tuple[HeldTag, ...] = ()
    qualifications: dict[UUID, Qualification] = field(default_factory=dict)
    uses: dict[Month, dict[UUID, Noted]] = field(default_factory=dict)
    minutes: dict[int, int] = field(default_factory=dict)
    last_used: dict[UUID, datetime] = field(default_factory=dict)
    owed: dict[UUID, datetime] = field(default_factory=dict)
    given: int = 0
    points: int | None = None
    starting: int | None = None
    deducted: dict[UUID, int] = field(default_factory=dict)
    restored: int = 0
    """Points given back by grace: the net of all deductions falls by them."""
    bans: tuple[UserBanned, ...] = ()
    """Those not lifted; one that is over by its day stays here."""

    @property
    def lost(self) -> int:
        """Points lost and not given back."""
        return sum(self.deducted.values()) - self.restored


_QUALIFYING = (
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
)


def evolve(state: Standing | None, event: Event) -> Standing:
    """The standing after one more event."""
    if isinstance(event, StandingOpened):
        return Standing(event.unit, event.user)
    assert state is not None, "every history begins with its opening"
    return _AFTER[type(event)](state, event)


def _qualified(state: Standing, event: Change) -> Standing:
    after = qualification_after(state.qualifications.get(event.resource), event)
    return replace(state, qualifications={**state.qualifications, event.resource: after})


def _tagged(state: Standing, event: TagGiven | TagTaken) -> Standing:
    kept = tuple(held for held in state.tags if (held.tag, held.resource) != (event.tag, event.resource))
    given = (HeldTag(event.tag, event.resource, event.valid_until),) if isinstance(event, TagGiven) else ()
    return replace(state, tags=(*kept, *given))


def _answered(state: Standing, event: FeedbackGiven) -> Standing:
    left = {key: value for key, value in state.owed.items() if key != event.reservation}
    return replace(state, owed=left, given=state.given + 1)


def _deducted(state: Standing, event: PointsDeducted) -> Standing:
    deducted = {**state.deducted, event.reservation: event.points}
    return replace(state, points=event.left, starting=event.starting, deducted=deducted)


def _restored(state: Standing, event: PointsRestored) -> Standing:
    if event.reservation is None:
        return replace(state, points=event.left, restored=state.restored + event.points)
    kept = {key: value for key, value in state.deducted.items() if key != event.reservation}
    grace = min(state.restored, sum(kept.values()))  # what was given back already does not become a credit
    return replace(state, points=event.left, deducted=kept, restored=grace)


def _banned(state: Standing, event: UserBanned) -> Standing:
    return replace(state, bans=(*state.bans, event))


def _freed(state: Standing, event: BanLifted) -> Standing:
    return replace(state, bans=tuple(ban for ban in state.bans if ban.ban != event.ban))


def month_of(reservation: UUID, uses: dict[Month, dict[UUID, Noted]]) -> Month | None:
    """The month in which a use was noted, if it was."""
    return next((month for month, noted in uses.items() if reservation in noted), None)


def _noted(state: Standing, event: UseNoted) -> Standing:
    counted = _counted(state, event.reservation, event.ended_at, event.minutes)
    before = state.last_used.get(event.resource)
    latest = event.ended_at if before is None else max(before, event.ended_at)
    owed = (
        {**state.owed, event.reservation: event.feedback_from or event.ended_at} if event.feedback_owed else state.owed
    )
    return replace(counted, last_used={**state.last_used, event.resource: latest}, owed=owed)


def _counted(state: Standing, reservation: UUID, ended_at: datetime, minutes: int) -> Standing:
    day = local(ended_at)
    month = f"{day.year}-{day.month:02}"
    uses = {**state.uses, month: {**state.uses.get(month, {}), reservation: Noted(ended_at, minutes)}}
    return replace(state, uses=uses, minutes=_plus(state.minutes, day.year, minutes))


def _uncounted(state: Standing, reservation: UUID) -> Standing:
    month = month_of(reservation, state.uses)
    if month is None:
        return state
    gone = state.uses[month][reservation]
    kept = {key: value for key, value in state.uses[month].items() if key != reservation}
    return replace(state, uses={**state.uses, month: kept}, minutes=_plus(state.minutes, int(month[:4]), -gone.minutes))


def _plus(minutes: dict[int, int], year: int, change: int) -> dict[int, int]:
    return {**minutes, year: minutes.get(year, 0) + change}


def _recounted(state: Standing, event: UseCorrected) -> Standing:
    return _counted(_uncounted(state, event.reservation), event.reservation, event.ended_at, event.minutes)


_AFTER: dict[type[Event], Callable[[Standing, Any], Standing]] = {
    **dict.fromkeys(_QUALIFYING, _qualified),
    TagGiven: _tagged,
    TagTaken: _tagged,
    UseNoted: _noted,
    UseCorrected: _recounted,
    FeedbackGiven: _answered,
    PointsDeducted: _deducted,
    PointsRestored: _restored,
    UserBanned: _banned,
    BanLifted: _freed,
}
STANDING = Aggregate("standing.Standing", evolve, (StandingOpened, *_AFTER))


def opened(state: Standing | None, unit: UUID | None, user: UUID) -> tuple[Standing, list[Event]]:
    """The standing there is, or a new one with the event that opens it."""
    if state is not None:
        return state, []
    return Standing(unit, user), [StandingOpened(unit=unit, user=user)]
