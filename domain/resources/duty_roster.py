# SPDX-License-Identifier: Apache-2.0
"""Publishing the duty roster of an instrument: sound, and of people who work for whoever answers for the instrument."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.duty_events import DutyRosterPublished
from domain.resources.state import SHAREABLE, require_state
from domain.resources.values import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.duty_events import DutyEntry, DutyException, People
    from domain.resources.state import Resource


@dataclass(frozen=True, slots=True)
class Staff:
    """What a roster asks of a person."""

    legal_person: UUID | None
    active: bool


def publish_duty_roster(
    state: Resource,
    *,
    entries: tuple[DutyEntry, ...],
    exceptions: tuple[DutyException, ...],
    effective_from: date,
    staff: Mapping[UUID, Staff],
    edition: Edition,
    today: date,
) -> list[Event]:
    """Publish the next version, whole, from a day on; without entries and exceptions nobody is on duty any more.

    `staff` holds the people named that are known. Raises `resources.wrong_state`, `resources.not_bookable`, and all at
    once `resources.duty_backdated`, `resources.duty_unchanged`, `resources.duty_ends_before_start`,
    `resources.duty_overlaps`, `resources.duty_minutes_incomplete`, `resources.duty_day_before_roster`,
    `resources.duty_day_twice`, `resources.duty_person_unknown`, `resources.duty_person_inactive`,
    `resources.duty_person_of_another`.
    """
    require_state(state, "publish_duty_roster", *SHAREABLE)
    if not state.bookable:
        raise refusal("resources.not_bookable")
    last = state.duty_rosters[-1] if state.duty_rosters else None
    said = (effective_from, entries, exceptions)
    rules = Rules()
    rules.require(effective_from >= today, "resources.duty_backdated", field="effective_from", today=today.isoformat())
    unchanged = last is not None and said == (last.effective_from, last.entries, last.exceptions)
    rules.require(not unchanged, "resources.duty_unchanged", version=state.duty_version)
    _require_sound_entries(rules, entries)
    _require_sound_exceptions(rules, exceptions, effective_from)
    _require_own_staff(rules, state, staff, people_named(entries, exceptions))
    rules.enforce()
    return [
        DutyRosterPublished(
            roster_version=state.duty_version + 1,
            effective_from=effective_from,
            entries=entries,
            exceptions=exceptions,
            basis=edition.basis("resource.publication_items"),
        )
    ]


def _require_sound_entries(rules: Rules, entries: Sequence[DutyEntry]) -> None:
    """Each begins before it ends. Those that overlap name the same people: who is on duty together stands in one."""
    for place, entry in enumerate(entries, 1):
        in_order = entry.start_minute < entry.end_minute
        rules.require(in_order, "resources.duty_ends_before_start", field="entries", place=place)
    sound = [(place, entry) for place, entry in enumerate(entries, 1) if entry.start_minute < entry.end_minute]
    for (place, one), (other_place, other) in combinations(sound, 2):
        days = sorted(set(one.weekdays) & set(other.weekdays))
        together = bool(days) and one.start_minute < other.end_minute and other.start_minute < one.end_minute
        rules.require(
            not together or set(one.persons) == set(other.persons),
            "resources.duty_overlaps",
            field="entries",
            place=place,
            other=other_place,
            weekday=days[0] if days else 0,
        )


def _require_sound_exceptions(rules: Rules, exceptions: Sequence[DutyException], effective_from: date) -> None:
    for place, each in enumerate(exceptions, 1):
        low, high, day = each.start_minute, each.end_minute, each.day.isoformat()
        complete = (low is None) == (high is None)
        rules.require(complete, "resources.duty_minutes_incomplete", field="exceptions", place=place)
        in_order = low is None or high is None or low < high
        rules.require(in_order, "resources.duty_ends_before_start", field="exceptions", place=place)
        rules.require(
            each.day >= effective_from,
            "resources.duty_day_before_roster",
            field="exceptions",
            day=day,
            effective_from=effective_from.isoformat(),
        )
    for one, other in combinations(exceptions, 2):
        apart = one.day != other.day or not _overlap(one, other)
        rules.require(apart, "resources.duty_day_twice", field="exceptions", day=one.day.isoformat())


def _overlap(one: DutyException, other: DutyException) -> bool:
    (start, end), (other_start, other_end) = _minutes(one), _minutes(other)
    return start < other_end and other_start < end


def _minutes(exception: DutyException) -> tuple[int, int]:
    low, high = exception.start_minute, exception.end_minute
    return (0 if low is None else low, MINUTES_OF_A_DAY if high is None else high)


def people_named(entries: Sequence[DutyEntry], exceptions: Sequence[DutyException]) -> People:
    """Everybody a roster names, once."""
    named = [*(each.persons for each in entries), *(each.persons for each in exceptions)]
    return tuple(dict.fromkeys(person for people in named for person in people))


def _require_own_staff(rules: Rules, state: Resource, staff: Mapping[UUID, Staff], named: People) -> None:
    """Known, taking part, and of the legal person that answers for the instrument."""
    for person in named:
        found = staff.get(person)
        rules.require(found is not None, "resources.duty_person_unknown", field="entries", user=str(person))
        if found is None:
            continue
        rules.require(found.active, "resources.duty_person_inactive", field="entries", user=str(person))
        own = found.legal_person == state.legal_person
        rules.require(own, "resources.duty_person_of_another", field="entries", user=str(person))
