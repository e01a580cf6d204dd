# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.resources.ledger import ledger as decide
from domain.resources.ledger.events import (
    BATCH,
    AssetLedgerImported,
    AssetLinesAdded,
    AssetLinesChanged,
    AssetLinesRemoved,
)
from domain.resources.ledger.ledger import ASSET_LEDGER, Listing
from domain.resources.ledger.line import AssetLine, asset_key
from tests.domain.given import Given, Outcome, given

UNIT, OWNER = UUID(int=11), UUID(int=1)
JANUARY, FEBRUARY, TODAY = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)


def asset(number: str, **changes: Any) -> AssetLine:  # noqa: ANN401 - any field
    return AssetLine.model_validate({"asset_number": number, "name": "离心机", "value_fen": 5_000_00} | changes)


def listing(*lines: AssetLine, as_of: date = FEBRUARY, unread: tuple[str, ...] = (), illegible: int = 0) -> Listing:
    return Listing(UNIT, OWNER, as_of, "台账.csv", "a" * 64, lines, unread, illegible)


def take(history: Given, *lines: AssetLine, **facts: Any) -> Outcome:  # noqa: ANN401 - fields of a listing
    if history.past:
        return history.when(decide.take, listing(*lines, **facts), today=TODAY)
    return history.when(decide.take, None, listing(*lines, **facts), today=TODAY)


def imported(*lines: AssetLine, as_of: date = JANUARY) -> Given:
    return given(ASSET_LEDGER, *decide.take(None, listing(*lines, as_of=as_of), today=TODAY))


def test_a_first_ledger_lists_every_asset() -> None:
    outcome = take(given(ASSET_LEDGER), asset("A-1"), asset("A-2", value_fen=1))
    outcome.then(
        AssetLedgerImported(
            unit=UNIT,
            legal_person=OWNER,
            as_of=FEBRUARY,
            source_name="台账.csv",
            source_digest="a" * 64,
            lines=2,
            total_value_fen=5_000_01,
            added=2,
            changed=0,
            removed=0,
            unread=0,
            removals_withheld=False,
        ),
        AssetLinesAdded(unit=UNIT, as_of=FEBRUARY, lines=(asset("A-1"), asset("A-2", value_fen=1))),
    )
    assert set(outcome.state.lines) == {"A-1", "A-2"}


def test_a_long_ledger_is_stored_in_batches() -> None:
    outcome = take(given(ASSET_LEDGER), *(asset(f"A-{number}") for number in range(2 * BATCH + 1)))
    batches = [len(event.lines) for event in outcome.events if isinstance(event, AssetLinesAdded)]
    assert batches == [BATCH, BATCH, 1]
    assert len(outcome.state.lines) == 2 * BATCH + 1


def test_a_newer_ledger_says_only_what_changed() -> None:
    outcome = take(imported(asset("A-1"), asset("A-2"), asset("A-3")), asset("A-1"), asset("A-2", model="X"))
    head, *rest = outcome.events
    assert isinstance(head, AssetLedgerImported)
    assert (head.lines, head.added, head.changed, head.removed) == (2, 0, 1, 1)
    assert rest == [
        AssetLinesChanged(unit=UNIT, as_of=FEBRUARY, lines=(asset("A-2", model="X"),)),
        AssetLinesRemoved(unit=UNIT, as_of=FEBRUARY, asset_numbers=("A-3",)),
    ]
    assert set(outcome.state.lines) == {"A-1", "A-2"}


def test_the_same_ledger_of_a_newer_day_is_a_fact_of_its_own() -> None:
    (head,) = take(imported(asset("A-1")), asset("A-1")).events
    assert isinstance(head, AssetLedgerImported)
    assert (head.as_of, head.added, head.changed, head.removed) == (FEBRUARY, 0, 0, 0)


def test_the_same_ledger_of_the_same_day_changes_nothing_and_a_correction_does() -> None:
    history = imported(asset("A-1"), as_of=FEBRUARY)
    take(history, asset("A-1")).then_refused("resources.ledger_unchanged")
    assert len(take(history, asset("A-1", value_fen=1)).events) == 2


def test_an_unread_line_never_looks_like_a_scrapped_instrument() -> None:
    history = imported(asset("A-1"), asset("A-2"), asset("A-3"))
    named = take(history, asset("A-1"), unread=("ａ-2",))
    assert set(named.state.lines) == {"A-1", "A-2"}
    nameless = take(history, asset("A-1"), illegible=1)
    assert set(nameless.state.lines) == {"A-1", "A-2", "A-3"}
    assert nameless.events[0].removals_withheld  # type: ignore[attr-defined]


def test_everything_wrong_with_a_ledger_is_said_at_once() -> None:
    history = imported(asset("A-1"))
    take(history, as_of=date(2026, 1, 30)).then_refused("resources.ledger_empty", "resources.ledger_older")
    take(history, asset("B-1"), asset("b-1 ".strip()), as_of=date(2026, 3, 3)).then_refused(
        "resources.ledger_in_future", "resources.ledger_repeats_number"
    )
    take(history, asset("A-1"), as_of=TODAY).then(*take(history, asset("A-1"), as_of=TODAY).events)


@pytest.mark.parametrize("number", ["Ａ－００１", "a-001", "A-001"])
def test_numbers_are_compared_without_width_and_case(number: str) -> None:
    assert asset_key(number) == "A-001"


@pytest.mark.parametrize(
    ("line", "reaches"),
    [
        (asset("A", value_fen=500_000_00), True),
        (asset("A", value_fen=499_999_99), False),
        (asset("A", value_fen=999_999_99, quantity=2), False),
        (asset("A", value_fen=1_000_000_00, quantity=2), True),
        (asset("A", value_fen=600_000_00, unit_price_fen=499_999_99), False),
    ],
)
def test_the_price_of_one_piece_decides(line: AssetLine, reaches: bool) -> None:  # noqa: FBT001 - a table of cases
    assert line.costs_at_least(500_000_00) is reaches
