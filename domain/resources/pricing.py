# SPDX-License-Identifier: Apache-2.0
"""The fee standard and the costs behind it: cost recovery without profit, openly calculated (JS 21, CQ 16)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules
from domain.resources.events import CostSheetRecorded, TariffPublished
from domain.resources.state import SHAREABLE, require_state
from domain.resources.tariff import USER_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.fee_standard import FeePrice
    from domain.resources.state import CostSheet, Resource
    from domain.resources.values import CostElement, FeeLine

Provider = Literal["managing_unit", "professional_institution", "service_centre", "offline_carrier"]
NAMES_OF_PROVIDERS: dict[Provider, frozenset[str]] = {
    "managing_unit": frozenset({"managing_unit", "resource_unit"}),
    "professional_institution": frozenset({"professional_institution", "service_institution"}),
    "service_centre": frozenset({"service_centre", "service_institution"}),
    "offline_carrier": frozenset({"offline_carrier", "service_institution"}),
}
"""What the two regulations call them: CQ 16 makes centre, carriers and institutions one (glossary 11, 12, 25, 26)."""
PRINCIPLES = frozenset({"cost_recovery", "non_profit"})
"""Costs may be recovered, so that a price answers to its cost; and nothing may be made on top of it."""
Basket = tuple[str | None, str]
"""What is compared with its cost: a line kind in a unit of measure; in a regime with free kinds, all kinds of it."""


def record_cost_sheet(
    state: Resource, *, elements: tuple[CostElement, ...], accounting_period: str, edition: Edition
) -> list[Event]:
    """Record what one unit of measure costs, by element (JS 21.e, CQ 16.a).

    Raises `resources.wrong_state`, `resources.cost_sheet_empty`, `resources.cost_element_repeated`,
    `resources.unknown_line_kind`.
    """
    require_state(state, "record_cost_sheet", *SHAREABLE)
    rules = Rules()
    rules.require(bool(elements), "resources.cost_sheet_empty", field="elements")
    names = [(element.kind, element.unit) for element in elements]
    rules.require(len(names) == len(set(names)), "resources.cost_element_repeated", field="elements")
    require_known_kinds(rules, elements, edition, "elements")
    rules.enforce()
    return [
        CostSheetRecorded(
            sheet_version=len(state.cost_sheets) + 1,
            elements=elements,
            accounting_period=accounting_period,
            basis=edition.basis("fee.principle", "fee.line_kinds"),
        )
    ]


def publish_tariff(
    state: Resource,
    *,
    lines: tuple[FeeLine, ...],
    effective_from: date,
    provider: Provider,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Publish the next version of the fee standard; each price at most its cost where the provider is bound to it.

    Zero is allowed. JS-21.1, CQ-16.1, A37, A81. Raises `resources.wrong_state`, `resources.tariff_empty`,
    `resources.tariff_line_repeated`, `resources.unknown_user_kind`, `resources.unknown_line_kind`,
    `resources.above_cost`, `resources.tariff_backdated`, `resources.tariff_goes_backwards`,
    `resources.fee_rule_unknown`, `resources.margin_undecided`.
    """
    require_state(state, "publish_tariff", *SHAREABLE)
    rules = Rules()
    require_understood(rules, edition)
    _require_sound_lines(rules, lines, edition)
    sheet = state.cost_sheets[-1] if state.cost_sheets else None
    if is_bound(provider, edition):
        _require_at_most_cost(rules, lines, sheet, edition)
    require_in_order(rules, state, effective_from, today)
    rules.enforce()
    return [
        TariffPublished(
            tariff_version=len(state.tariffs) + 1,
            effective_from=effective_from,
            lines=lines,
            cost_sheet_version=sheet.version if sheet else None,
            basis=edition.basis("fee.principle", "fee.bound_providers", "fee.line_kinds", "fee.max_margin"),
        )
    ]


def is_bound(provider: Provider, edition: Edition) -> bool:
    """Whether a provider may charge no more than its costs (A81)."""
    return not NAMES_OF_PROVIDERS[provider].isdisjoint(edition.value("fee.bound_providers"))


