# SPDX-License-Identifier: Apache-2.0
"""Claims in memory refuse what the claim tables refuse, and nothing else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from application.errors import KeyTaken, QuotaExhausted, SlotTaken, VersionConflict
from domain.kernel.claims import (
    Claim,
    Draw,
    DrawUpTo,
    DrawWithin,
    HoldSlot,
    MoveSlot,
    NextNumber,
    OpenAccount,
    RaiseCap,
    ReleaseKey,
    ReleaseSlot,
    TakeKey,
)
from infrastructure.bootstrap import Platform
from infrastructure.simulation.claims import MemoryClaims

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RESOURCE, FIRST, SECOND = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
def claims(platform: Platform) -> MemoryClaims:
    return MemoryClaims(platform.jurisdictions["jiangsu"].claims)


def hold(holder: UUID, after: int = 0, lane: int = 1) -> HoldSlot:
    return HoldSlot(holder, RESOURCE, lane, NINE + after * HOUR, NINE + (after + 1) * HOUR)


def test_a_slot_is_held_once_and_neighbours_touch(claims: MemoryClaims) -> None:
    claims.take([hold(FIRST)])
    with pytest.raises(SlotTaken):
        claims.take([hold(SECOND)])
    claims.take([hold(SECOND, after=1)])
    with pytest.raises(SlotTaken):
        claims.take([MoveSlot(SECOND, 1, NINE, NINE + HOUR)])
    assert claims.holders(RESOURCE, NINE, NINE + 2 * HOUR) == [FIRST, SECOND]


def test_a_move_does_not_meet_itself_and_a_release_frees(claims: MemoryClaims) -> None:
    claims.take([hold(FIRST)])
    claims.take([MoveSlot(FIRST, 1, NINE + HOUR / 2, NINE + 2 * HOUR)])
    claims.take([ReleaseSlot(FIRST)])
    claims.take([hold(SECOND)])
    with pytest.raises(VersionConflict):
        claims.take([ReleaseSlot(FIRST)])


def test_lanes_are_found_from_the_lowest(claims: MemoryClaims) -> None:
    claims.take([hold(FIRST)])
    assert claims.free_lane(RESOURCE, 2, NINE, NINE + HOUR) == 2
    assert claims.free_lane(RESOURCE, 1, NINE, NINE + HOUR) is None
    assert claims.free_lane(RESOURCE, 1, NINE + HOUR, NINE + 2 * HOUR) == 1


def test_an_account_is_never_overdrawn_at_either_end(claims: MemoryClaims) -> None:
    claims.take([OpenAccount("grant:1", 100), Draw("grant:1", 40)])
    assert claims.left("grant:1") == 60
    for amount in (61, -41):
        with pytest.raises(QuotaExhausted):
            claims.take([Draw("grant:1", amount)])
    claims.take([RaiseCap("grant:1", 1), Draw("grant:1", 61)])
    assert claims.left("grant:1") == 0
    claims.take([DrawWithin("yearly:1", 10, 4)])
    claims.take([DrawWithin("yearly:1", 10, 6)])
    assert (claims.left("yearly:1"), claims.left("nowhere")) == (0, None)


def test_a_counter_is_drawn_up_to_the_cap_published_last(claims: MemoryClaims) -> None:
    claims.take([DrawUpTo("quota:1", 10, 8)])
    with pytest.raises(QuotaExhausted):
        claims.take([DrawUpTo("quota:1", 5, 1)])
    claims.take([Draw("quota:1", -6)])
    claims.take([DrawUpTo("quota:1", 5, 3)])
    assert (claims.left("quota:1"), claims.used(["quota:1", "quota:2"])) == (0, {"quota:1": 5})


@pytest.mark.parametrize(
    "claim", [Draw("nowhere", 1), NextNumber("HT", 2), ReleaseKey("unit.code", "U"), MoveSlot(FIRST, 1, NINE, NINE)]
)
def test_what_finds_nothing_to_change_is_refused(claims: MemoryClaims, claim: Claim) -> None:
    with pytest.raises((VersionConflict, KeyError)):
        claims.take([claim])


def test_numbers_follow_one_another(claims: MemoryClaims) -> None:
    claims.take([NextNumber("HT", 1)])
    claims.take([NextNumber("HT", 2)])
    assert claims.last_number("HT") == 2
    with pytest.raises(VersionConflict):
        claims.take([NextNumber("HT", 2)])


def test_a_key_belongs_to_one_owner_until_it_is_freed(claims: MemoryClaims) -> None:
    claims.take([TakeKey("unit.code", "U", FIRST)])
    assert claims.owner("unit.code", "U") == FIRST
    with pytest.raises(KeyTaken):
        claims.take([TakeKey("unit.code", "U", SECOND)])
    claims.take([ReleaseKey("unit.code", "U")])
    assert claims.owner("unit.code", "U") is None


def test_a_refused_command_claims_nothing(claims: MemoryClaims) -> None:
    claims.take([OpenAccount("grant:1", 1)])
    with pytest.raises(QuotaExhausted):
        claims.take([hold(FIRST), TakeKey("unit.code", "U", FIRST), Draw("grant:1", 2)])
    assert claims.holders(RESOURCE, NINE, NINE + HOUR) == []
    assert claims.owner("unit.code", "U") is None


def test_what_one_gives_back_another_may_hold_in_the_same_append(claims: MemoryClaims) -> None:
    claims.take([hold(FIRST)])
    claims.take([hold(SECOND), ReleaseSlot(FIRST)])
    assert claims.holders(RESOURCE, NINE, NINE + HOUR) == [SECOND]
    with pytest.raises(SlotTaken):
        claims.take([hold(FIRST), MoveSlot(SECOND, 1, NINE + HOUR / 2, NINE + 2 * HOUR)])
    with pytest.raises(SlotTaken):
        claims.take([hold(FIRST)])
