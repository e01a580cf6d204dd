# SPDX-License-Identifier: Apache-2.0
"""Ledger, registry and reviews side by side, by asset number."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.parties.events import UnitMerged
from domain.purchasing.events import Asset, ProcurementCompleted
from domain.resources.events import (
    ExemptionClaimed,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourcePublished,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
)
from domain.resources.ledger.events import AssetLedgerImported
from domain.resources.ledger.ledger import Listing, evolve, ledger_of, take
from domain.resources.ledger.line import AssetLine
from domain.resources.registry_events import ListingExceptionGranted, ReturnConceded
from projections.asset_ledger import IMPORTS, LINES, MODEL, REGISTERED, REVIEWED
from projections.ledger_of_unit import counted, heir, imports, lines, members, registered, reviewed
from tests.domain.resources.examples import ITEMS, PORTAL
from tests.domain.resources.examples import registered as registration
from tests.projections.conftest import Stage
from tests.projections.memory_rows import History, at, ident

UNIT, OWNER, SEM = ident("unit"), ident("owner"), ident("sem")
JANUARY, FEBRUARY, TODAY = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)


def asset(number: str, value_fen: int = 100) -> AssetLine:
    return AssetLine(asset_number=number, name="天平", value_fen=value_fen)


def listing(as_of: date, *given: AssetLine) -> Listing:
    return Listing(UNIT, OWNER, as_of, f"{as_of}.csv", "a" * 64, given)


def two_ledgers() -> History:
    first = take(None, listing(JANUARY, asset("A-1"), asset("A-2")), today=TODAY)
    state = None
    for event in first:
        state = evolve(state, event)
    second = take(state, listing(FEBRUARY, asset("A-1", 200), asset("A-3")), today=TODAY)
    return History(MODEL).add(ledger_of(UNIT), *first, *second)


def test_the_ledger_in_force_stands_beside_what_it_was() -> None:
    log = two_ledgers()
    assert [(row["as_of"], row["added"], row["changed"], row["removed"]) for row in log.rows.all(IMPORTS)] == [
        (JANUARY, 2, 0, 0),
        (FEBRUARY, 1, 1, 1),
    ]
    found = {row["asset_key"]: row for row in log.rows.all(LINES)}
    assert {key: row["gone_as_of"] for key, row in found.items()} == {"A-1": None, "A-2": FEBRUARY, "A-3": None}
    assert (found["A-1"]["line"]["value_fen"], found["A-1"]["first_as_of"]) == (200, JANUARY)


def test_the_registry_is_followed_with_the_times_that_count() -> None:
    log = History(MODEL).add(SEM, registration(unit=UNIT, asset_number="ａ-1"))
    log.add(SEM, ResourceDataSubmitted(schema_name="s", data_digest="d"), occurred_at=at("2026-01-10 09:00"))
    log.add(SEM, ResourceDataReturned(reasons=("r",)))
    assert log.row(REGISTERED, SEM)["reported_at"] is None
    log.add(SEM, ReturnConceded(return_count=1, reason="r"))
    log.add(SEM, ResourceDataSubmitted(schema_name="s", data_digest="d"), occurred_at=at("2026-01-20 09:00"))
    log.add(SEM, ResourcePublished(items=ITEMS, portal_url=PORTAL), occurred_at=at("2026-01-21 09:00"))
    log.add(SEM, ResourceUpdated(reason="r", model="X", original_value_fen=7))
    log.add(SEM, ListingExceptionGranted(reason="r", document="d", decided_on=TODAY))
    row = log.row(REGISTERED, SEM)
    assert (row["asset_key"], row["model"], row["value_fen"], row["excused"]) == ("A-1", "X", 7, True)
    assert (row["reported_at"], row["opened_at"]) == (at("2026-01-10 09:00"), at("2026-01-21 09:00"))
    log.add(SEM, ExemptionClaimed(ground="secrecy", reason="r", review_on=TODAY))
    assert log.row(REGISTERED, SEM)["state"] == "exempt_claimed"
    moved = ResourceTransferred(
        to_unit=ident("other"), to_legal_person=OWNER, from_unit=UNIT, asset_number="B-1", reason="r"
    )
    log.add(SEM, moved, ResourceWithdrawn(ground="scrapped", reason="r"))
    row = log.row(REGISTERED, SEM)
    assert (row["unit"], row["asset_key"], row["state"]) == (ident("other"), "B-1", "withdrawn")


def test_what_was_bought_after_a_review_is_known_by_its_number() -> None:
    bought = ProcurementCompleted(
        unit=UNIT,
        contract_number="C",
        prices=(),
        set_price_fen=None,
        total_fen=1,
        assets=(Asset(item=0, asset_number="A-1"),),
        accepted_on=TODAY,
    )
    row = History(MODEL).add(ident("review"), bought).row(REVIEWED, UNIT, "A-1")
    assert row["review"] == ident("review")


def test_everything_of_one_unit_is_read_at_once(stage: Stage) -> None:
    cursor = stage.show(two_ledgers().add(SEM, registration(unit=UNIT)))
    assert [row["as_of"] for row in imports(cursor, UNIT)] == [FEBRUARY, JANUARY]
    assert len(lines(cursor, [UNIT])) == 3
    assert [row["id"] for row in registered(cursor, [UNIT])] == [SEM]
    assert (reviewed(cursor, [UNIT]), lines(cursor, [SEM])) == (frozenset(), [])


SECOND, THIRD = ident("second"), ident("third")
APRIL, MAY = date(2026, 4, 10), date(2026, 5, 10)


def handed_in(unit: UUID, as_of: date) -> AssetLedgerImported:
    [event, *_] = take(None, replace(listing(as_of, asset("A-9")), unit=unit), today=MAY)
    assert isinstance(event, AssetLedgerImported)
    return event


def merged_twice() -> History:
    """The unit ends in a second one in April, that one in a third in May."""
    log = two_ledgers()
    for unit, successor, day in ((UNIT, SECOND, APRIL), (SECOND, THIRD, MAY)):
        event = UnitMerged(successor=successor, decision_reference="1号")
        log.add(unit, event, occurred_at=at(f"{day} 09:00"))
    return log


def test_what_a_unit_has_is_its_successors_at_whatever_remove(stage: Stage) -> None:
    cursor = stage.show(merged_twice())
    assert set(members(cursor, THIRD)) == {UNIT, SECOND, THIRD}
    assert (members(cursor, UNIT), heir(cursor, UNIT), heir(cursor, THIRD)) == ([UNIT], THIRD, THIRD)
    assert [row["unit"] for row in imports(cursor, THIRD)] == [UNIT, UNIT]


@pytest.mark.parametrize(
    ("unit", "as_of", "left"),
    [
        (SECOND, APRIL - timedelta(days=1), {UNIT, SECOND, THIRD}),
        (SECOND, APRIL, {SECOND, THIRD}),
        (THIRD, MAY - timedelta(days=1), {UNIT, SECOND, THIRD}),
        (THIRD, MAY, {THIRD}),
    ],
)
def test_a_merged_units_ledger_counts_until_its_successor_hands_in_one_that_contains_it(
    stage: Stage, unit: UUID, as_of: date, left: set[UUID]
) -> None:
    cursor = stage.show(merged_twice().add(ledger_of(unit), handed_in(unit, as_of)))
    assert set(counted(cursor, THIRD)) == left
    assert UNIT in counted(cursor, UNIT), "its own page shows it all the same"
