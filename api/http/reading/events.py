# SPDX-License-Identifier: Apache-2.0
"""The audit trail: every event of the log, in order, in words, without personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from api.http.reading.history import sentences, without_token_hashes
from api.http.reading.line import Answer, Listed, Read, among, in_order, several
from api.http.reading.moments import Moment
from domain.catalogue import EVENT_TYPES
from domain.contracts.protection import as_seen_by_others
from domain.kernel.personal import Personal
from projections import audit_trail

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.kernel.event import Event
    from domain.policy import Edition
    from projections.readmodel import Row

ROOMS = tuple(dict.fromkeys(type_.partition(".")[0] for type_ in EVENT_TYPES))
PROTECTED_ROOMS = frozenset({"contracts", "reservations", "samples"})
NOBODY = Personal(subject=UUID(int=0), value=None)
"""Stands for personal data, which the audit trail does not hold."""


class Wanted(Listed):
    """Which events."""

    room: Annotated[str | None, AfterValidator(among(*ROOMS))] = Field(default=None, max_length=60)
    type: Annotated[str | None, AfterValidator(among(*EVENT_TYPES))] = Field(
        default=None, max_length=400, description="One or several, separated by commas"
    )
    stream: UUID | None = None
    actor: UUID | None = None
    organisation: UUID | None = None
    unit: UUID | None = None
    correlation: UUID | None = None
    command_id: UUID | None = None
    position_from: int | None = Field(default=None, ge=0, lt=2**63)
    position_to: Annotated[int | None, AfterValidator(in_order("position_from"))] = Field(default=None, ge=0, lt=2**63)
    recorded_from: Moment | None = Field(default=None, alias="from")
    recorded_before: Annotated[Moment | None, AfterValidator(in_order("recorded_from"))] = Field(
        default=None, alias="to", description="Recorded before it"
    )
    descending: bool = Field(default=False, description="The latest first")


def events(visit: Visit, query: Wanted) -> Answer:
    """Events in the order of the log, each with a sentence in both languages and the rule it rests on."""
    page = audit_trail.entries(
        visit.cursor,
        stream=query.stream,
        actor=query.actor,
        organisation=query.organisation,
        unit=query.unit,
        correlation=query.correlation,
        command=query.command_id,
        room=query.room,
        types=several(query.type),
        position_from=query.position_from,
        position_to=query.position_to,
        recorded_from=query.recorded_from,
        recorded_before=query.recorded_before,
        descending=query.descending,
        after=query.cursor,
        limit=query.limit,
    )
    edition = visit.edition()
    items = [_item(visit, row, edition) for row in page.rows]
    return Answer({"items": items, "next_cursor": page.next, "position": page.position})


def _item(visit: Visit, row: Row, edition: Edition) -> dict[str, Any]:
    """A row with its sentence; what is protected of contracts and uses is opened one by one, which is noted."""
    event = _event(row)
    if row["room"] in PROTECTED_ROOMS and (seen := as_seen_by_others(event, edition)) != event:
        row = {**row, "parameters": {name: _parameter(seen, name) for name in row["parameters"]}}
        event = seen
    fields: dict[str, Any] = {name: getattr(event, name) for name in type(event).model_fields}
    sentence = sentences(visit.platform.words, row["type"], fields)
    return {**without_token_hashes(row), "sentence": sentence}


def _parameter(event: Event, name: str) -> Any:  # noqa: ANN401 - any field
    value = getattr(event, name)
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def _event(row: Row) -> Event:
    """The event again, so that spans and amounts are put into words as in every other place."""
    kind = EVENT_TYPES[row["type"]]
    absent = dict.fromkeys(kind.personal_fields(), NOBODY)
    return kind.model_validate({**absent, **row["parameters"]})


READS = (Read("/events", "events", Wanted, events, "The audit trail"),)
