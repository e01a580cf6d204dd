# SPDX-License-Identifier: Apache-2.0
"""How users stand with units: what they and the unit's staff see of it, and which qualifications come to an end."""

from datetime import datetime
from uuid import UUID

from domain.kernel.event import Event, Recorded
from domain.kernel.time import local
from domain.standing.events import (
    FeedbackGiven,
    PointsDeducted,
    PointsRestored,
    StandingOpened,
    TagGiven,
    TagTaken,
    UseCorrected,
    UseNoted,
)
from domain.standing.session import TrainingHeld
from domain.standing.standing import STANDING
from projections.handlers import amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import ReadModel, Row, Rows
from projections.standing_bans import on
from projections.standing_qualifications import used
from projections.standing_tables import BANS, GROUPS, NOTED_USES, QUALIFIED, STANDINGS, TRAININGS


@on
def _open(event: StandingOpened, recorded: Recorded, rows: Rows) -> None:
    empty = {"tags": [], "feedback_owed": {}, "feedback_given": 0, "uses": 0, "minutes": {}}
    key = {"id": recorded.stream, "unit": event.unit, "user_id": event.user, "version": recorded.version}
    rows.put(STANDINGS, new_row(STANDINGS, **key, **empty))


@on
def _tag(event: TagGiven | TagTaken, recorded: Recorded, rows: Rows) -> None:
    resource = str(event.resource) if event.resource else None
    tags = known(rows, STANDINGS, recorded.stream)["tags"]
    kept = [tag for tag in tags if (tag["tag"], tag["resource"]) != (event.tag, resource)]
    given = []
    if isinstance(event, TagGiven):
        until = event.valid_until.isoformat() if event.valid_until else None
        given = [{"tag": event.tag, "resource": resource, "valid_until": until}]
    amend(rows, STANDINGS, recorded, tags=kept + given)


@on
def _use(event: UseNoted, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, STANDINGS, recorded.stream)
    owed = row["feedback_owed"]
    if event.feedback_owed:
        owed = {**owed, str(event.reservation): (event.feedback_from or event.ended_at).isoformat()}
    amend(rows, STANDINGS, recorded, uses=row["uses"] + 1, feedback_owed=owed)
    _count(rows, recorded, event.reservation, event.ended_at, event.minutes)
    used(rows, recorded.stream, event.resource, event.ended_at)


@on
def _correct(event: UseCorrected, recorded: Recorded, rows: Rows) -> None:
    _count(rows, recorded, event.reservation, event.ended_at, event.minutes)


@on
def _answer(event: FeedbackGiven, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, STANDINGS, recorded.stream)
    owed = {key: end for key, end in row["feedback_owed"].items() if key != str(event.reservation)}
    amend(rows, STANDINGS, recorded, feedback_owed=owed, feedback_given=row["feedback_given"] + 1)


@on
def _deduct(event: PointsDeducted, recorded: Recorded, rows: Rows) -> None:
    limits = {"notify_below": event.notify_below, "ban_below": event.ban_below}
    amend(rows, STANDINGS, recorded, points=event.left, starting_points=event.starting, **limits)


@on
def _restore(event: PointsRestored, recorded: Recorded, rows: Rows) -> None:
    amend(rows, STANDINGS, recorded, points=event.left)


@on
def _train(event: TrainingHeld, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include={"unit", "resource", "held_at", "topic"})
    people = event.model_dump(mode="json", include={"participants"})
    rows.put(TRAININGS, new_row(TRAININGS, id=recorded.stream, version=recorded.version, **stated, **people))


def _count(rows: Rows, recorded: Recorded, reservation: UUID, ended_at: datetime, minutes: int) -> None:
    """Count the minutes of a use in the year of its end, in place of what was counted of it before."""
    by_year = dict(known(rows, STANDINGS, recorded.stream)["minutes"])
    before, year = rows.get(NOTED_USES, reservation), local(ended_at).year
    if before is not None:
        by_year[str(before["year"])] -= before["minutes"]
    by_year[str(year)] = by_year.get(str(year), 0) + minutes
    amend(rows, STANDINGS, recorded, minutes=by_year)
    rows.put(NOTED_USES, {"reservation": reservation, "standing": recorded.stream, "year": year, "minutes": minutes})


def _advance(_event: Event, recorded: Recorded, rows: Rows) -> None:
    amend(rows, STANDINGS, recorded)


on.follow((event for event in STANDING.events if event is not StandingOpened), _advance)
MODEL = ReadModel("standing", (STANDINGS, NOTED_USES, QUALIFIED, BANS, GROUPS, TRAININGS), on.apply, types=on.types)


def standings(cursor: Cursor, *, user: UUID, unit: UUID | None, now: datetime) -> tuple[list[Row], int]:
    """A user's standing with one unit, or with all of them, with qualifications and the bans in force."""
    found = fetch(cursor, "SELECT * FROM standings WHERE user_id = %s ORDER BY unit NULLS FIRST", (user,))
    held = fetch(cursor, "SELECT * FROM operating_qualifications WHERE user_id = %s ORDER BY resource", (user,))
    bans = fetch(
        cursor,
        "SELECT * FROM bans WHERE user_id = %s AND lifted_at IS NULL AND (until IS NULL OR until > %s)"
        " ORDER BY banned_at, id",
        (user, now),
    )
    rows = [
        {
            **row,
            "qualifications": [each for each in held if each["standing"] == row["id"]],
            "bans": [each for each in bans if each["unit"] == row["unit"]],
        }
        for row in found
        if unit is None or row["unit"] == unit
    ]
    return rows, position_of(cursor, MODEL.name)


def training(cursor: Cursor, training_id: UUID) -> Row | None:
    """One training with who came and who passed."""
    return find(cursor, TRAININGS, id=training_id)


def trainings(
    cursor: Cursor, *, unit: UUID | None, resource: UUID | None, after: str | None = None, limit: int = 50
) -> Page:
    """Trainings, the latest first."""
    where = Where().equals(unit=unit, resource=resource)
    order = Keyset(("held_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, TRAININGS, where, order, after=after, limit=limit)
