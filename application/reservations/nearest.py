# SPDX-License-Identifier: Apache-2.0
"""The nearest times that would be accepted instead: each one is tried by the command itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from application.errors import SlotTaken
from application.reservations.checking import REACH, attempt
from domain.kernel.errors import DomainError, Rules
from domain.kernel.time import Span, local_date
from domain.reservations.candidates import nearest, starts
from domain.reservations.rules import WHENEVER
from domain.reservations.rules.case import Case
from domain.reservations.rules.quotas import quota_draws
from domain.reservations.rules.training import practice, qualification
from domain.resources.opening import open_spans, opening_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from application.looking import Look
    from application.reservations.checking import Trial

EACH_SIDE = 3
MOST_TRIED, FEWER_TRIED = 150, 40
"""On one side; fewer beside a refusal. Closed time and time in which every lane is taken are not tried at all."""


@dataclass(frozen=True)
class Nearest:
    """Free times by start. `provided` are broken rules that another time does not mend: they come first.

    Where it is empty, each of the spans would be accepted as it stands. `as_asked` says that the time asked for is not
    at fault: it would be accepted as well, once they are mended.
    """

    spans: tuple[Span, ...]
    provided: tuple[str, ...]
    as_asked: bool = False


def nearest_of(look: Look, trial: Trial, *, most_tried: int = MOST_TRIED) -> Nearest:
    """Up to three times before and after the wish, as long as it, within 14 days."""
    lasting = _whatever_the_time(trial, look.now)
    _see_counters(trial, candidates := _candidates(look, trial))

    def fits(span: Span) -> bool:
        if not _lane_is_free(trial, span):
            return False
        refused = attempt(look, trial.command.model_copy(update={"span": span}), trial.claims).refused
        if isinstance(refused, DomainError):
            return bool(lasting) and {violation.code for violation in refused.violations} <= lasting
        return refused is None

    spans = nearest(trial.command.span, candidates, fits, each_side=EACH_SIDE, most_tried=most_tried)
    as_asked = bool(lasting) and not moved_by_time(trial, look.now) and _lane_is_free(trial, trial.command.span)
    return Nearest(tuple(spans), tuple(sorted(lasting)), as_asked)


def moved_by_time(trial: Trial, now: datetime) -> bool:
    """Whether another time might help: the slot is taken, or a rule is broken that speaks of time."""
    return isinstance(trial.tried.refused, SlotTaken) or len(_whatever_the_time(trial, now)) < len(_codes(trial))


TIMELESS = WHENEVER | {
    "resource.published",
    "resource.bookable",
    "conduct.feedback",
    "conduct.ban",
    "group.leader_named",
}
"""Rules that another time keeps no better, though some may be kept before the time asked for is free."""
FADING = {"training.qualification": qualification, "training.practice": practice}
"""Rules that only an earlier time keeps better: none does, where they are broken today."""
TIMELESS_CODES = frozenset({"reservations.override_by_unit_only", "reservations.not_overridable"})


def _whatever_the_time(trial: Trial, now: datetime) -> frozenset[str]:
    return frozenset(
        broken.violation.code
        for broken in trial.broken
        if broken.rule in TIMELESS
        or broken.violation.code in TIMELESS_CODES
        or (broken.rule in FADING and _broken_today(trial, broken.rule, now))
    )


def _broken_today(trial: Trial, rule: str, now: datetime) -> bool:
    rules, length = Rules(), trial.wish.span.end - trial.wish.span.start
    today = replace(trial.wish, span=Span(start=now, end=now + length))
    FADING[rule](Case(today, trial.asker, trial.offer, trial.edition, now), rules)
    return bool(rules.broken)


def _codes(trial: Trial) -> set[str]:
    return {broken.violation.code for broken in trial.broken}


def _candidates(look: Look, trial: Trial) -> list[datetime]:
    """Starts in opening hours on the grid, from now on, version by version of the opening hours."""
    span, resource = trial.command.span, trial.resource
    low, high = max(look.now, span.start - REACH), span.end + REACH
    found: list[datetime] = []
    for opening in resource.openings:
        inside = open_spans(opening.windows, low, high) if low < high else []
        found += [
            start
            for start in starts(inside, span.end - span.start, opening.terms.slot_minutes)
            if len(resource.openings) == 1 or opening_in_force(resource.openings, local_date(start)) is opening
        ]
    return found


def _lane_is_free(trial: Trial, span: Span) -> bool:
    """A cheap look before the command is tried; it judges the lanes once more, with closures and one's own time."""
    opening = trial.resource.opening_on(local_date(span.start))
    if opening is None:
        return False
    terms = opening.terms
    held = span.widened(before_minutes=terms.setup_minutes, after_minutes=terms.cleanup_minutes)
    if trial.moving is not None and trial.moving.held.overlaps(held):
        return True
    return trial.claims.free_lane(trial.resource_id, terms.capacity, held.start, held.end) is not None


def _see_counters(trial: Trial, candidates: list[datetime]) -> None:
    """Read the counters of every period at once, instead of one after another."""
    trial.claims.used([*dict.fromkeys(_accounts(trial, candidates))])


def _accounts(trial: Trial, candidates: list[datetime]) -> Iterator[str]:
    span = trial.command.span
    days = {local_date(start): start for start in candidates}
    for start in days.values():
        wish = replace(trial.wish, span=Span(start=start, end=start + (span.end - span.start)))
        for draw in quota_draws(wish, trial.asker, trial.offer):
            yield draw.account
