# SPDX-License-Identifier: Apache-2.0
"""The gap list of a unit, put together for whoever asks: rows of one moment, judged by today's policy.

Read models know no policy. So the rule is applied here, when somebody looks: a decision of the authority shows at once
and needs no rebuild.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, get_args

from api.citing import cited
from domain.kernel.errors import DomainError
from domain.kernel.money import yuan
from domain.kernel.time import local_date
from domain.resources.ledger.gaps import Entry, Kind, Yardstick, compare
from domain.resources.ledger.line import AssetLine
from domain.resources.ledger.pairing import paired
from infrastructure.policy.in_force import decided_in
from infrastructure.readable import readable
from projections import asset_ledger
from projections import ledger_of_unit as of_unit
from projections.paging import position_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.citation import Citation
    from domain.policy import Edition
    from domain.resources.ledger.gaps import Compared, Gap
    from domain.resources.ledger.pairing import Place
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.readable import Terms
    from projections.paging import Cursor
    from projections.readmodel import Row

KINDS: tuple[str, ...] = get_args(Kind)
OUT_OF_FORCE = frozenset({"policy.not_in_force", "policy.expired"})
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "asset_number", "name", "model", "value_yuan", "kind", "what", "doubts", "ledger", "registry", "due_on",
    "article", "resource",
)  # fmt: skip


@dataclass(frozen=True)
class GapList:
    """All assets with gaps, the dearest first, beside what the unit has in all.

    `outside` counts assets of the ledger that no duty concerns. `position` is that of the log; `as_of` is the ledger's
    own day, None where none was imported: then nobody knows what is missing.
    """

    unit: UUID
    as_of: date | None
    now: datetime
    position: int
    imports: list[Row]
    in_ledger: int
    registered: int
    outside: int
    items: list[Compared]

    @property
    def kinds(self) -> dict[str, int]:
        """How many gaps there are of each kind."""
        return dict(sorted(Counter(gap.kind for item in self.items for gap in item.gaps).items()))

    def summary(self) -> dict[str, Any]:
        """Everything but the assets themselves."""
        counts = {"in_ledger": self.in_ledger, "registered": self.registered, "outside": self.outside}
        stated = {"unit": self.unit, "as_of": self.as_of, "seen_at": self.now, "position": self.position}
        return {**stated, **counts, "with_gaps": len(self.items), "kinds": self.kinds, "imports": self.imports}


def gap_list(cursor: Cursor, home: Jurisdiction, unit: UUID, now: datetime, *, kinds: tuple[str, ...] = ()) -> GapList:
    """Ledger minus registry, and the other way round (ruling 8.24); only gaps of `kinds` where some are named.

    A unit answers for the units that have ended in it too: for their registry, and for their ledgers until it has
    handed in one of its own that contains them.
    """
    imports = of_unit.imports(cursor, unit)
    as_of = of_unit.ledger_day(imports)
    own, heirs = of_unit.members(cursor, unit), of_unit.members(cursor, of_unit.heir(cursor, unit))
    standing = [row for row in of_unit.lines(cursor, of_unit.counted(cursor, unit)) if row["gone_as_of"] is None]
    lines = {_place(row): AssetLine.model_validate(row["line"]) for row in standing}
    entries = {_place(row): _entry(row) for row in of_unit.registered(cursor, heirs)}
    by = Yardstick(_editions(cursor, home), as_of or local_date(now), now, of_unit.reviewed(cursor, heirs))
    pairs = paired(lines, entries, own) if as_of else ()
    compared = [compare(pair.key, pair.line, pair.entry, by) for pair in pairs]
    wanted = frozenset(kinds or KINDS)
    return GapList(
        unit=unit,
        as_of=as_of,
        now=now,
        position=position_of(cursor, asset_ledger.MODEL.name),
        imports=imports,
        in_ledger=len(lines),
        registered=sum(entry.state != "withdrawn" for (holder, _), entry in entries.items() if holder in own),
        outside=sum(item.duty is not None and item.duty.standing == "outside" for item in compared),
        items=sorted(
            (item for item in compared if any(gap.kind in wanted for gap in item.gaps)),
            key=lambda item: (-item.stated.value_fen, item.key),
        ),
    )


def shown(item: Compared) -> dict[str, Any]:
    """One asset as JSON shows it."""
    return {
        "key": item.key,
        "asset_number": item.stated.asset_number,
        "name": item.stated.name,
        "value_fen": item.stated.value_fen,
        "ledger": item.line,
        "resource": item.entry.resource if item.entry else None,
        "state": item.entry.state if item.entry else None,
        "standing": item.duty.standing if item.duty else None,
        "doubts": item.duty.doubts if item.duty else (),
        "gaps": [{**asdict(gap), "citation": cited(gap.citation)} for gap in item.gaps],
    }


def as_read(side: str | int | None) -> str | None:
    """What the ledger or the registry states, for people: the numbers among it are amounts in fen."""
    return yuan(side) if isinstance(side, int) else side


def as_csv(found: GapList, terms: Terms, language: str) -> bytes:
    """A line for each gap, with the mark by which Excel knows UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for item in found.items:
        for gap in item.gaps:
            what, doubts = in_words(gap, terms, language)
            article = _place_of(gap.citation)
            asset = item.stated
            head = [asset.asset_number, asset.name, asset.model, yuan(asset.value_fen), gap.kind, what, doubts]
            tail = [
                as_read(gap.ledger),
                as_read(gap.registry),
                gap.due_on,
                article,
                item.entry.resource if item.entry else "",
            ]
            writer.writerow([_harmless(cell) for cell in (*head, *tail)])
    return file.getvalue().encode("utf-8-sig")


def _place_of(citation: Citation | None) -> str:
    """The article a gap follows from; a choice of this system names no document."""
    if citation is None:
        return ""
    return f"选择 {citation.choice}" if citation.choice else f"{citation.document} {citation.article}"


def in_words(gap: Gap, terms: Terms, language: str) -> tuple[str, str]:
    """What is missing or differs, and why nobody can tell for certain."""
    doubts = readable("doubt", gap.doubts, language, terms) if gap.doubts else ""
    return readable("gap", gap.kind, language, terms), doubts


def _place(row: Row) -> Place:
    return row["unit"], row["asset_key"]


def _entry(row: Row) -> Entry:
    named = (
        "asset_number",
        "name",
        "model",
        "value_fen",
        "accepted_on",
        "state",
        "reported_at",
        "opened_at",
        "excused",
    )
    return Entry(resource=row["id"], **{name: row[name] for name in named})


def _editions(cursor: Cursor, home: Jurisdiction) -> Callable[[date], Edition | None]:
    """Editions by business date, with what has been decided as the reader's cursor sees the log."""
    decided, _ = decided_in(cursor, home.log.mapper)
    known: dict[date, Edition | None] = {}

    def edition_on(day: date) -> Edition | None:
        """The edition of a business date; None before the regime and after its end: it judges nothing of then."""
        if day not in known:
            try:
                known[day] = decided.completing(home.regime.on(day), day)
            except DomainError as refused:
                if not OUT_OF_FORCE.issuperset(refused.codes):
                    raise
                known[day] = None
        return known[day]

    return edition_on


def _harmless(value: object) -> str:
    """What a unit wrote must not become a formula in a spreadsheet."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
