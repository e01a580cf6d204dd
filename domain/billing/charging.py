# SPDX-License-Identifier: Apache-2.0
"""What a service is charged: never above the quote, never above the tariff of the day of use (8.2, JS-21.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.billing.events import BillLine
from domain.kernel.errors import Rules
from domain.kernel.money import allocate
from domain.kernel.quote import Quote, QuoteLine
from domain.policy import Edition

MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Charge:
    """Lines of a charge and the version of the fee standard they come from."""

    tariff_version: int
    lines: tuple[BillLine, ...]

    @property
    def amount_fen(self) -> int:
        """Sum of the lines."""
        return sum(line.amount_fen for line in self.lines)


def charge(quoted: Quote, on_day: Quote | None) -> Charge:
    """The cheaper of the two fee standards, both priced for the quantity really used.

    Where the quoted total is lower but one of its lines is above the tariff of the day, the lines of the day are
    reduced to the quoted total by largest remainder: no line may exceed the tariff of the day (JS-21.1).
    Without a tariff for this kind of user on the day, the quote stands.
    """
    if on_day is None or (quoted.total_fen < on_day.total_fen and not exceeding(_bill(quoted.lines), on_day)):
        return Charge(quoted.tariff_version, _bill(quoted.lines))
    if on_day.total_fen <= quoted.total_fen:
        return Charge(on_day.tariff_version, _bill(on_day.lines))
    amounts = allocate(quoted.total_fen, [Decimal(line.amount_fen) for line in on_day.lines])
    reduced = zip(_bill(on_day.lines), amounts, strict=True)
    return Charge(on_day.tariff_version, tuple(line.model_copy(update={"amount_fen": fen}) for line, fen in reduced))


def by_month(lines: Iterable[BillLine], months: Iterable[Mapping[str, int]]) -> tuple[BillLine, ...]:
    """Lines of time that lie in several months become one line a month, of the same sum (largest remainder).

    `months` are the minutes of each line by month, `YYYY-MM`, in the order of the lines.
    """
    parted: list[BillLine] = []
    for line, minutes in zip(lines, months, strict=True):
        if len(minutes) < 2:  # noqa: PLR2004 - one month needs no parting
            parted.append(line)
            continue
        amounts = allocate(line.amount_fen, [Decimal(part) for part in minutes.values()])
        for (month, part), amount in zip(minutes.items(), amounts, strict=True):
            hours = round(Decimal(part) / MINUTES_OF_AN_HOUR, 4)
            parted.append(line.model_copy(update={"description": month, "quantity": hours, "amount_fen": amount}))
    return tuple(parted)


def require_allowed(rules: Rules, lines: Iterable[BillLine], tariff: Quote | None, edition: Edition) -> None:
    """Note lines of a kind that the regime does not know, and those above the fee standard of the day (JS-21.1)."""
    kinds, cited = edition.optional("fee.line_kinds"), edition.citation("fee.line_kinds")
    lines = tuple(lines)
    for line in lines:
        allowed = kinds is None or line.kind in kinds
        rules.require(allowed, "billing.line_kind_not_allowed", citation=cited, field="lines", kind=line.kind)
    for kind, asked, most in exceeding(lines, tariff) if tariff else ():
        rules.require(
            asked <= most,
            "billing.line_exceeds_tariff",
            citation=edition.citation("fee.principle"),
            field="lines",
            kind=kind,
            amount_fen=asked,
            most_fen=most,
        )


def exceeding(lines: Iterable[BillLine], ceiling: Quote) -> list[tuple[str, int, int]]:
    """Kinds of lines above the ceiling, with what is charged and what may be; a kind it does not have may cost 0."""
    asked, allowed = _by_kind(lines), _by_kind(ceiling.lines)
    return [
        (kind, amount, allowed.get((kind, unit), 0))
        for (kind, unit), amount in asked.items()
        if amount > allowed.get((kind, unit), 0)
    ]


def _by_kind(lines: Iterable[BillLine | QuoteLine]) -> dict[tuple[str, str], int]:
    totals: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.kind, line.unit)
        totals[key] = totals.get(key, 0) + line.amount_fen
    return totals


def _bill(lines: Iterable[QuoteLine]) -> tuple[BillLine, ...]:
    return tuple(
        BillLine(
            kind=line.kind,
            quantity=line.quantity,
            unit=line.unit,
            unit_price_fen=line.unit_price_fen,
            amount_fen=line.amount_fen,
        )
        for line in lines
    )
