# SPDX-License-Identifier: Apache-2.0
"""The audit trail: every event with its actor, cause and public fields, so that a page can say it in words.

Personal fields never enter: who may read them asks the log itself, and that is recorded.
"""

from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from projections.handlers import new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

EVENTS = Table(
    "audit_trail",
    ("position",),
    {
        "position": "bigint",
        "event_id": "uuid",
        "recorded_at": "timestamptz",
        "occurred_at": "timestamptz",
        "stream": "uuid",
        "version": "bigint",
        "type": "text",
        "room": "text",
        "actor": "uuid",
        "actor_role": "text",
        "actor_organisation": "uuid",
        "actor_unit": "uuid",
        "command_id": "uuid",
        "correlation_id": "uuid",
        "command": "text",
        "source": "text",
        "parameters": "jsonb",  # the event's fields without personal ones
        "basis": "jsonb",  # regime, edition, articles and values it was decided by
    },
    (
        "(stream, position)",
        "(actor, position)",
        "(actor_organisation, position)",
        "(correlation_id)",
        "(command_id)",
        '(room COLLATE "C", position)',
        "USING brin (recorded_at)",  # times follow positions: a few pages tell where a day begins
    ),
)


def apply(recorded: Recorded, rows: Rows) -> None:
    """One event, one row."""
    event, meta = recorded.event, recorded.meta
    row = new_row(
        EVENTS,
        position=recorded.position,
        event_id=recorded.id,
        recorded_at=recorded.recorded_at,
        occurred_at=meta.occurred_at,
        stream=recorded.stream,
        version=recorded.version,
        type=event.TYPE,
        room=event.TYPE.partition(".")[0],
        actor=meta.actor.user,
        actor_role=meta.actor.role.value,
        actor_organisation=meta.actor.organisation,
        actor_unit=meta.actor.unit,
        command_id=meta.command_id,
        correlation_id=meta.correlation_id,
        command=meta.command,
        source=meta.source,
        parameters=event.model_dump(mode="json", exclude={"basis", *event.personal_fields()}),
        basis=event.basis.model_dump(mode="json") if event.basis else None,
    )
    rows.put(EVENTS, row)


MODEL = ReadModel("audit_trail", (EVENTS,), apply)


def entry(cursor: Cursor, position: int) -> Row | None:
    """The event at a position."""
    return find(cursor, EVENTS, position=position)


def entries(  # noqa: PLR0913 - the filters of a trail
    cursor: Cursor,
    *,
    stream: UUID | None = None,
    actor: UUID | None = None,
    organisation: UUID | None = None,
    unit: UUID | None = None,
    correlation: UUID | None = None,
    command: UUID | None = None,
    room: str | None = None,
    types: tuple[str, ...] | None = None,
    position_from: int | None = None,
    position_to: int | None = None,
    recorded_from: datetime | None = None,
    recorded_before: datetime | None = None,
    descending: bool = False,
    after: str | None = None,
    limit: int = 100,
) -> Page:
    """Events in the order of the log, positions with both bounds, times half-open. None asks nothing."""
    where = Where().equals(stream=stream, actor=actor, actor_organisation=organisation, actor_unit=unit, room=room)
    where.equals(correlation_id=correlation, command_id=command).one_of("type", types)
    where.holds("position >= %s", position_from).holds("position <= %s", position_to)
    where.holds("recorded_at >= %s", recorded_from).holds("recorded_at < %s", recorded_before)
    order = Keyset(("position",), descending)
    return read_page(cursor, MODEL.name, EVENTS, where, order, after=after, limit=limit)
