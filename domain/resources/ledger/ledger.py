# SPDX-License-Identifier: Apache-2.0
"""A unit's fixed-asset ledger folded from its events, and the decision that takes a newer one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.resources.ledger.events import (
    BATCH,
    AssetLedgerImported,
    AssetLinesAdded,
    AssetLinesChanged,
    AssetLinesRemoved,
)
from domain.resources.ledger.line import asset_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from domain.kernel.event import Event
    from domain.resources.ledger.line import AssetLine

LEDGERS = UUID("3a0b6a36-3b0f-5f0e-8a35-5b7c7f6f2f6d")


def ledger_of(unit: UUID) -> UUID:
    """The stream of a unit's ledger: there is one, and whoever knows the unit knows it."""
    return uuid5(LEDGERS, str(unit))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger in force: the last one imported, with its lines by asset key."""

    unit: UUID
    as_of: date
    source_digest: str
    lines: Mapping[str, AssetLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A ledger handed in. `unread` are asset numbers legible on lines that are not; `illegible` counts the others."""

    unit: UUID
    legal_person: UUID
    as_of: date
    source_name: str
    source_digest: str
    lines: tuple[AssetLine, ...]
    unread: tuple[str, ...] = ()
    illegible: int = 0


def evolve(state: Ledger | None, event: Event) -> Ledger:
    """The ledger after an event."""
    if isinstance(event, AssetLedgerImported):
        lines = state.lines if state else {}
        return Ledger(event.unit, event.as_of, event.source_digest, lines)
    assert state is not None
    if isinstance(event, AssetLinesRemoved):
        gone = {asset_key(number) for number in event.asset_numbers}
        return replace(state, lines={key: line for key, line in state.lines.items() if key not in gone})
    assert isinstance(event, AssetLinesAdded | AssetLinesChanged)
    return replace(state, lines={**state.lines, **{line.key: line for line in event.lines}})


ASSET_LEDGER = Aggregate(
    "resources.AssetLedger", evolve, (AssetLedgerImported, AssetLinesAdded, AssetLinesChanged, AssetLinesRemoved)
)


def take(state: Ledger | None, listing: Listing, *, today: date) -> list[Event]:
    """A ledger supersedes one of an earlier day, or corrects one of the same; the former stays in the log (8.24).

    What stands on an unread line stays as it was, and nothing is counted as gone while a number is illegible: a
    broken line must not look like a scrapped instrument. Raises `resources.ledger_empty`,
    `resources.ledger_in_future`, `resources.ledger_older`, `resources.ledger_repeats_number` for each number that
    repeats, `resources.ledger_unchanged`.
    """
    _require_acceptable(state, listing, today)
    change = _compared(state.lines if state else {}, listing)
    if state is not None and state.as_of == listing.as_of and not change:
        raise refusal("resources.ledger_unchanged", field="as_of", as_of=listing.as_of.isoformat())
    imported = AssetLedgerImported(
        unit=listing.unit,
        legal_person=listing.legal_person,
        as_of=listing.as_of,
        source_name=listing.source_name,
        source_digest=listing.source_digest,
        lines=len(change.standing),
        total_value_fen=sum(line.value_fen for line in change.standing),
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
        unread=len(listing.unread) + listing.illegible,
        removals_withheld=change.withheld,
    )
    return [imported, *_in_batches(change, listing)]


def _require_acceptable(state: Ledger | None, listing: Listing, today: date) -> None:
    as_of = listing.as_of.isoformat()
    rules = Rules()
    rules.require(bool(listing.lines), "resources.ledger_empty", field="lines")
    rules.require(listing.as_of <= today, "resources.ledger_in_future", field="as_of", as_of=as_of)
    if state is not None:
        current = state.as_of.isoformat()
        in_order = listing.as_of >= state.as_of
        rules.require(in_order, "resources.ledger_older", field="as_of", as_of=as_of, current=current)
    for key, times in Counter(line.key for line in listing.lines).items():
        rules.require(times == 1, "resources.ledger_repeats_number", field="lines", asset_number=key, times=times)
    rules.enforce()


@dataclass(frozen=True, slots=True)
class _Change:
    """What a ledger changes beside the former one; it is false where that is nothing."""

    added: list[AssetLine]
    changed: list[AssetLine]
    removed: list[AssetLine]
    standing: list[AssetLine]
    withheld: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def _compared(former: Mapping[str, AssetLine], listing: Listing) -> _Change:
    given = {line.key: line for line in listing.lines}
    unread = {asset_key(number) for number in listing.unread}
    missing = [line for key, line in former.items() if key not in given and key not in unread]
    removed = [] if listing.illegible else missing
    gone = {line.key for line in removed}
    return _Change(
        added=[line for key, line in given.items() if key not in former],
        changed=[line for key, line in given.items() if key in former and former[key] != line],
        removed=removed,
        standing=[line for key, line in {**former, **given}.items() if key not in gone],
        withheld=bool(listing.illegible and missing),
    )


def _in_batches(change: _Change, listing: Listing) -> Iterator[Event]:
    unit, as_of = listing.unit, listing.as_of
    for batch in _batches(change.added):
        yield AssetLinesAdded(unit=unit, as_of=as_of, lines=batch)
    for batch in _batches(change.changed):
        yield AssetLinesChanged(unit=unit, as_of=as_of, lines=batch)
    for batch in _batches(change.removed):
        yield AssetLinesRemoved(unit=unit, as_of=as_of, asset_numbers=tuple(line.asset_number for line in batch))


def _batches(lines: Sequence[AssetLine]) -> Iterator[tuple[AssetLine, ...]]:
    for start in range(0, len(lines), BATCH):
        yield tuple(lines[start : start + BATCH])
