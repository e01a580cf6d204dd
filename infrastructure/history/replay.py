# SPDX-License-Identifier: Apache-2.0
"""`replay`: the state of any stream at a position or time, and the events that led to it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel, TypeAdapter

from application.errors import NotFound
from domain.catalogue import AGGREGATE_OF
from domain.kernel.event import Event, Recorded
from domain.kernel.personal import Personal
from domain.kernel.time import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.words import Words

_JSON: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True)
class ReplayReport:
    """A stream as it stood: its aggregate, state and events; personal data masked."""

    stream: UUID
    aggregate: str
    version: int
    position: int
    state: dict[str, Any]
    events: list[Recorded]

    def as_dict(self) -> dict[str, Any]:
        """One JSON document."""
        return {
            "stream": str(self.stream),
            "aggregate": self.aggregate,
            "version": self.version,
            "position": self.position,
            "state": self.state,
            "events": [event_as_dict(event) for event in self.events],
        }

    def lines(self, words: Words, language: str) -> Iterator[str]:
        """One readable line an event."""
        for event in self.events:
            sentence = words.event(event.event.TYPE, language, fields_of(event.event))
            when = local(event.meta.occurred_at).strftime("%Y-%m-%d %H:%M:%S%z")
            yield f"{event.position:>8}  {when}  {event.meta.actor.role.value:<20}  {sentence}"


def replay(jurisdiction: Jurisdiction, stream: UUID, at: int | datetime | None = None) -> ReplayReport:
    """The state of a stream at a log position or recorded time (both included), by default now.

    Raises `NotFound` where the stream has no event up to then.
    """
    events = [event for event in jurisdiction.log.stream(stream) if _up_to(event, at)]
    if not events:
        raise NotFound(kind="stream", id=str(stream))
    aggregate = AGGREGATE_OF[events[0].event.TYPE]
    state: Any = aggregate.fold(event.event for event in events)
    return ReplayReport(
        stream, aggregate.name, events[-1].version, events[-1].position, as_json(dataclasses.asdict(state)), events
    )


def _up_to(event: Recorded, at: int | datetime | None) -> bool:
    if at is None:
        return True
    if isinstance(at, datetime):
        return event.recorded_at <= at
    return event.position <= at


def fields_of(event: Event) -> dict[str, Any]:
    """The fields of an event for a sentence; personal ones sealed again, which every language says in its own words."""
    fields = {name: getattr(event, name) for name in type(event).model_fields if name != "basis"}
    return {name: _sealed(value) if isinstance(value, Personal) else value for name, value in fields.items()}


def _sealed(value: Personal) -> Personal:
    return value.model_copy(update={"value": None})


def event_as_dict(recorded: Recorded) -> dict[str, Any]:
    """An event with its circumstances, personal data masked."""
    return {
        "position": recorded.position,
        "version": recorded.version,
        "type": recorded.event.TYPE,
        "recorded_at": local(recorded.recorded_at).isoformat(),
        "occurred_at": local(recorded.meta.occurred_at).isoformat(),
        "command": recorded.meta.command,
        "command_id": str(recorded.meta.command_id),
        "correlation_id": str(recorded.meta.correlation_id),
        "actor": recorded.meta.actor.model_dump(mode="json"),
        "data": as_json({name: getattr(recorded.event, name) for name in type(recorded.event).model_fields}),
    }


def as_json(value: Any) -> Any:  # noqa: ANN401 - any part of a state
    """A value as JSON types, times on the Shanghai clock, personal data masked.

    `dataclasses.asdict` leaves pydantic values as they are.
    """
    match value:
        case Personal():
            return {"subject": str(value.subject), "value": None}
        case datetime():
            return local(value).isoformat()
        case BaseModel():
            return {name: as_json(getattr(value, name)) for name in type(value).model_fields}
        case dict():
            return {str(key): as_json(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [as_json(inner) for inner in value]
    return _JSON.dump_python(value, mode="json")
