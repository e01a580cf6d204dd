# SPDX-License-Identifier: Apache-2.0
"""Take the points that a judgement of attendance costs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.standing.keeping import kept
from application.standing.rules import bound_by
from domain.kernel.errors import refusal
from domain.reservations import conduct
from domain.reservations.reservation import RESERVATION
from domain.standing import group, points
from domain.standing.events import UserBanned
from domain.standing.group import GROUP_STANDING, GroupMemberBanned
from domain.standing.ids import group_standing_id

if TYPE_CHECKING:
    from application.standing.rules import Bound
    from application.work import Work
    from domain.kernel.event import Event


class ImposePenalty(Command):
    """Take points when the time to object to a judgement is over; issued by the system, once.

    A ban follows where the points fall below the published threshold, and the whole group's where too many of its
    members are banned.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"}})

    reservation_id: UUID


def impose_penalty(command: ImposePenalty, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    reservation, bound = loaded.state, bound_by(work, loaded.state)
    penalty = conduct.penalty(reservation, now=work.now)
    rule = bound.rules.conduct
    if rule is None:
        raise refusal("reservations.no_conduct_rule")
    stream, state, opening = kept(work, reservation.unit, penalty.user)
    decided = points.deduct(
        state,
        reservation=loaded.id,
        outcome=penalty.outcome,
        points=penalty.points,
        rule=rule,
        versions=bound.versions,
        group=reservation.judged.group if reservation.judged else None,
        due_at=penalty.due_at,
        now=work.now,
    )
    work.append(stream, *opening, *decided)
    _count_in_group(work, reservation.unit, penalty.user, decided, bound)
    return Result(stream, {"events": len(decided)})


def _count_in_group(work: Work, unit: UUID, user: UUID, decided: list[Event], bound: Bound) -> None:
    """Count a new ban of a member in the standing of the group it was incurred for."""
    rule = bound.rules.conduct
    for event in decided:
        if not isinstance(event, UserBanned) or event.group is None or event.until is None:
            continue
        if rule is None or rule.group_ban_members is None:
            continue
        stream = group_standing_id(unit, event.group)
        found = work.find(GROUP_STANDING, stream)
        member = GroupMemberBanned(unit=unit, group=event.group, user=user, ban=event.ban, until=event.until)
        counted = group.note_member(
            found.state if found else None,
            member,
            threshold=rule.group_ban_members,
            resource_rules=bound.versions.resource_rules,
            unit_rules=bound.versions.unit_rules,
            now=work.now,
        )
        work.append(stream, *counted)
