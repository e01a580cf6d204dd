# SPDX-License-Identifier: Apache-2.0
"""Fee standards in every version, the comparison of two, and what a use would cost, step by step (JS 21, CQ 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.http.explaining.fee_words import said
from api.http.reading.asking import asker
from api.http.reading.instruments import visible
from api.http.reading.line import OUT_OF_ORDER, Answer, ById, Read, several, wrong
from api.http.reading.moments import Moment
from domain.kernel.errors import refusal
from domain.kernel.time import local_date
from domain.parties.events import UserKind
from domain.resources.explained import Use
from domain.resources.tariff import explain_quote
from projections import instruments as catalogue
from projections.instrument_fees import tariff_of
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

LONGEST_MINUTES = 92 * 24 * 60
MOST_ITEMS, MOST_OF_ONE = 50, 10_000
ITEMS = "items with their numbers, such as grid:2,tip:1"
LINE = ("user_kind", "kind", "unit", "model", "tag", "band", "item")
"""What makes two lines of two versions the same line."""
DEFINITION = {
    "zh": "报价逐步列出：单价×数量、开机费、时段、标签折扣、时长档折扣、最低收费；各步之和等于报价，逐行四舍五入到分。"
    "结算取报价版本与使用当日版本中较低者，均按实际使用计算。",
    "en": "A quote lists each step: price by quantity, start-up fee, band, tag discount, tier discount, minimum; the"
    " steps add up to it, rounded half-up to the fen line by line. The charge is the lower of the quoted version and"
    " that of the day of use, both for what was really used.",
}


def _items(text: str | None) -> str | None:
    for part in several(text) or ():
        name, _, count = part.rpartition(":")
        if not (name.strip() and count.isdecimal() and 0 < int(count) <= MOST_OF_ONE):
            raise PydanticCustomError("value_error", ITEMS)
    return text


class WantedQuote(ById):
    """What would be used, and by whom; a signed-in user is asked about no more than that."""

    start: Moment = Field(alias="from")
    end: Moment = Field(alias="to")
    samples: int = Field(default=0, ge=0, le=100_000)
    items: Annotated[str | None, AfterValidator(_items)] = Field(default=None, max_length=2000, description=ITEMS)
    user_kind: UserKind | None = Field(default=None, description="Needed without a token; with one, yours")

    def use(self) -> Use:
        """The time and the quantities asked for. Raises pydantic's ValidationError."""
        if self.end <= self.start:
            raise wrong("to", PydanticCustomError("value_error", OUT_OF_ORDER))
        minutes = int((self.end - self.start).total_seconds()) // 60
        if minutes > LONGEST_MINUTES:
            raise wrong("to", "less_than_equal", le=LONGEST_MINUTES)
        return Use(minutes=minutes, samples=self.samples, start=self.start)

    def counts(self) -> dict[str, int]:
        """How many of each item."""
        pairs = [part.rpartition(":") for part in several(self.items) or ()]
        return {name.strip(): int(count) for name, _, count in pairs}


class TwoVersions(ById):
    """Two versions of the fee standard."""

    first: int = Field(alias="from", ge=1)
    second: int = Field(alias="to", ge=1)


def quoted(visit: Visit, query: WantedQuote) -> Answer:
    """What a use would cost by the fee standard in force on its day, with every step that leads there.

    With a token the price is the reader's own, with their tags and the hours they have used this year.
    """
    row, use = visible(visit, query.id), query.use()
    version = catalogue.in_force(row["tariffs"], local_date(query.start))
    if version is None:
        raise refusal("reservations.no_fee_standard_published", field="from")
    kind, facts = asker(visit, row, query.user_kind, query.counts(), use_on=local_date(query.start))
    use = Use(minutes=use.minutes, samples=use.samples, start=use.start, facts=facts)
    explained = explain_quote(tariff_of(version), kind, use)
    document = {
        "instrument": query.id,
        "tariff_version": version["tariff_version"],
        "effective_from": version["effective_from"],
        "user_kind": kind,
        "facts": facts,
        "from": query.start,
        "to": query.end,
        "minutes": use.minutes,
        "samples": use.samples,
        "total_fen": explained.quote.total_fen,
        "lines": explained.quote.lines,
        "steps": [said(step, visit.language, visit.platform.words.terms["kind"]) for step in explained.steps],
        "definition": DEFINITION,
        "position": position_of(visit.cursor, catalogue.MODEL.name),
    }
    return Answer(document)


def standards(visit: Visit, query: ById) -> Answer:
    """Every version of the fee standard, the latest first, also one that is not in force yet."""
    row = visible(visit, query.id)
    now = catalogue.in_force(row["tariffs"], visit.today)
    document = {
        "items": row["tariffs"][::-1],
        "in_force": now["tariff_version"] if now else None,
        "position": position_of(visit.cursor, catalogue.MODEL.name),
    }
    return Answer(document, row["version"])


def compared(visit: Visit, query: TwoVersions) -> Answer:
    """What one version of the fee standard says that another does not: lines and all that is said about them."""
    row = visible(visit, query.id)
    before, after = _version(row, query.first, "from"), _version(row, query.second, "to")
    old, new = _lines(before), _lines(after)
    parts = (before.get("standard") or {}, after.get("standard") or {})
    document = {
        "from": query.first,
        "to": query.second,
        "added": [line for name, line in new.items() if name not in old],
        "removed": [line for name, line in old.items() if name not in new],
        "changed": [
            {**line, "price_fen": None, "from_fen": old[name]["price_fen"], "to_fen": line["price_fen"]}
            for name, line in new.items()
            if name in old and old[name]["price_fen"] != line["price_fen"]
        ],
        "terms": {
            name: {"from": parts[0].get(name), "to": parts[1].get(name)}
            for name in sorted(parts[0].keys() | parts[1].keys())
            if parts[0].get(name) != parts[1].get(name)
        },
        "position": position_of(visit.cursor, catalogue.MODEL.name),
    }
    return Answer(document, row["version"])


def _version(row: Row, number: int, field: str) -> dict[str, Any]:
    found = next((each for each in row["tariffs"] if each["tariff_version"] == number), None)
    if found is None:
        raise wrong(field, "less_than_equal", le=len(row["tariffs"]))
    return dict(found)


def _lines(version: dict[str, Any]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(line.get(name) for name in LINE): line for line in version["lines"]}


READS = (
    Read("/instruments/{id}/quote", "quotes", WantedQuote, quoted, "What a use would cost, step by step"),
    Read("/instruments/{id}/fee-standards", "fee_standards", ById, standards, "Every version of the fee standard"),
    Read("/instruments/{id}/fee-standards/diff", "fee_standards", TwoVersions, compared, "Two versions compared"),
)
