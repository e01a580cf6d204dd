# SPDX-License-Identifier: Apache-2.0
"""How users stand with units: for the unit's staff, for the users themselves, for those who control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, among, found, listed, one, several
from api.http.visibility import Scope
from application.errors import NotFound
from domain.kernel.house_rules import Outcome
from projections import attendance as judged
from projections import standing as register
from projections.paging import position_of
from projections.standing_bans import bans as banned
from projections.standing_bans import group_standing

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit"}


class WantedStanding(ById):
    """Whose standing: `id` is the user."""

    unit: UUID | None = Field(default=None, description="Only with this unit; staff see their own alone")


class WantedBans(Listed):
    """Which bans."""

    user: UUID | None = None
    unit: UUID | None = None
    in_force: bool = Field(default=False, description="Only those in force now")


class WantedAttendance(Listed):
    """Which judgements."""

    user: UUID | None = None
    unit: UUID | None = None
    instrument: UUID | None = None
    outcome: Annotated[str | None, AfterValidator(among(*get_args(Outcome)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    waiting: bool = Field(default=False, description="Only those with an objection that waits to be decided")


def standing(visit: Visit, query: WantedStanding) -> Answer:
    """A user's tags, qualifications, feedback owed, points and bans with the reader's unit."""
    mine = visit.narrowed({"unit": query.unit, "user": None}, FILTERS)
    if mine["user"] not in (None, query.id):
        raise NotFound(kind="standing.Standing", id=str(query.id))
    rows, position = register.standings(visit.cursor, user=query.id, unit=mine["unit"], now=visit.platform.clock())
    if not rows:
        raise NotFound(kind="standing.Standing", id=str(query.id))
    return Answer({"user": query.id, "standings": rows, "position": position})


def own_standing(visit: Visit, _query: Query) -> Answer:
    """The reader's own standing with every unit."""
    assert visit.actor is not None
    user = visit.actor.user
    rows, position = register.standings(visit.cursor, user=user, unit=None, now=visit.platform.clock())
    return Answer({"user": user, "standings": rows, "position": position})


def bans(visit: Visit, query: WantedBans) -> Answer:
    """Bans with their end and who lifted them why, the latest first."""
    page = banned(
        visit.cursor,
        **visit.narrowed({"user": query.user, "unit": query.unit}, FILTERS),
        in_force_at=visit.platform.clock() if query.in_force else None,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def attendance(visit: Visit, query: WantedAttendance) -> Answer:
    """How uses were judged, contested, decided, and what they cost."""
    page = judged.attendance(
        visit.cursor,
        **visit.narrowed({"user": query.user, "unit": query.unit}, FILTERS),
        resource=query.instrument,
        outcomes=several(query.outcome),
        waiting=query.waiting,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


class WantedTrainings(Listed):
    """Which trainings."""

    unit: UUID | None = None
    instrument: UUID | None = None


class WantedGroup(ById):
    """Which group, with which unit; staff see their own unit alone."""

    unit: UUID | None = None


def instrument_trainings(visit: Visit, query: WantedTrainings) -> Answer:
    """Trainings held for instruments, the latest first."""
    mine = visit.narrowed({"unit": query.unit}, FILTERS)
    page = register.trainings(
        visit.cursor, unit=mine["unit"], resource=query.instrument, after=query.cursor, limit=query.limit
    )
    return listed(page)


def instrument_training(visit: Visit, query: ById) -> Answer:
    """One training: who came, and who passed."""
    row = visit.owned(
        register.training(visit.cursor, query.id), {Scope.OWN_UNIT: ("unit",)}, "standing.Training", query.id
    )
    return one(row, position_of(visit.cursor, register.MODEL.name))


def standing_of_group(visit: Visit, query: WantedGroup) -> Answer:
    """The members of a group that are banned, and the ban of the whole group."""
    unit = visit.narrowed({"unit": query.unit}, FILTERS)["unit"]
    row = group_standing(visit.cursor, unit=unit, group=query.id) if unit else None
    return one(found(row, "standing.GroupStanding", query.id), position_of(visit.cursor, register.MODEL.name))


READS = (
    Read(
        "/instrument-trainings",
        "unit_standing",
        WantedTrainings,
        instrument_trainings,
        "Trainings held for instruments",
    ),
    Read("/instrument-trainings/{id}", "unit_standing", ById, instrument_training, "One training"),
    Read("/group-standing/{id}", "unit_standing", WantedGroup, standing_of_group, "How a group stands with the unit"),
    Read("/standing/{id}", "standing", WantedStanding, standing, "How a user stands with the unit"),
    Read("/me/standing", "own_standing", Query, own_standing, "How one stands with every unit"),
    Read("/bans", "standing", WantedBans, bans, "Bans of users and groups"),
    Read("/attendance", "standing", WantedAttendance, attendance, "How uses were judged"),
)
