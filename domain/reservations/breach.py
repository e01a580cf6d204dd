# SPDX-License-Identifier: Apache-2.0
"""How far a rule is broken, so that what was set aside once holds for a move that breaks it no further."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.reservations.judged_events import Breach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from domain.kernel.errors import Parameter, Violation
    from domain.kernel.time import Span
    from domain.reservations.facts import Wish
    from domain.reservations.judged_events import RuleOverridden

    Extent = Callable[[Mapping[str, Parameter], Span, datetime], int]

MINUTE = timedelta(minutes=1)


def breach_of(violation: Violation, span: Span, now: datetime) -> Breach:
    """What is broken and by how much: minutes, days, pieces or times, as the rule counts; 0 where there is no more."""
    named, extent = _MEASURES.get(violation.code, ((), _none))
    what = "/".join(str(violation.parameters[name]) for name in named)
    return Breach(what=what, extent=extent(violation.parameters, span, now))


def carried_over(wish: Wish, broken: Iterable[Violation], now: datetime) -> dict[str, RuleOverridden]:
    """By code what was set aside for the reservation before and is broken no further now; all of a code, or none."""
    granted = {each.rule: each for each in wish.granted}
    found = {each.code: granted[each.code] for each in broken if each.code in granted and each.overridable_by}
    for each in broken:
        override = found.get(each.code)
        if override is not None and not covers(override.breaches, breach_of(each, wish.span, now)):
            del found[each.code]
    return found


def covers(breaches: Iterable[Breach], now: Breach) -> bool:
    """Whether one of the breaches that were set aside is of the same thing and no smaller."""
    return any(each.what == now.what and now.extent <= each.extent for each in breaches)


def _none(_stated: Mapping[str, Parameter], _span: Span, _now: datetime) -> int:
    return 0


def _too_soon(stated: Mapping[str, Parameter], span: Span, now: datetime) -> int:
    """Minutes of notice that are missing, begun ones whole."""
    return -((span.start - now - int(stated["minutes"]) * MINUTE) // MINUTE)


def _too_far(stated: Mapping[str, Parameter], span: Span, now: datetime) -> int:
    return -((now + int(stated["minutes"]) * MINUTE - span.start) // MINUTE)


def _off_bound(stated: Mapping[str, Parameter], _span: Span, _now: datetime) -> int:
    return abs(int(stated["minutes"]) - int(stated["bound"]))


def _inside(stated: Mapping[str, Parameter], span: Span, _now: datetime) -> int:
    start, end = (datetime.fromisoformat(str(stated[name])) for name in ("start", "end"))
    return -((max(start, span.start) - min(end, span.end)) // MINUTE)


def _length(_stated: Mapping[str, Parameter], span: Span, _now: datetime) -> int:
    return span.minutes


def _days_after(name: str) -> Extent:
    def days(stated: Mapping[str, Parameter], span: Span, _now: datetime) -> int:
        return (local_date(span.start) - date.fromisoformat(str(stated[name]))).days

    return days


def _over_limit(stated: Mapping[str, Parameter], _span: Span, _now: datetime) -> int:
    return int(stated["used"]) + int(stated["asked"]) - int(stated["limit"])


def _count(stated: Mapping[str, Parameter], _span: Span, _now: datetime) -> int:
    return int(stated["count"])


_MEASURES: dict[str, tuple[tuple[str, ...], Extent]] = {
    "reservations.too_far_ahead": ((), _too_far),
    "reservations.too_far_ahead_for_house_rules": ((), _too_far),
    "reservations.too_short_notice": ((), _too_soon),
    "reservations.too_short_notice_for_house_rules": ((), _too_soon),
    "reservations.shorter_than_house_rules": ((), _off_bound),
    "reservations.longer_than_house_rules": ((), _off_bound),
    "reservations.off_step": (("step",), _none),
    "reservations.off_alignment": (("align",), _none),
    "reservations.closed": (("closure",), _inside),
    "reservations.time_kept_for_tags": (("band",), _length),
    "reservations.qualification_ends_before": (("until",), _days_after("until")),
    "reservations.qualification_lapsed": (("last_used",), _days_after("last_used")),
    "reservations.feedback_owed": ((), _count),
    "reservations.banned": (("ban_scope", "until", "why"), _none),
    "reservations.quota_exceeded": (("quota", "limit"), _over_limit),
}
"""By code what tells one breach from another of the same rule, and how it is measured."""
