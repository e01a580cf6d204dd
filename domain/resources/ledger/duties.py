# SPDX-License-Identifier: Apache-2.0
"""What a regime asks of an asset, as far as a ledger tells: registry, listing in time, review before the purchase.

A ledger often leaves open whose money an asset was bought with or what kind of thing it is. Then the answer is
`unclear` with its reasons, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from domain.resources.assessment import DAYS, FACILITY, counts, last_day
from domain.resources.funding import SOURCES, is_public
from domain.resources.review import PRICE, REVIEWED_MONEY, least_fen, money_in_scope
from domain.resources.values import FundingShare, FundingSource

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from domain.kernel.citation import Citation
    from domain.policy import Edition
    from domain.resources.ledger.line import AssetLine

Standing = Literal["counted", "outside", "unclear"]
Doubt = Literal[
    "other_kind", "below_minimum", "no_public_money", "kind_unknown", "funding_unknown", "acquisition_date_unknown"
]
MIN_VALUE, MONEY = "resource.facility_min_value", "scope.mandatory_funding"


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a duty concerns an asset, why not or why nobody can tell, and the article it rests on."""

    standing: Standing
    doubts: tuple[Doubt, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Until when a new asset is to be reported and opened; one that does not bind is only a warning (A14, A79)."""

    due_on: date
    binding: bool
    citation: Citation | None


def registry_duty(line: AssetLine, edition: Edition) -> Duty:
    """Whether the asset belongs in the registry: equipment, worth enough, from public money (JS 2, 9; CQ 3, 5).

    Each piece of a line is measured by itself: ten computers are no facility (CQ-3.1, A07).
    """
    if line.equipment is False:
        return Duty("outside", ("other_kind",), edition.citation("resource.types"))
    piece_fen = line.unit_price_fen if line.unit_price_fen is not None else line.value_fen // line.quantity
    if not counts(FACILITY, piece_fen, edition):
        return Duty("outside", ("below_minimum",), edition.citation(MIN_VALUE))
    sources = _sources(line)
    public = {source for source in sources if is_public([FundingShare(source=source, amount_fen=1)], edition)}
    if sources and not public:
        return Duty("outside", ("no_public_money",), edition.citation(MONEY))
    return _known_or_unclear(line, public, edition.citation(MONEY))


def listing_period(accepted_on: date, edition: Edition) -> Period | None:
    """The period of a new asset, from its acceptance (CQ 12, A13; CQ-12.1); None for one from before the regime."""
    if accepted_on < edition.value("policy.effective_from"):
        return None
    due_on = last_day(accepted_on, edition)
    binding = not edition.parameter(DAYS).silent
    return Period(due_on, binding, edition.citation(DAYS)) if due_on else None


def review_duty(line: AssetLine, edition: Edition) -> Duty:
    """Whether the purchase needed a joint review, by the price of one piece and the money (JS 12, CQ 22).

    Sets (CQ 22) are not seen: a ledger does not tell which lines work as one.
    """
    citation = edition.citation(PRICE)
    if line.equipment is False:
        return Duty("outside", ("other_kind",), citation)
    if not line.costs_at_least(least_fen(edition)):
        return Duty("outside", ("below_minimum",), citation)
    sources = _sources(line)
    reviewed = sources & money_in_scope(edition)
    if sources and not reviewed:
        return Duty("outside", ("no_public_money",), edition.citation(REVIEWED_MONEY))
    return _known_or_unclear(line, reviewed, citation)


def _sources(line: AssetLine) -> frozenset[FundingSource]:
    """Every source that the line's money may have come from: none where nobody can tell, several for 财政资金."""
    found = SOURCES.get(line.funding, frozenset({line.funding})) if line.funding else frozenset[str]()
    return cast("frozenset[FundingSource]", found)


def _known_or_unclear(line: AssetLine, concerned: AbstractSet[str], citation: Citation | None) -> Duty:
    """`concerned` are those of the line's possible sources that bring the duty with them."""
    doubts: list[Doubt] = []
    if line.equipment is None:
        doubts.append("kind_unknown")
    if not concerned or concerned != _sources(line):
        doubts.append("funding_unknown")
    return Duty("unclear" if doubts else "counted", tuple(doubts), citation)
