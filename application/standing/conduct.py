# SPDX-License-Identifier: Apache-2.0
"""How a user stands with a unit at this moment, as plain facts for whoever decides on a request or a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local, local_date
from domain.parties.user import USER
from domain.reservations.facts import Banned, Conduct
from domain.standing.bans import bans_on
from domain.standing.feedback import owed
from domain.standing.group import GROUP_STANDING, banned
from domain.standing.ids import EVERYWHERE, group_standing_id, standing_id
from domain.standing.standing import STANDING
from domain.standing.tags import tags_on

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from application.work import Work
    from domain.parties.user import User
    from domain.standing.standing import Standing


def conduct_of(
    work: Work, unit: UUID, user: UUID, resource_id: UUID, *, use_at: datetime | None = None, group: UUID | None = None
) -> Conduct:
    """Tags, bans, points, feedback owed, qualification and minutes of a user, with the unit that runs the instrument.

    From states kept in memory: asking costs no statement once they are known. With a `group` its ban counts too.
    Minutes are those of the year of the use, `use_at`, without it of this year.
    Raises `NotFound` for a user who is not there.
    """
    here, person = work.find(STANDING, standing_id(unit, user)), work.load(USER, user).state
    bans = (*_everywhere(work, user), *(_of_group(work, unit, group) if group is not None else ()))
    today = local_date(work.now)
    if here is None:
        until = _qualified_until(person, None, resource_id, today)
        return Conduct(bans=bans, qualified=until is not None, qualified_until=until)
    state = here.state
    until = _qualified_until(person, state, resource_id, today)
    alone = tags_on(state, today, resource_id)
    return Conduct(
        tags=tags_on(state, today, None) | alone,
        tags_here=alone,
        bans=(*_bans(state, resource_id, work), *bans),
        points=state.points,
        feedback_owed=tuple(owed(state)),
        qualified=until is not None,
        qualified_until=until,
        last_used=_used_since_trained(person, state, resource_id, today),
        minutes_this_year=state.minutes.get(local(use_at or work.now).year, 0),
    )


def may_work_alone(work: Work, unit: UUID, user: UUID, resource_id: UUID) -> bool:
    """Whether the user is qualified for the instrument today: on the user's own record, or with the unit."""
    person, here = work.load(USER, user).state, work.find(STANDING, standing_id(unit, user))
    today = local_date(work.now)
    return _qualified_until(person, here.state if here else None, resource_id, today) is not None


def _qualified_until(person: User, here: Standing | None, resource: UUID, today: date) -> date | None:
    ends = [person.qualified_until(resource, today)]
    held = here.qualifications.get(resource) if here else None
    if held is not None and here is not None:
        last_used = here.last_used.get(resource)
        ends.append(held.ends_on(last_used) if held.holds_on(today, last_used) else None)
    return max((end for end in ends if end is not None), default=None)


def _used_since_trained(person: User, here: Standing, resource: UUID, today: date) -> datetime | None:
    """The last use of the instrument; none where the user has been trained anew since: disuse counts from there."""
    last, held = here.last_used.get(resource), here.qualifications.get(resource)
    trained = [item.valid_from for item in person.qualifications if item.resource == resource]
    trained += [held.valid_from] if held is not None and held.valid_from is not None else []
    if last is None or any(local_date(last) < day <= today for day in trained):
        return None
    return last


def _bans(state: Standing, resource: UUID | None, work: Work) -> tuple[Banned, ...]:
    return tuple(
        Banned(scope=ban.scope, until=ban.until, reason=ban.reason) for ban in bans_on(state, resource, work.now)
    )


def _everywhere(work: Work, user: UUID) -> tuple[Banned, ...]:
    found = work.find(STANDING, standing_id(EVERYWHERE, user))
    return _bans(found.state, None, work) if found else ()


def _of_group(work: Work, unit: UUID, group: UUID) -> tuple[Banned, ...]:
    found = work.find(GROUP_STANDING, group_standing_id(unit, group))
    ban = banned(found.state, work.now) if found else None
    return (Banned(scope="group", until=ban.until, reason=f"{len(ban.members)}/{ban.threshold}"),) if ban else ()
