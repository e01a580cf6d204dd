# SPDX-License-Identifier: Apache-2.0
"""Events to stored bytes and back, through the library's mapper interface.

Stored state is JSON: {"v": version, "d": data, "m": meta}. Personal fields are sealed before anything else sees
the bytes, so that hashes and proofs over the log survive the destruction of a key.

Events of the current version without personal fields, which are nearly all, go between object and bytes in one step;
the others by way of plain data, which can be lifted, sealed and opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from eventsourcing.persistence import Mapper, StoredEvent
from pydantic import TypeAdapter

from domain.catalogue import UPCASTERS
from domain.kernel.event import Event, Meta, Recorded
from domain.kernel.personal import Personal
from infrastructure.event_store.readers import reader_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infrastructure.identity.keyring import Keyring

_META: TypeAdapter[Meta] = TypeAdapter(Meta)


@dataclass(frozen=True, slots=True)
class Pending:
    """An event with its place in a stream, before it is stored."""

    originator_id: UUID
    originator_version: int
    event: Event
    meta: Meta


class EventMapper(Mapper["UUID"]):
    """Maps `Pending` to the library's `StoredEvent` and stored rows to `Recorded`."""

    def __init__(self, keyring: Keyring | None) -> None:
        """Without a keyring personal fields stay sealed: they read as None."""
        self.keyring = keyring
        self._last_meta: tuple[Meta | None, bytes] = (None, b"")

    def to_stored_event(self, domain_event: Pending) -> StoredEvent:  # type: ignore[override]
        """The exact bytes that the log keeps."""
        event = domain_event.event
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=event.TYPE,
            state=b'{"v":%d,"d":%b,"m":%b}' % (event.VERSION, self._data_of(domain_event), self._meta_of(domain_event)),
        )

    def to_recorded(self, stored: StoredEvent, position: int, recorded_at: datetime) -> Recorded:
        """An event as it stands in the log. Raises ValueError for bytes that no released version can read."""
        reader = reader_of(stored)
        if stored.state.startswith(reader.plain):
            state = reader.state(stored.state)
            event, meta = state.d, state.m
        else:
            event, meta = self._by_way_of_data(reader.event_class, stored)
        return Recorded(
            stream=stored.originator_id,  # type: ignore[arg-type]
            version=stored.originator_version,
            position=position,
            recorded_at=recorded_at,
            event=event,
            meta=meta,
        )

    def to_event(self, stored: StoredEvent) -> Event:
        """The event alone, for folds: who did it when and by which command is passed over. Raises ValueError."""
        reader = reader_of(stored)
        if stored.state.startswith(reader.plain):
            return reader.fact(stored.state).d
        return self._by_way_of_data(reader.event_class, stored)[0]

    def _by_way_of_data(self, event_class: type[Event], stored: StoredEvent) -> tuple[Event, Meta]:
        state = orjson.loads(stored.state)
        data, version = state["d"], state["v"]
        while version < event_class.VERSION:
            data = UPCASTERS[stored.topic, version](data)
            version += 1
        for name in event_class.personal_fields():
            if data.get(name) is not None:
                data[name] = self._opened(data[name], stored, name)
        return event_class.model_validate(data), _META.validate_python(state["m"])

    def _data_of(self, pending: Pending) -> bytes:
        event = pending.event
        if not event.personal_fields():
            return event.__pydantic_serializer__.to_json(event, exclude_defaults=True)
        data = event.model_dump(mode="json", exclude_defaults=True)
        for name in event.personal_fields():
            value = getattr(event, name)
            if isinstance(value, Personal):
                data[name] = self._sealed(value, _place(pending, name))
        return orjson.dumps(data)

    def _meta_of(self, pending: Pending) -> bytes:
        """Events of one command share their meta: the last one is remembered."""
        known, written = self._last_meta
        if known is not pending.meta:
            written = _META.serializer.to_json(pending.meta, exclude_none=True)
            self._last_meta = (pending.meta, written)
        return written

    def _sealed(self, personal: Personal, place: bytes) -> dict[str, str]:
        if self.keyring is None or personal.value is None:
            message = "personal data cannot be stored without its key"
            raise ValueError(message)
        return {"subject": str(personal.subject), "sealed": self.keyring.seal(personal.subject, personal.value, place)}

    def _opened(self, data: dict[str, Any], stored: StoredEvent, name: str) -> dict[str, Any]:
        value = None
        if self.keyring is not None:
            place = f"{stored.originator_id}|{stored.originator_version}|{name}".encode()
            value = self.keyring.open(data["subject"], data["sealed"], place)
        return {"subject": data["subject"], "value": value}


def _place(pending: Pending, name: str) -> bytes:
    """The associated data that binds a ciphertext to its place: stream, version, field."""
    return f"{pending.originator_id}|{pending.originator_version}|{name}".encode()
