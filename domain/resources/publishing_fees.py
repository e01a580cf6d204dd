# SPDX-License-Identifier: Apache-2.0
"""Publishing a fee standard in full (JS 15, 21; CQ 16). Everything that is wrong with it is said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.resources.fee_ceiling import require_at_most_cost
from domain.resources.fee_checks import require_sound
from domain.resources.fee_events import FeeStandardPublished
from domain.resources.pricing import (
    is_bound,
    require_in_order,
    require_known_kinds,
    require_understood,
    require_user_kinds,
)
from domain.resources.state import SHAREABLE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.fee_standard import FeeStandard
    from domain.resources.pricing import Provider
    from domain.resources.state import Resource


def publish_fee_standard(
    state: Resource,
    *,
    standard: FeeStandard,
    effective_from: date,
    provider: Provider,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Publish the next version, with what plain prices cannot say; the highest effective price is at most its cost.

    Raises `resources.wrong_state` and, all at once: `resources.tariff_empty`, `resources.tariff_line_repeated`,
    `resources.unknown_user_kind`, `resources.unknown_line_kind`, `resources.price_negative`,
    `resources.item_misplaced`, `resources.band_misplaced`, `resources.band_unknown`, `resources.band_without_time`,
    `resources.bands_overlap`, `resources.bands_leave_gap`, `resources.time_billed_twice`,
    `resources.minimum_without_time`, `resources.tiers_overlap`, `resources.tiers_leave_gap`,
    `resources.tier_without_hours`, `resources.discount_out_of_range`, `resources.discount_repeated`,
    `resources.above_cost`, `resources.cost_element_unknown`, `resources.tariff_backdated`,
    `resources.tariff_goes_backwards`, `resources.fee_rule_unknown`, `resources.margin_undecided`.
    """
    require_state(state, "publish_fee_standard", *SHAREABLE)
    rules, lines = Rules(), standard.lines
    principle = edition.citation("fee.principle")
    require_understood(rules, edition)
    rules.require(bool(lines), "resources.tariff_empty", citation=principle, field="standard.lines")
    users = {line.user_kind for line in lines} | {minimum.user_kind for minimum in standard.minimums}
    require_user_kinds(rules, users, "standard.lines")
    require_known_kinds(rules, lines, edition, "standard.lines")
    require_sound(rules, standard)
    sheet = state.cost_sheets[-1] if state.cost_sheets else None
    if is_bound(provider, edition):
        require_at_most_cost(rules, standard, sheet, edition)
    require_in_order(rules, state, effective_from, today)
    rules.enforce()
    return [
        FeeStandardPublished(
            tariff_version=len(state.tariffs) + 1,
            effective_from=effective_from,
            standard=standard,
            cost_sheet_version=sheet.version if sheet else None,
            basis=edition.basis("fee.principle", "fee.bound_providers", "fee.line_kinds", "fee.max_margin"),
        )
    ]
