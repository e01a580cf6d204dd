# SPDX-License-Identifier: Apache-2.0
"""How stored bytes become events in one step: a validator for each type, made when first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from domain.catalogue import EVENT_TYPES
from domain.kernel.event import Event, Meta

if TYPE_CHECKING:
    from collections.abc import Callable

    from eventsourcing.persistence import StoredEvent

EventT = TypeVar("EventT", bound=Event)


class Fact(BaseModel, Generic[EventT]):
    """The stored state of one type of event; its meta is passed over."""

    d: EventT


class State(Fact[EventT], Generic[EventT]):
    """The stored state of one type of event."""

    m: Meta


@dataclass(frozen=True, slots=True)
class Reader:
    """How the bytes of one type of event are read; `plain` begins those that can be read in one step."""

    event_class: type[Event]
    plain: bytes
    state: Callable[[bytes], State[Event]]
    fact: Callable[[bytes], Fact[Event]]


def reader_of(stored: StoredEvent) -> Reader:
    """The reader for a stored event. Raises ValueError for a type that this release does not know."""
    try:
        return _reader(stored.topic)
    except KeyError:
        place = f"version {stored.originator_version} of stream {stored.originator_id}"
        message = f"unknown event type {stored.topic!r}, {place}"
        raise ValueError(message) from None


@cache
def _reader(topic: str) -> Reader:
    event_class = EVENT_TYPES[topic]
    return Reader(
        event_class,
        plain=_NOTHING if event_class.personal_fields() else b'{"v":%d,' % event_class.VERSION,
        state=TypeAdapter(State[event_class]).validator.validate_json,  # type: ignore[valid-type]
        fact=TypeAdapter(Fact[event_class]).validator.validate_json,  # type: ignore[valid-type]
    )


_NOTHING = b"sealed"
"""No stored state begins so."""
