# SPDX-License-Identifier: Apache-2.0
"""The guarantees that the database gives, each with both sides of its boundary."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from application.errors import CommandRepeated, KeyTaken, QuotaExhausted, SlotTaken, VersionConflict
from domain.kernel.claims import (
    Claim,
    Draw,
    DrawUpTo,
    DrawWithin,
    GrantToken,
    HoldSlot,
    MoveSlot,
    NextNumber,
    OpenAccount,
    RaiseCap,
    ReleaseKey,
    ReleaseSlot,
    RevokeToken,
    TakeKey,
)
from infrastructure.bootstrap import Platform
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder
from tests.fixtures import NOON

HOUR = timedelta(hours=1)


def an_event(stream: UUID | None = None, version: int = 1) -> StoredEvent:
    return StoredEvent(stream or uuid4(), version, "test.Happened", b"{}")


@pytest.fixture(params=["single", "split"])
def recorder(platform: Platform, request: pytest.FixtureRequest) -> PostgresRecorder:
    """The recorder in both forms of the append: every guarantee holds in each."""
    return PostgresRecorder(platform.jurisdictions["jiangsu"].database, lock_inside=request.param == "single")


def append(recorder: PostgresRecorder, *claims: Claim, command: UUID | None = None) -> Sequence[int]:
    row = CommandRow(command or uuid4(), "hash", "{}")
    return recorder.insert_events([an_event()], claims=claims, command=row)


def slot(holder: UUID, resource: UUID, hour: int, lane: int = 1) -> HoldSlot:
    return HoldSlot(holder, resource, lane, NOON + hour * HOUR, NOON + (hour + 1) * HOUR)


def test_positions_follow_the_order_of_a_batch(recorder: PostgresRecorder) -> None:
    stream = uuid4()
    positions = recorder.insert_events([an_event(stream, version) for version in range(1, 51)])
    assert list(positions) == sorted(positions)
    assert [event.originator_version for event in recorder.select_events(stream)] == list(range(1, 51))


def test_two_streams_with_their_own_versions_commit_together(recorder: PostgresRecorder) -> None:
    first, second = uuid4(), uuid4()
    recorder.insert_events([an_event(first), an_event(second)])
    with pytest.raises(VersionConflict):
        recorder.insert_events([an_event(first, 2), an_event(second, 1)])
    assert len(recorder.select_events(first)) == 1


def test_a_version_is_written_once(recorder: PostgresRecorder) -> None:
    stream = uuid4()
    recorder.insert_events([an_event(stream)])
    with pytest.raises(VersionConflict):
        recorder.insert_events([an_event(stream)])


def test_overlapping_slots_of_one_lane_are_refused(recorder: PostgresRecorder) -> None:
    resource = uuid4()
    append(recorder, slot(uuid4(), resource, 0))
    with pytest.raises(SlotTaken):
        append(recorder, slot(uuid4(), resource, 0))
    append(recorder, slot(uuid4(), resource, 1), slot(uuid4(), resource, 0, lane=2))


def test_a_slot_is_moved_and_given_back(recorder: PostgresRecorder) -> None:
    resource, holder = uuid4(), uuid4()
    append(recorder, slot(holder, resource, 0))
    append(recorder, MoveSlot(holder, 1, NOON + HOUR / 2, NOON + 2 * HOUR))
    with pytest.raises(SlotTaken):
        append(recorder, slot(uuid4(), resource, 1))
    append(recorder, ReleaseSlot(holder))
    append(recorder, slot(uuid4(), resource, 1))


def test_an_account_is_never_overdrawn_nor_below_zero(recorder: PostgresRecorder) -> None:
    account = f"grant:{uuid4()}"
    append(recorder, OpenAccount(account, 100), Draw(account, 30))
    with pytest.raises(QuotaExhausted) as refused:
        append(recorder, Draw(account, 71))
    assert refused.value.parameters == {"account": account, "wanted": 101, "cap": 100}
    with pytest.raises(QuotaExhausted):
        append(recorder, Draw(account, -31))
    append(recorder, RaiseCap(account, 1), Draw(account, 70), Draw(account, 1))


def test_an_account_opened_on_first_use_keeps_its_cap(recorder: PostgresRecorder) -> None:
    account = f"beneficiary:{uuid4()}"
    append(recorder, DrawWithin(account, 10, 4), DrawWithin(account, 10, 2))
    with pytest.raises(QuotaExhausted):
        append(recorder, DrawWithin(account, 10, 5))
    append(recorder, DrawWithin(account, 10, 4))
    with pytest.raises(QuotaExhausted):
        append(recorder, DrawWithin(f"{account}:new", 10, 11))


def test_a_counter_is_drawn_up_to_the_cap_published_last(recorder: PostgresRecorder) -> None:
    account = f"quota:{uuid4()}"
    append(recorder, DrawUpTo(account, 10, 4), DrawUpTo(account, 10, 4))
    with pytest.raises(QuotaExhausted):
        append(recorder, DrawUpTo(account, 5, 1))
    append(recorder, Draw(account, -4))
    append(recorder, DrawUpTo(account, 5, 1))
    with pytest.raises(QuotaExhausted) as refused:
        append(recorder, DrawUpTo(account, 5, 1))
    assert refused.value.parameters == {"account": account, "wanted": 6, "cap": 5}
    append(recorder, DrawUpTo(account, 20, 15))
    append(recorder, Draw(account, -5), DrawUpTo(account, 20, 5))


def test_an_accessory_held_again_in_one_append_is_moved(recorder: PostgresRecorder) -> None:
    resource, holder = uuid4(), uuid4()
    append(recorder, slot(holder, resource, 0))
    append(recorder, ReleaseSlot(holder), slot(holder, resource, 1))
    append(recorder, slot(uuid4(), resource, 0))
    with pytest.raises(SlotTaken):
        append(recorder, slot(uuid4(), resource, 1))


def test_a_key_belongs_to_one_owner_until_it_is_freed(recorder: PostgresRecorder) -> None:
    value = str(uuid4())
    append(recorder, TakeKey("unit.code", value, uuid4()))
    with pytest.raises(KeyTaken) as refused:
        append(recorder, TakeKey("unit.code", value, uuid4()))
    assert refused.value.parameters == {"kind": "unit.code", "value": value}
    append(recorder, ReleaseKey("unit.code", value))
    append(recorder, TakeKey("unit.code", value, uuid4()))


def test_a_series_has_no_gap(recorder: PostgresRecorder) -> None:
    series = str(uuid4())
    append(recorder, NextNumber(series, 1))
    for wrong in (1, 3):
        with pytest.raises(VersionConflict):
            append(recorder, NextNumber(series, wrong))
    append(recorder, NextNumber(series, 2))


@pytest.mark.parametrize("claim", [Draw("no such account", 1), ReleaseSlot(uuid4()), ReleaseKey("no", "key")])
def test_a_claim_that_finds_nothing_undoes_the_whole_append(recorder: PostgresRecorder, claim: Claim) -> None:
    stream = uuid4()
    with pytest.raises(VersionConflict):
        recorder.insert_events([an_event(stream)], claims=[claim], command=CommandRow(uuid4(), "hash", "{}"))
    assert recorder.select_events(stream) == []


def test_a_refused_append_leaves_nothing_behind(recorder: PostgresRecorder) -> None:
    command, account, value, resource = uuid4(), str(uuid4()), str(uuid4()), uuid4()
    append(recorder, slot(uuid4(), resource, 0))
    with pytest.raises(SlotTaken):
        append(
            recorder,
            OpenAccount(account, 1),
            TakeKey("kind", value, uuid4()),
            slot(uuid4(), resource, 0),
            command=command,
        )
    append(recorder, OpenAccount(account, 1), TakeKey("kind", value, uuid4()), command=command)


def test_a_command_is_carried_out_once(recorder: PostgresRecorder) -> None:
    command = uuid4()
    append(recorder, command=command)
    with pytest.raises(CommandRepeated):
        append(recorder, command=command)


def test_every_kind_of_claim_leaves_its_command_row_behind(recorder: PostgresRecorder) -> None:
    account, holder, value = str(uuid4()), uuid4(), str(uuid4())
    claims: list[Claim] = [
        slot(holder, uuid4(), 0),
        MoveSlot(holder, 1, NOON, NOON + HOUR),
        ReleaseSlot(holder),
        OpenAccount(account, 10),
        Draw(account, 1),
        RaiseCap(account, 1),
        DrawWithin(str(uuid4()), 1, 1),
        DrawUpTo(str(uuid4()), 1, 1),
        TakeKey("kind", value, holder),
        ReleaseKey("kind", value),
        NextNumber(str(uuid4()), 1),
        GrantToken("a" * 64, holder, "user", None, None, None),
        RevokeToken("a" * 64),
    ]
    for claim in claims:
        command = uuid4()
        assert append(recorder, claim, command=command), claim
        with pytest.raises(CommandRepeated):
            append(recorder, command=command)


@pytest.mark.parametrize("others", [0, 12], ids=["written out", "as arrays"])
def test_what_is_given_back_is_free_for_others_of_the_same_append(recorder: PostgresRecorder, others: int) -> None:
    """However the claims are ordered: released, then moved, then held."""
    resource, gone, moved, new = uuid4(), uuid4(), uuid4(), uuid4()
    away = [(uuid4(), place) for place in range(10, 10 + others)]
    append(
        recorder, slot(gone, resource, 0), slot(moved, resource, 1), *(slot(each, resource, at) for each, at in away)
    )
    into_released = MoveSlot(moved, 1, NOON, NOON + HOUR)
    append(
        recorder,
        slot(new, resource, 1),
        *(slot(uuid4(), resource, at) for _, at in away),
        into_released,
        ReleaseSlot(gone),
        *(ReleaseSlot(each) for each, _ in away),
    )
    with recorder.database.reading() as cursor:
        held = cursor.execute("SELECT holder, lower(during) FROM slot_claims WHERE resource = %s", (resource,))
        rows = {row[0]: row[1] for row in held.fetchall()}
    assert (rows[moved], rows[new]) == (NOON, NOON + HOUR)
    assert len(rows) == 2 + others
    assert gone not in rows


def test_what_somebody_else_holds_is_not_given_back(recorder: PostgresRecorder) -> None:
    """One of two is released; the other's time stays theirs, and nothing of the append is done."""
    resource, gone, stays = uuid4(), uuid4(), uuid4()
    append(recorder, slot(gone, resource, 0), slot(stays, resource, 1))
    both = HoldSlot(uuid4(), resource, 1, NOON, NOON + 2 * HOUR)
    with pytest.raises(SlotTaken):
        append(recorder, ReleaseSlot(gone), both)
    with recorder.database.reading() as cursor:
        held = cursor.execute("SELECT holder FROM slot_claims WHERE resource = %s", (resource,)).fetchall()
    assert {row[0] for row in held} == {gone, stays}
