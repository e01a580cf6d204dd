# SPDX-License-Identifier: Apache-2.0
"""The gap: what a unit's ledger has and its registry lacks, and where the two say different things (ruling 8.24).

Pure judgements on a line and on what is registered under its number, each by the edition of its own business date: the
duty to register by the day of the ledger, the listing period by the day of acceptance, the review by that of purchase.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.resources.deadlines import listing_standing
from domain.resources.ledger.duties import listing_period, registry_duty, review_duty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.citation import Citation
    from domain.policy import Edition
    from domain.resources.ledger.duties import Doubt, Duty, Period
    from domain.resources.ledger.line import AssetLine

Kind = Literal[
    "not_registered",
    "perhaps_not_registered",
    "withdrawn_from_registry",
    "not_in_ledger",
    "value_differs",
    "name_differs",
    "model_differs",
    "accepted_on_differs",
    "acceptance_date_missing",
    "listing_overdue",
    "listing_slow",
    "review_missing",
    "review_perhaps_missing",
]
COMPARED = {
    "value_fen": "value_differs",
    "name": "name_differs",
    "model": "model_differs",
    "accepted_on": "accepted_on_differs",
}
HIDDEN, WITHDRAWN = ("exempt", "exempt_claimed"), "withdrawn"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry says of an asset. `reported_at` and `opened_at` are the first times that count (CQ-12.2)."""

    resource: UUID
    asset_number: str
    name: str
    model: str
    value_fen: int
    accepted_on: date | None
    state: str
    reported_at: datetime | None = None
    opened_at: datetime | None = None
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or differs. `ledger` and `registry` are what either says, where that is the point."""

    kind: Kind
    doubts: tuple[Doubt, ...] = ()
    ledger: str | int | None = None
    registry: str | int | None = None
    due_on: date | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """An asset of the ledger or the registry with all its gaps. `duty` is None where the ledger does not list it."""

    key: str
    line: AssetLine | None
    entry: Entry | None
    duty: Duty | None
    gaps: tuple[Gap, ...] = ()

    @property
    def stated(self) -> AssetLine | Entry:
        """What is known of the asset: by the ledger, else by the registry."""
        found = self.line or self.entry
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Yardstick:
    """By what the gaps are judged: editions by business date (None before the first), and the moment of looking.

    `reviewed` are the keys of assets bought after an approved review.
    """

    edition_on: Callable[[date], Edition | None]
    ledger_as_of: date
    now: datetime
    reviewed: frozenset[str]


def compare(key: str, line: AssetLine | None, entry: Entry | None, by: Yardstick) -> Compared:
    """Everything that is missing or differs for one asset number; what the ledger or the registry alone has, too."""
    if line is None:
        withdrawn = entry is not None and entry.state == WITHDRAWN
        return Compared(key, None, entry, None, () if withdrawn else (Gap("not_in_ledger"),))
    edition = by.edition_on(by.ledger_as_of)
    duty = registry_duty(line, edition) if edition else None
    found = [*_registration(entry, duty), *_differences(line, entry), *_review(key, line, by)]
    if duty is None or duty.standing != "outside":
        found += _listing(line, entry, duty, by)
    return Compared(key, line, entry, duty, tuple(found))


def _registration(entry: Entry | None, duty: Duty | None) -> Iterator[Gap]:
    if duty is None or duty.standing == "outside":
        return
    if entry is not None and entry.state == WITHDRAWN:
        yield Gap("withdrawn_from_registry")
    if entry is None:
        kind: Kind = "not_registered" if duty.standing == "counted" else "perhaps_not_registered"
        yield Gap(kind, doubts=duty.doubts, citation=duty.citation)


def _differences(line: AssetLine, entry: Entry | None) -> Iterator[Gap]:
    """Where both say something, and not the same; what one of them leaves out is no difference."""
    if entry is None:
        return
    for name, kind in COMPARED.items():
        ledger, registry = getattr(line, name), getattr(entry, name)
        if ledger in (None, "") or registry in (None, "") or _plain(ledger) == _plain(registry):
            continue
        yield Gap(kind, ledger=_stated(ledger), registry=_stated(registry))  # type: ignore[arg-type] # of COMPARED


def _listing(line: AssetLine, entry: Entry | None, duty: Duty | None, by: Yardstick) -> Iterator[Gap]:
    """The period from acceptance to report and opening: overdue where it binds, else a warning (CQ 12.b; A14, A79)."""
    nobody_knows = entry is None and duty is not None and duty.standing == "unclear"
    if nobody_knows or (entry is not None and entry.state in (*HIDDEN, WITHDRAWN)):
        return
    accepted = line.accepted_on or (entry.accepted_on if entry else None)
    if accepted is None:
        yield Gap("acceptance_date_missing")
        return
    edition = by.edition_on(accepted)
    period = listing_period(accepted, edition) if edition else None
    if period is not None and _missed(period, entry, by.now):
        kind: Kind = "listing_overdue" if period.binding else "listing_slow"
        yield Gap(kind, ledger=accepted.isoformat(), due_on=period.due_on, citation=period.citation)


def _missed(period: Period, entry: Entry | None, now: datetime) -> bool:
    standing = listing_standing(
        due_on=period.due_on,
        reported_at=entry.reported_at if entry else None,
        opened_at=entry.opened_at if entry else None,
        as_of=now,
        excused=entry.excused if entry else False,
    )
    return standing == "overdue"


def _review(key: str, line: AssetLine, by: Yardstick) -> Iterator[Gap]:
    """A price in a review band without a review that ended in the purchase (JS 12, CQ 22)."""
    if key in by.reviewed:
        return
    edition = by.edition_on(line.acquired_on or by.ledger_as_of)
    duty = review_duty(line, edition) if edition else None
    if duty is None or duty.standing == "outside":
        return
    doubts: tuple[Doubt, ...] = duty.doubts + (() if line.acquired_on else ("acquisition_date_unknown",))
    kind: Kind = "review_perhaps_missing" if doubts else "review_missing"
    yield Gap(kind, doubts=doubts, ledger=line.value_fen, citation=duty.citation)


def _plain(value: object) -> object:
    return "".join(value.split()).casefold() if isinstance(value, str) else value


def _stated(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)
