# SPDX-License-Identifier: Apache-2.0
"""When and for whom a resource is open: opening hours, limits, and the customs condition of duty-free imports."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.events import CustomsConditionRecorded, OpeningLimitPublished, OpeningPublished
from domain.resources.state import SHAREABLE, require_state
from domain.resources.tariff import USER_KINDS
from domain.resources.values import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource
    from domain.resources.values import BookingTerms, OpeningWindow

MINUTES_OF_A_LEAP_YEAR = 366 * MINUTES_OF_A_DAY


def publish_opening(
    state: Resource,
    *,
    windows: tuple[OpeningWindow, ...],
    terms: BookingTerms,
    rated_minutes_per_year: int,
    effective_from: date,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Publish opening hours and booking terms from a day on; they are the base of utilisation (A28, ruling 8.25).

    Raises `resources.wrong_state`, `resources.not_bookable`, and all at once what `_require_sound_windows` and
    `_require_sound_terms` find, `resources.rated_minutes_impossible`, `resources.opening_backdated`,
    `resources.opening_goes_backwards`.
    """
    require_state(state, "publish_opening", *SHAREABLE)
    rules = Rules()
    rules.require(state.bookable, "resources.not_bookable")
    _require_sound_windows(rules, windows, terms.slot_minutes)
    _require_sound_terms(rules, terms)
    possible = 0 < rated_minutes_per_year <= MINUTES_OF_A_LEAP_YEAR
    rules.require(possible, "resources.rated_minutes_impossible", field="rated_minutes_per_year")
    rules.require(effective_from >= today, "resources.opening_backdated", field="effective_from")
    last = state.openings[-1].effective_from if state.openings else effective_from
    rules.require(
        effective_from >= last, "resources.opening_goes_backwards", field="effective_from", last=last.isoformat()
    )
    rules.enforce()
    return [
        OpeningPublished(
            opening_version=len(state.openings) + 1,
            effective_from=effective_from,
            windows=windows,
            terms=terms,
            rated_minutes_per_year=rated_minutes_per_year,
            basis=edition.basis("resource.capacity_basis"),
        )
    ]


def _require_sound_windows(rules: Rules, windows: tuple[OpeningWindow, ...], slot_minutes: int) -> None:
    """In order through the week, without overlap, on the grid that starts at midnight."""
    rules.require(bool(windows), "resources.windows_missing", field="windows")
    for window in windows:
        rules.require(
            window.start_minute < window.end_minute,
            "resources.window_ends_before_start",
            field="windows",
            weekday=window.weekday,
        )
        on_grid = window.start_minute % slot_minutes == 0 and window.end_minute % slot_minutes == 0
        rules.require(
            on_grid,
            "resources.window_off_grid",
            field="windows",
            weekday=window.weekday,
            slot_minutes=slot_minutes,
        )
    for before, after in pairwise(windows):
        in_order = (before.weekday, before.end_minute) <= (after.weekday, after.start_minute)
        rules.require(in_order, "resources.windows_overlap", field="windows", weekday=after.weekday)


def _require_sound_terms(rules: Rules, terms: BookingTerms) -> None:
    slot = terms.slot_minutes
    rules.require(
        MINUTES_OF_A_DAY % slot == 0,
        "resources.slot_does_not_divide_day",
        field="terms.slot_minutes",
        slot_minutes=slot,
    )
    for name in ("min_minutes", "max_minutes"):
        minutes = getattr(terms, name)
        rules.require(
            minutes % slot == 0,
            "resources.not_a_multiple_of_slot",
            field=f"terms.{name}",
            minutes=minutes,
            slot_minutes=slot,
        )
    rules.require(terms.min_minutes <= terms.max_minutes, "resources.min_above_max", field="terms.min_minutes")


def publish_limit(state: Resource, limit: OpeningLimitPublished, *, edition: Edition) -> list[Event]:
    """Publish a limit that binds the requests made after it (JS 14, 15; CQ 14.c; ruling 8.17; JS-14.1).

    The version in `limit` is set here. Raises `resources.wrong_state`, `resources.unknown_user_kind`,
    `resources.limit_leaves_no_time`, `resources.limit_negative`.
    """
    require_state(state, "publish_opening_limit", *SHAREABLE)
    citation = edition.citation("resource.publication_items")
    earliest, latest = limit.earliest_minutes_before, limit.latest_minutes_before
    rules = Rules()
    for kind in limit.excluded_user_kinds:
        rules.require(
            kind in USER_KINDS,
            "resources.unknown_user_kind",
            field="excluded_user_kinds",
            user_kind=kind,
            known=", ".join(USER_KINDS),
        )
    rules.require(
        earliest is None or latest is None or earliest > latest,
        "resources.limit_leaves_no_time",
        citation=citation,
        field="latest_minutes_before",
    )
    numbers = (earliest, latest, limit.cancel_minutes_before, limit.grace_minutes)
    rules.require(all(number is None or number >= 0 for number in numbers), "resources.limit_negative")
    rules.enforce()
    version, basis = len(state.limits) + 1, edition.basis("resource.publication_items")
    return [limit.model_copy(update={"limit_version": version, "basis": basis})]


def record_customs_condition(
    state: Resource, *, notice_number: str, valid_from: date, valid_until: date, edition: Edition
) -> list[Event]:
    """Record the customs condition of a duty-free import (CQ 18).

    Raises `resources.wrong_state`, `resources.not_duty_free`, `resources.ends_before_start`.
    """
    require_state(state, "record_customs_condition", *SHAREABLE)
    if not state.duty_free:
        citation = edition.citation("resource.duty_free_needs_customs_condition")
        raise refusal("resources.not_duty_free", citation=citation)
    if valid_until < valid_from:
        raise refusal("resources.ends_before_start", field="valid_until")
    return [
        CustomsConditionRecorded(
            notice_number=notice_number,
            valid_from=valid_from,
            valid_until=valid_until,
            basis=edition.basis("resource.duty_free_needs_customs_condition"),
        )
    ]
