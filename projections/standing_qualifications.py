# SPDX-License-Identifier: Apache-2.0
"""Qualifications for instruments, with the day on which each ends and that of its reminder."""

from datetime import date, datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.standing.events import (
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
)
from domain.standing.qualification import Qualification
from projections.handlers import known, new_row
from projections.paging import Cursor, fetch
from projections.readmodel import Row, Rows
from projections.standing_bans import on
from projections.standing_tables import QUALIFIED, STANDINGS


@on
def _apply(event: QualificationApplied, recorded: Recorded, rows: Rows) -> None:
    _qualify(rows, _held(rows, recorded, event.resource) | {"applied_at": recorded.meta.occurred_at})


@on
def _approve(event: QualificationApproved, recorded: Recorded, rows: Rows) -> None:
    before = _held(rows, recorded, event.resource)
    run = event.model_dump(include={"valid_from", "valid_until", "remind_on", "lapse_months", "training"})
    _qualify(rows, before | run | {"step": "held", "applied_at": None, "reminded_for": None, "reason": None})


@on
def _renew(event: QualificationRenewed, recorded: Recorded, rows: Rows) -> None:
    before = _held(rows, recorded, event.resource)
    run = event.model_dump(include={"valid_until", "remind_on", "lapse_months", "reason"})
    _qualify(rows, before | run | {"step": "held", "applied_at": None, "reminded_for": None})


@on
def _remind(event: QualificationReminded, recorded: Recorded, rows: Rows) -> None:
    _qualify(rows, _held(rows, recorded, event.resource) | {"reminded_for": event.ends_on})


@on
def _refuse(event: QualificationRefused, recorded: Recorded, rows: Rows) -> None:
    before = _held(rows, recorded, event.resource)
    step = "held" if before["step"] == "held" else "refused"
    _qualify(rows, before | {"step": step, "applied_at": None, "reason": event.reason})


@on
def _withdraw(event: QualificationWithdrawn, recorded: Recorded, rows: Rows) -> None:
    ended = {"step": "withdrawn", "applied_at": None, "reason": event.reason}
    _qualify(rows, _held(rows, recorded, event.resource) | ended)


@on
def _lapse(event: QualificationLapsed, recorded: Recorded, rows: Rows) -> None:
    before = _held(rows, recorded, event.resource)
    _qualify(rows, before | {"step": "lapsed", "reason": event.ground})
    rows.change(QUALIFIED, recorded.stream, event.resource, ends_on=event.ended_on)


def used(rows: Rows, standing: UUID, resource: UUID, at: datetime) -> None:
    """Another use puts off the day on which a qualification lapses for want of it."""
    held = rows.get(QUALIFIED, standing, resource)
    if held is not None and (held["last_used"] is None or held["last_used"] < at):
        _qualify(rows, held | {"last_used": at})


def _held(rows: Rows, recorded: Recorded, resource: UUID) -> Row:
    found = rows.get(QUALIFIED, recorded.stream, resource)
    if found is not None:
        return found
    owner = known(rows, STANDINGS, recorded.stream)
    key = {"standing": recorded.stream, "resource": resource}
    return new_row(QUALIFIED, **key, unit=owner["unit"], user_id=owner["user_id"], step="none")


def _qualify(rows: Rows, row: Row) -> None:
    """Keep a qualification with the day on which it ends, as the domain says, and that of its reminder."""
    ends, ahead = None, None
    if row["step"] == "held":
        run = {name: row[name] for name in ("valid_from", "valid_until", "remind_on", "lapse_months")}
        ends = Qualification("held", **run).ends_on(row["last_used"])
        ahead = row["valid_until"] - row["remind_on"]
    remind_from = ends - ahead if ends is not None and ahead is not None else None
    rows.put(QUALIFIED, row | {"ends_on": ends, "remind_from": remind_from})


def to_remind_of(cursor: Cursor, today: date) -> list[Row]:
    """Qualifications that come to an end and of whose end nobody was reminded."""
    return fetch(
        cursor,
        "SELECT standing, resource, unit, user_id, ends_on FROM operating_qualifications WHERE step = 'held'"
        " AND remind_from <= %s AND ends_on >= %s AND reminded_for IS DISTINCT FROM ends_on"
        " ORDER BY ends_on, standing, resource",
        (today, today),
    )


def to_lapse(cursor: Cursor, today: date) -> list[Row]:
    """Qualifications whose last day is over."""
    return fetch(
        cursor,
        "SELECT standing, resource, unit, user_id, ends_on FROM operating_qualifications"
        " WHERE step = 'held' AND ends_on < %s ORDER BY ends_on, standing, resource",
        (today,),
    )
