# SPDX-License-Identifier: Apache-2.0
"""Credit points: taken when the time to object is over, given back when the judgement falls (rulings 8.16 to 8.18)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.standing.bans import running
from domain.standing.events import BanLifted, PointsDeducted, PointsRestored, UserBanned
from domain.standing.ids import penalty_ban_id

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import ConductRule, Outcome
    from domain.standing.events import Versions
    from domain.standing.standing import Standing


def deduct(  # noqa: PLR0913 - every fact that a penalty rests on
    state: Standing,
    *,
    reservation: UUID,
    outcome: Outcome,
    points: int,
    rule: ConductRule,
    versions: Versions,
    group: UUID | None,
    due_at: datetime,
    now: datetime,
) -> list[Event]:
    """Take points for a judged use, once; a ban follows where they fall below the published threshold.

    The ban runs from now on: nobody was kept from booking before. Points do not fall below nought.
    """
    if reservation in state.deducted or points == 0:
        return []
    before = _left(rule.starting_points, state.lost)
    left = _left(rule.starting_points, state.lost + points)
    threshold = rule.notify_below
    taken = PointsDeducted(
        reservation=reservation,
        outcome=outcome,
        points=points,
        starting=rule.starting_points,
        left=left,
        notify_below=threshold,
        ban_below=rule.ban_below,
        notify=threshold is not None and left < threshold <= before,
        due_at=due_at,
        versions=versions,
    )
    if rule.ban_below is None or left >= rule.ban_below:
        return [taken]
    return [taken, _ban(taken, rule, group, now)]


def _ban(taken: PointsDeducted, rule: ConductRule, group: UUID | None, now: datetime) -> UserBanned:
    return UserBanned(
        ban=penalty_ban_id(taken.reservation, taken.due_at),
        scope="unit",
        until=now + timedelta(days=rule.ban_days),
        ground="points",
        reason=taken.outcome,
        reservation=taken.reservation,
        below=rule.ban_below,
        group=group,
        versions=taken.versions,
    )


def restore(state: Standing, *, reservation: UUID, reason: str, now: datetime) -> list[Event]:
    """Give back what an annulled judgement cost, and end the bans that its points brought about."""
    points = state.deducted.get(reservation)
    if points is None:
        return []
    left = _left(state.starting or 0, state.lost - points)
    given = PointsRestored(reservation=reservation, points=points, left=left, reason=reason)
    return [given, *_fallen(state, left, reason, now)]


def grant(state: Standing, *, points: int, reason: str, now: datetime) -> list[Event]:
    """Give points back by the unit's own decision, never more than were lost. Raises `standing.more_than_lost`."""
    if points > state.lost:
        raise refusal("standing.more_than_lost", field="points", points=points, lost=state.lost)
    left = _left(state.starting or 0, state.lost - points)
    given = PointsRestored(reservation=None, points=points, left=left, reason=reason)
    return [given, *_fallen(state, left, reason, now)]


def _left(starting: int, lost: int) -> int:
    return min(max(starting - lost, 0), starting)


def _fallen(state: Standing, left: int, reason: str, now: datetime) -> list[Event]:
    """Bans by points that would not stand with so many points left."""
    by_points = [ban for ban in running(state, now) if ban.below is not None and left >= ban.below]
    return [BanLifted(ban=ban.ban, reason=reason) for ban in by_points]
