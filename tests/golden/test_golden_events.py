# SPDX-License-Identifier: Apache-2.0
"""The exact stored bytes of every released event version load for ever. The list is append-only.

A new event or version gets its line from `python -m tests.golden.write`; an existing line is never changed.
"""

import base64
import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from domain.catalogue import EVENT_TYPES, UPCASTERS
from domain.kernel.event import Meta
from domain.kernel.personal import Personal
from infrastructure.event_store.mapper import EventMapper, Pending
from tests.golden.samples import PLAIN, sample, sample_event
from tests.golden.sealing import TransparentKeyring

GOLDEN = Path(__file__).parent / "events.jsonl"
LINES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
STREAM = UUID("01900000-0000-7000-8000-000000000001")
MAPPER = EventMapper(TransparentKeyring())
RECORDED_AT: datetime = PLAIN[datetime]
META = sample(Meta)


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['type']}-{line['version']}")
def test_a_released_event_loads(line: dict[str, str]) -> None:
    stored = StoredEvent(STREAM, 1, line["type"], base64.b64decode(line["state"]))
    recorded = MAPPER.to_recorded(stored, 1, RECORDED_AT)
    event = recorded.event
    assert event.TYPE == line["type"]  # noqa: SIM300 - the class variable is what is tested
    for name in type(event).personal_fields():
        value = getattr(event, name)
        assert isinstance(value, Personal)
        assert value.value == "孟知微"


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['type']}-{line['version']}")
def test_a_current_event_is_stored_as_it_was_released(line: dict[str, str]) -> None:
    event_class = EVENT_TYPES[line["type"]]
    if int(line["version"]) != event_class.VERSION:
        assert (line["type"], int(line["version"])) in UPCASTERS
        return
    pending = Pending(STREAM, 1, sample_event(event_class), META)
    assert MAPPER.to_stored_event(pending).state == base64.b64decode(line["state"])


def test_every_event_version_has_a_golden_line() -> None:
    golden = {(line["type"], int(line["version"])) for line in LINES}
    assert {(name, event.VERSION) for name, event in EVENT_TYPES.items()} <= golden
    assert len(golden) == len(LINES)


def test_every_event_survives_encoding_and_decoding() -> None:
    for event_class in EVENT_TYPES.values():
        event = sample_event(event_class)
        stored = MAPPER.to_stored_event(Pending(STREAM, 1, event, META))
        assert MAPPER.to_recorded(stored, 1, RECORDED_AT).event == event
