# SPDX-License-Identifier: Apache-2.0
"""Many commands in one transaction: readable before, true afterwards, and never beside another writer."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from application.ports import Append, NewEvents
from domain.kernel.actor import Actor, Role
from domain.kernel.claims import Claim, TakeKey
from domain.kernel.event import Meta
from domain.parties.events import UnitRenamed
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.event_store.mapper import EventMapper
from infrastructure.simulation.bulk import OtherWriter
from infrastructure.simulation.claims import MemoryClaims
from infrastructure.simulation.log import BulkLog
from tests.fixtures import NOON
from tests.infrastructure.projecting.toys import rename

STREAM = UUID(int=7)


@pytest.fixture
def jurisdiction(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions["jiangsu"]


@pytest.fixture
def log(jurisdiction: Jurisdiction) -> Iterator[BulkLog]:
    log = BulkLog(jurisdiction.recorder, EventMapper(None), MemoryClaims(jurisdiction.claims))
    yield log
    log.close()


def batch(name: str, *, after: int = 0, claims: tuple[Claim, ...] = ()) -> Append:
    actor = Actor(user=uuid4(), role=Role.SYSTEM)
    meta = Meta(occurred_at=NOON, actor=actor, command_id=uuid4(), command="RenameUnit", correlation_id=uuid4())
    events = (UnitRenamed(name_zh=name, name_en=name, reason="test"),)
    return Append(meta.command_id, "hash", {"name": name}, meta, (NewEvents(STREAM, after, events),), claims)


def test_what_waits_is_read_like_what_is_written(log: BulkLog, jurisdiction: Jurisdiction) -> None:
    first, second = batch("a"), batch("b", after=1)
    told = log.append(first)
    log.flush()
    assert log.append(second) == told + 1
    before = log.stream(STREAM)
    assert jurisdiction.log.stream(STREAM) == before[:1]
    log.flush()
    assert log.stream(STREAM) == jurisdiction.log.stream(STREAM) == before
    assert [(item.version, item.position, item.recorded_at) for item in before] == [
        (1, told, NOON),
        (2, told + 1, NOON),
    ]
    assert log.stream(STREAM, up_to_version=1) == before[:1]


def test_a_command_is_known_before_and_after_the_flush(log: BulkLog) -> None:
    sent = batch("a")
    log.append(sent)
    waiting = log.result_of(sent.command_id)
    log.flush()
    assert waiting == log.result_of(sent.command_id)
    assert waiting is not None
    assert waiting.result == {"name": "a"}
    assert log.result_of(uuid4()) is None


def test_keys_reach_their_table(log: BulkLog, jurisdiction: Jurisdiction) -> None:
    log.append(batch("a", claims=(TakeKey("unit.code", "U", STREAM),)))
    assert jurisdiction.claims.owner("unit.code", "U") is None
    log.flush()
    assert jurisdiction.claims.owner("unit.code", "U") == log.claims.owner("unit.code", "U") == STREAM


def test_another_writer_undoes_the_flush(log: BulkLog, jurisdiction: Jurisdiction) -> None:
    log.append(batch("a"))
    rename(jurisdiction, "elsewhere")
    with pytest.raises(OtherWriter):
        log.flush()
    assert jurisdiction.log.stream(STREAM) == []