def require_understood(rules: Rules, edition: Edition) -> None:
    """Note what a regime says of fees and this system does not know: it fails closed rather than overlook a rule.

    That nothing may be added to costs rests on the principle of no profit; without it a margin has to be stated.
    """
    principles = frozenset(edition.value("fee.principle"))
    providers = frozenset(edition.value("fee.bound_providers"))
    unknown = [("fee.principle", name) for name in sorted(principles - PRINCIPLES)]
    unknown += [("fee.bound_providers", name) for name in sorted(providers.difference(*NAMES_OF_PROVIDERS.values()))]
    for parameter, name in unknown:
        citation = edition.citation(parameter)
        rules.require(False, "resources.fee_rule_unknown", citation=citation, parameter=parameter, name=name)  # noqa: FBT003
    stated = "non_profit" in principles or edition.parameter("fee.max_margin").value is not None
    rules.require(stated, "resources.margin_undecided", citation=edition.citation("fee.principle"))


def require_in_order(rules: Rules, state: Resource, effective_from: date, today: date) -> None:
    """Note a version that would change the past or take effect before the last one."""
    rules.require(effective_from >= today, "resources.tariff_backdated", field="effective_from")
    last = state.tariffs[-1].effective_from if state.tariffs else effective_from
    rules.require(
        effective_from >= last, "resources.tariff_goes_backwards", field="effective_from", last=last.isoformat()
    )


def require_user_kinds(rules: Rules, user_kinds: set[str], field: str) -> None:
    """Note each kind of user that nobody is."""
    for kind in sorted(user_kinds - set(USER_KINDS)):
        rules.require(
            False,  # noqa: FBT003 - each unknown kind breaks the rule
            "resources.unknown_user_kind",
            field=field,
            user_kind=kind,
            known=", ".join(USER_KINDS),
        )


def _require_sound_lines(rules: Rules, lines: tuple[FeeLine, ...], edition: Edition) -> None:
    rules.require(bool(lines), "resources.tariff_empty", citation=edition.citation("fee.principle"), field="lines")
    names = [(line.user_kind, line.kind, line.unit) for line in lines]
    rules.require(len(names) == len(set(names)), "resources.tariff_line_repeated", field="lines")
    require_user_kinds(rules, {line.user_kind for line in lines}, "lines")
    require_known_kinds(rules, lines, edition, "lines")


def require_known_kinds(
    rules: Rules, priced: Iterable[FeeLine | CostElement | FeePrice], edition: Edition, field: str
) -> None:
    """Note each kind of line that the regime's closed list does not have (CQ 16); JS has none."""
    known = edition.optional("fee.line_kinds")
    if known is None:
        return
    for kind in sorted({item.kind for item in priced}):
        rules.require(
            kind in known,
            "resources.unknown_line_kind",
            citation=edition.citation("fee.line_kinds"),
            field=field,
            kind=kind,
            known=", ".join(known),
        )


def _require_at_most_cost(rules: Rules, lines: Iterable[FeeLine], sheet: CostSheet | None, edition: Edition) -> None:
    closed, ceilings = has_closed_kinds(edition), ceilings_of(sheet, edition)
    prices: dict[tuple[str, Basket], int] = defaultdict(int)
    for line in lines:
        prices[line.user_kind, basket(line, closed=closed)] += line.price_fen
    for (user_kind, (kind, unit)), price_fen in prices.items():
        ceiling_fen = ceilings.get((kind, unit), 0)
        rules.require(
            price_fen <= ceiling_fen,
            "resources.above_cost",
            citation=edition.citation("fee.principle"),
            field="lines",
            user_kind=user_kind,
            kind=kind or "*",
            unit=unit,
            price_fen=price_fen,
            ceiling_fen=ceiling_fen,
        )


def has_closed_kinds(edition: Edition) -> bool:
    """Whether the regime lists the kinds of fee lines (CQ 16)."""
    return edition.optional("fee.line_kinds") is not None


def ceilings_of(sheet: CostSheet | None, edition: Edition) -> dict[Basket, int]:
    """The most that may be charged for each basket: its cost and the margin, rounded down to the fen (A37).

    Where costs may not be recovered, nothing may be charged.
    """
    if "cost_recovery" not in edition.value("fee.principle"):
        return {}
    closed, margin = has_closed_kinds(edition), 1 + Decimal(edition.optional("fee.max_margin") or 0)
    costs: dict[Basket, int] = defaultdict(int)
    for element in sheet.elements if sheet else ():
        costs[basket(element, closed=closed)] += element.cost_fen
    return {each: int((cost_fen * margin).to_integral_value(ROUND_FLOOR)) for each, cost_fen in costs.items()}


def basket(item: FeeLine | CostElement | FeePrice, *, closed: bool) -> Basket:
    """Where kinds are free nothing says which cost a line stands for: the sum of prices answers to the sum of costs."""
    return (item.kind if closed else None, item.unit)
