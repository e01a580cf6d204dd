# SPDX-License-Identifier: Apache-2.0
"""From events to notices that are due, by the table of lines; and notices that something else has settled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.catalogue import AGGREGATE_OF
from domain.notices.addressee import Addressee, notice_id
from domain.standing.events import FeedbackGiven
from projections.handlers import new_row
from projections.notices.facts import field_of, plain, subject_of
from projections.notices.inboxes import channel_of
from projections.notices.lines import LINES, SETTLED, Line
from projections.notices.tables import NOTICES, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.actor import Actor
    from domain.kernel.event import Event, Recorded
    from projections.readmodel import Row, Rows

USEFUL = timedelta(days=14)
"""For how long a notice is worth sending late; in the inbox it stays."""


def tell(event: Event, recorded: Recorded, rows: Rows) -> None:
    """Make the notices of an event."""
    for line in LINES[type(event)]:
        for stream in _streams(line, event, recorded):
            subject = subject_of(rows, stream)
            if not line.when(event, subject["facts"]):
                continue
            for addressee in _addressees(line, event, subject, recorded.meta.actor):
                _put(line, event, recorded, subject, addressee, rows)


def _streams(line: Line, event: Event, recorded: Recorded) -> tuple[UUID, ...]:
    """What the line speaks of: the event's own stream, or those that it names."""
    if line.each:
        several: tuple[UUID, ...] = getattr(event, line.each)
        return several
    return (getattr(event, line.about) if line.about else recorded.stream,)


def settle(event: Event, recorded: Recorded, rows: Rows) -> None:
    """Take earlier notices of the stream back as far as they have not been sent."""
    row = rows.get(SUBJECTS, event.reservation if isinstance(event, FeedbackGiven) else recorded.stream)
    if row is not None:
        take_back(rows, row, SETTLED[type(event)], recorded.meta.occurred_at)


def take_back(rows: Rows, subject: Row, kinds: tuple[str, ...], now: datetime) -> None:
    """What lies in the inbox alone leaves it; what may be on its way is marked, so that it is not sent anew."""
    for kind in kinds:
        for opened in subject["open"].get(kind, ()):
            row = rows.get(NOTICES, UUID(opened))
            if row is None or row["state"] not in ("waiting", "in_app"):
                continue
            if row["state"] == "in_app" or row["due_at"] > now:
                rows.delete(NOTICES, row["id"])
            else:
                rows.change(NOTICES, row["id"], state="settled")
    left = {kind: ids for kind, ids in subject["open"].items() if kind not in kinds}
    if left != subject["open"]:
        subject["open"] = left
        rows.put(SUBJECTS, subject)


def keep_open(rows: Rows, subject: Row, kind: str, notice: UUID) -> None:
    """Remember that a later event may settle the notice."""
    subject["open"] = {**subject["open"], kind: [*subject["open"].get(kind, ()), str(notice)]}
    rows.put(SUBJECTS, subject)


def notice_row(  # noqa: PLR0913 - what a notice is
    rows: Rows,
    *,
    id_: UUID,
    kind: str,
    addressee: Addressee,
    subject: Row,
    subject_kind: str,
    facts: Row,
    due_at: datetime,
    useful_until: datetime,
    resource: UUID | None = None,
) -> Row:
    """A notice that is due at a time; it waits to be sent where its addressee wants that."""
    sent = channel_of(rows, addressee, kind) != "in_app"
    return new_row(
        NOTICES,
        id=id_,
        kind=kind,
        addressee_kind=addressee.kind,
        addressee=addressee.id,
        subject=subject["id"],
        subject_kind=subject_kind,
        unit=subject["unit"],
        resource=resource or subject["resource"],
        facts=facts,
        due_at=due_at,
        useful_until=useful_until,
        state="waiting" if sent else "in_app",
        next_attempt_at=due_at,
        attempts=0,
    )


def _put(line: Line, event: Event, recorded: Recorded, subject: Row, addressee: Addressee, rows: Rows) -> None:
    now = recorded.meta.occurred_at
    own = plain(event, line.facts)
    row = notice_row(
        rows,
        id_=notice_id(uuid5(recorded.id, str(subject["id"])) if line.each else recorded.id, line.kind, addressee),
        kind=line.kind,
        addressee=addressee,
        subject=subject,
        subject_kind=AGGREGATE_OF[event.TYPE].name if not (line.about or line.each) else "",
        facts={**subject["facts"], **own},
        due_at=now,
        useful_until=now + USEFUL,
        resource=UUID(str(getattr(event, line.resource))) if line.resource else field_of(event, "resource"),
    )
    rows.put(NOTICES, row)
    if line.kind in _TAKEN_BACK:
        keep_open(rows, subject, line.kind, row["id"])


def _addressees(line: Line, event: Event, subject: Row, actor: Actor) -> list[Addressee]:
    """Each of them once, in the order of the line, without whoever did it."""
    found = dict.fromkeys(each for name in line.to for each in _named(name, event, subject))
    return [each for each in found if line.also_self or each.id not in (actor.user, actor.unit)]


def _named(name: str, event: Event, subject: Row) -> Iterator[Addressee]:
    if name == "itself":
        yield Addressee(kind="person", id=subject["id"])
    elif name == "unit":
        unit = field_of(event, "unit") or subject["unit"]
        if unit is not None:
            yield Addressee(kind="unit", id=unit)
    elif person := field_of(event, name) or subject["people"].get(name):
        yield Addressee(kind="person", id=UUID(str(person)))


_TAKEN_BACK = frozenset(kind for kinds in SETTLED.values() for kind in kinds)
