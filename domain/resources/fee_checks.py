# SPDX-License-Identifier: Apache-2.0
"""Whether a fee standard says one price for everything it prices: bands, tiers, discounts, each named once."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from domain.resources.bands import covering, moments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from domain.kernel.errors import Rules
    from domain.resources.fee_standard import DurationTier, FeePrice, FeeStandard


def require_sound(rules: Rules, standard: FeeStandard) -> None:
    """Note all that is wrong with a standard in itself, whatever it costs the provider."""
    _bands(rules, standard)
    _lines(rules, standard.lines)
    _minimums(rules, standard)
    _week(rules, standard)
    _tiers(rules, standard.tiers)
    tags = [(each.tag, each.rate) for each in standard.tag_discounts]
    bands = [(each.band, each.rate) for each in standard.band_discounts]
    _discounts(rules, tags, "standard.tag_discounts")
    _discounts(rules, bands, "standard.band_discounts")
    _discounts(rules, [(str(each.from_hours), each.rate) for each in standard.tiers], "standard.tiers")


def _bands(rules: Rules, standard: FeeStandard) -> None:
    for band in standard.bands:
        rules.require(
            bool(band.weekdays) and band.start_minute < band.end_minute,
            "resources.band_without_time",
            field="standard.bands",
            band=band.name,
        )
    known = {band.name for band in standard.bands}
    named = [(each.band, "standard.band_discounts") for each in standard.band_discounts]
    named += [(line.band, "standard.lines") for line in standard.lines if line.band is not None]
    for name, field in sorted(set(named)):
        rules.require(name in known, "resources.band_unknown", field=field, band=name, known=", ".join(sorted(known)))


def _lines(rules: Rules, lines: Sequence[FeePrice]) -> None:
    names = [(line.user_kind, line.kind, line.model, line.item, line.tag, line.band) for line in lines]
    rules.require(len(names) == len(set(names)), "resources.tariff_line_repeated", field="standard.lines")
    for line in lines:
        about: dict[str, Any] = {"kind": line.kind, "model": line.model}
        needs_item, timed = line.model == "per_item", line.unit == "hour"
        rules.require(line.price_fen >= 0, "resources.price_negative", field="standard.lines", kind=line.kind)
        rules.require(needs_item == bool(line.item), "resources.item_misplaced", field="standard.lines", **about)
        rules.require(line.band is None or timed, "resources.band_misplaced", field="standard.lines", **about)
    models: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        if line.unit == "hour":
            models[line.user_kind, line.kind].add(line.model)
    for (user_kind, kind), found in models.items():
        rules.require(
            len(found) == 1,
            "resources.time_billed_twice",
            field="standard.lines",
            user_kind=user_kind,
            kind=kind,
            models=", ".join(sorted(found)),
        )


def _minimums(rules: Rules, standard: FeeStandard) -> None:
    field = "standard.minimums"
    timed = {(line.user_kind, line.kind) for line in standard.lines if line.unit == "hour"}
    names = [(each.user_kind, each.kind, each.tag) for each in standard.minimums]
    rules.require(len(names) == len(set(names)), "resources.tariff_line_repeated", field=field)
    for each in standard.minimums:
        about: dict[str, Any] = {"user_kind": each.user_kind, "kind": each.kind}
        rules.require(each.amount_fen >= 0, "resources.price_negative", field=field, kind=each.kind)
        rules.require((each.user_kind, each.kind) in timed, "resources.minimum_without_time", field=field, **about)


def _week(rules: Rules, standard: FeeStandard) -> None:
    """Every minute of the week has one price: bands do not overlap, and between them is a price without band."""
    known = {band.name for band in standard.bands}
    priced: dict[tuple[str, str, str | None], list[str | None]] = defaultdict(list)
    for line in standard.lines:
        if line.unit == "hour":
            priced[line.user_kind, line.kind, line.tag].append(line.band)
    groups = [(bands, "standard.lines") for bands in priced.values() if any(bands)]
    groups.append(([each.band for each in standard.band_discounts] + [None], "standard.band_discounts"))
    for bands, field in {(tuple(sorted(set(bands), key=str)), field) for bands, field in groups}:
        if known.issuperset(each for each in bands if each):
            _covered(rules, standard, bands, field)


def _covered(rules: Rules, standard: FeeStandard, bands: Iterable[str | None], field: str) -> None:
    named = {each for each in bands if each}
    whole = None in set(bands)
    overlap = gap = False
    for weekday, minute in moments(standard.bands):
        here = covering(standard.bands, (weekday, minute)) & named
        clock = f"{minute // 60:02d}:{minute % 60:02d}"
        if len(here) > 1 and not overlap:
            overlap = True
            both = ", ".join(sorted(here))
            rules.require(False, "resources.bands_overlap", field=field, bands=both, weekday=weekday, clock=clock)  # noqa: FBT003
        if not here and not whole and not gap:
            gap = True
            names = ", ".join(sorted(named))
            rules.require(False, "resources.bands_leave_gap", field=field, bands=names, weekday=weekday, clock=clock)  # noqa: FBT003


def _tiers(rules: Rules, tiers: Sequence[DurationTier]) -> None:
    """From nothing to any number of hours, each in one tier."""
    if not tiers:
        return
    field = "standard.tiers"
    for tier in tiers:
        ends = tier.until_hours is None or tier.until_hours > tier.from_hours
        rules.require(ends, "resources.tier_without_hours", field=field, hours=tier.from_hours)
    ordered = sorted(tiers, key=lambda tier: tier.from_hours)
    first, last = ordered[0].from_hours, max(tiers, key=lambda tier: tier.from_hours)
    rules.require(
        first == 0, "resources.tiers_leave_gap", field=field, hours=0, until="0" if first == 0 else str(first)
    )
    for before, after in pairwise(ordered):
        end = before.until_hours
        overlaps = end is None or end > after.from_hours
        rules.require(not overlaps, "resources.tiers_overlap", field=field, hours=after.from_hours)
        if end is not None and end < after.from_hours:
            until = str(after.from_hours)
            rules.require(False, "resources.tiers_leave_gap", field=field, hours=end, until=until)  # noqa: FBT003
    if last.until_hours is not None:
        rules.require(False, "resources.tiers_leave_gap", field=field, hours=last.until_hours, until="∞")  # noqa: FBT003


def _discounts(rules: Rules, stated: Sequence[tuple[str, Decimal]], field: str) -> None:
    names = [name for name, _ in stated]
    rules.require(len(names) == len(set(names)), "resources.discount_repeated", field=field)
    for name, rate in stated:
        rules.require(0 <= rate <= 1, "resources.discount_out_of_range", field=field, name=name, rate=str(rate))
