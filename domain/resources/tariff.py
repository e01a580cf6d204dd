# SPDX-License-Identifier: Apache-2.0
"""A version of the fee standard, and what a service costs under it (JS 21, CQ 16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.quote import Quote, QuoteLine
from domain.resources.bands import by_month
from domain.resources.computing import priced_lines
from domain.resources.explained import NO_FACTS, Explained, PricedLine, QuoteStep, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from domain.kernel.price_facts import PriceFacts
    from domain.kernel.time import Span
    from domain.resources.fee_standard import FeePrice, FeeStandard
    from domain.resources.values import FeeLine

USER_KINDS = ("internal", "university", "research_institute", "enterprise", "social_rd_organisation", "individual")
"""For whom a price may be set: the provider's own legal person, and the five kinds of outside users (JS 14, CQ 4)."""
MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices in force from a day on, until a later version; `full` where more than plain prices was published."""

    version: int
    effective_from: date
    lines: tuple[FeeLine, ...] | tuple[FeePrice, ...]
    full: FeeStandard | None = None

    @property
    def asks_who(self) -> bool:
        """Whether a price depends on the user's tags or the hours they have used this year."""
        return self.full is not None and self.full.asks_who

    def serves(self, user_kind: str) -> bool:
        """Whether there is a price for a kind of user."""
        return any(line.user_kind == user_kind for line in self.lines)


def quote(
    tariff: Tariff,
    user_kind: str,
    *,
    minutes: int,
    samples: int = 0,
    start: datetime | None = None,
    booked: Span | None = None,
    facts: PriceFacts = NO_FACTS,
) -> Quote:
    """The price of `minutes` of use from `start` on with `samples` samples, half-up to the fen line by line (8.1).

    A line per `use` is charged once: a start-up fee is added, not a floor. Lines of nothing are left out. `booked` is
    the time held, where it differs from the use; set-up and clean-down stand in neither. Plain prices take the short
    path. Raises `DomainError` `resources.no_price_for_user_kind`, `resources.no_price_for_item`.
    """
    if tariff.full is not None:
        use = Use(minutes=minutes, samples=samples, start=start, booked=booked, facts=facts)
        return explain_quote(tariff, user_kind, use).quote
    lines = [line for line in tariff.lines if line.user_kind == user_kind]
    if facts.items or not lines:
        _require_priced(tariff, user_kind, facts)
    priced = [_priced(line, minutes, samples) for line in lines]
    return _quote(tariff, user_kind, [line for line in priced if line.quantity > 0])


def explain_quote(tariff: Tariff, user_kind: str, use: Use) -> Explained:
    """The same price with the steps that led to it; their amounts add up to the quote. Raises what `quote` raises."""
    _require_priced(tariff, user_kind, use.facts)
    if tariff.full is not None:
        lines = tuple(priced_lines(tariff.full, tariff.version, user_kind, use))
    else:
        plain = quote(tariff, user_kind, minutes=use.minutes, samples=use.samples, facts=use.facts)
        lines = tuple(_plain(tariff, number, line, use) for number, line in enumerate(plain.lines, start=1))
    return Explained(_quote(tariff, user_kind, [each.line for each in lines]), lines)


def _quote(tariff: Tariff, user_kind: str, lines: Sequence[QuoteLine]) -> Quote:
    return Quote(tariff_version=tariff.version, user_kind=user_kind, lines=tuple(lines))


def _require_priced(tariff: Tariff, user_kind: str, facts: PriceFacts) -> None:
    if not tariff.serves(user_kind):
        raise refusal(
            "resources.no_price_for_user_kind", field="user_kind", user_kind=user_kind, version=tariff.version
        )
    if facts.items:
        require_items_priced(tariff, user_kind, facts.items)


def require_items_priced(tariff: Tariff, user_kind: str, items: Iterable[str]) -> None:
    """Refuse items without a price, all at once: `resources.no_price_for_item`."""
    known = items_priced(tariff, user_kind)
    rules = Rules()
    for name in sorted(set(items) - known):
        rules.require(
            False,  # noqa: FBT003 - each unknown item breaks the rule
            "resources.no_price_for_item",
            field="items",
            item=name,
            version=tariff.version,
            known=", ".join(sorted(known)),
        )
    rules.enforce()


def items_priced(tariff: Tariff, user_kind: str) -> frozenset[str]:
    """Test items and consumables that have a price for a kind of user."""
    lines = tariff.full.lines if tariff.full else ()
    return frozenset(line.item for line in lines if line.item and line.user_kind == user_kind)


def _plain(tariff: Tariff, number: int, line: QuoteLine, use: Use) -> PricedLine:
    step = QuoteStep(
        line=number,
        what="price",
        kind=line.kind,
        unit=line.unit,
        quantity=line.quantity,
        unit_price_fen=line.unit_price_fen,
        amount_fen=line.amount_fen,
        tariff_version=tariff.version,
    )
    months = by_month(use.start, use.minutes) if line.unit == "hour" and use.start else {}
    return PricedLine(line, (step,), months)


def _priced(line: FeeLine | FeePrice, minutes: int, samples: int) -> QuoteLine:
    match line.unit:
        case "hour":
            # In whole numbers, because a third of an hour has no exact decimal and half a fen must not depend on it.
            quantity = Decimal(minutes) / MINUTES_OF_AN_HOUR
            amount = (2 * line.price_fen * minutes + MINUTES_OF_AN_HOUR) // (2 * MINUTES_OF_AN_HOUR)
        case "use":
            quantity, amount = Decimal(1), line.price_fen
        case "sample" | "item":
            quantity, amount = Decimal(samples), line.price_fen * samples
    return QuoteLine(
        kind=line.kind,
        quantity=round(quantity, 4),
        unit=line.unit,
        unit_price_fen=line.price_fen,
        amount_fen=amount,
    )
