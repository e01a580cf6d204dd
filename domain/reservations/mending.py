# SPDX-License-Identifier: Apache-2.0
"""What would have to change, so that a broken rule holds: told in numbers and instants, never as advice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import local, local_date, midnight
from domain.reservations.rules.bans import EVERYWHERE
from domain.reservations.rules.lengths import longest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.kernel.errors import Parameter, Violation
    from domain.kernel.house_rules import Quota, Recurrence
    from domain.reservations.rules.case import Case

Mend = dict[str, "Parameter"]


def mend(violation: Violation, case: Case) -> Mend:
    """What has to change, by name; nothing where the sentence of the refusal says it all. Instants as ISO 8601."""
    told = _TOLD.get(violation.code)
    return told(violation, case) if told else {}


def _later(violation: Violation, case: Case) -> Mend:
    minutes = int(violation.parameters.get("minutes", 0))
    return {"earliest_start": (case.now + timedelta(minutes=minutes)).isoformat()}


def _sooner(violation: Violation, case: Case) -> Mend:
    minutes = timedelta(minutes=int(violation.parameters["minutes"]))
    return {
        "latest_start": (case.now + minutes).isoformat(),
        "ask_from": (case.wish.span.start - minutes).isoformat(),
    }


def _bounds(violation: Violation, _: Case) -> Mend:
    return {"bound_minutes": int(violation.parameters["bound"])}


def _grid(violation: Violation, case: Case) -> Mend:
    step = int(violation.parameters.get("slot_minutes") or violation.parameters.get("align") or 1)
    start = case.wish.span.start
    begin = midnight(local_date(start))
    passed = int((start - begin) / timedelta(minutes=1)) // step * step
    return {
        "start_before": (begin + timedelta(minutes=passed)).isoformat(),
        "start_after": (begin + timedelta(minutes=passed + step)).isoformat(),
    }


def _step(violation: Violation, case: Case) -> Mend:
    """The whole steps beside the length asked for; none that another rule of length refuses."""
    step = int(violation.parameters["step"])
    most = longest(case)
    shorter = min(case.wish.span.minutes, most) // step * step
    near = [minutes for minutes in (shorter, shorter + step) if 0 < minutes <= most]
    return {"possible_minutes": ", ".join(map(str, near))}


def _quota(violation: Violation, case: Case) -> Mend:
    left = max(0, int(violation.parameters["limit"]) - int(violation.parameters["used"]))
    stated = _quota_named(str(violation.parameters["quota"]), case)
    if stated is None:
        return {"left": left}
    ends = period_end(stated.recurrence, case.wish.span.start)
    return {"left": left, "measure": stated.measure, "reset_at": ends.isoformat()}


def _quota_named(name: str, case: Case) -> Quota | None:
    house = case.offer.house
    levels = (house.resource, house.unit) if house else ()
    return next((each for level in levels if level for each in level.quotas if each.name == name), None)


def period_end(recurrence: Recurrence, start: datetime) -> datetime:
    """When a counter of this recurrence begins anew after the period in which a use starts, at a Shanghai midnight."""
    day = local_date(start)
    match recurrence:
        case "daily" | "weekday":
            following = day + timedelta(days=1)
        case "weekly" | "weekend":
            following = day + timedelta(days=8 - day.isoweekday())
        case "monthly":
            following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        case "yearly":
            following = date(day.year + 1, 1, 1)
    return midnight(following)


def _ban(violation: Violation, _: Case) -> Mend:
    everywhere = violation.parameters["ban_scope"] == EVERYWHERE
    return {"until": violation.parameters["until"], "lifted_by": "service_centre" if everywhere else "managing_unit"}


def _training(_: Violation, case: Case) -> Mend:
    training = case.house.training
    return {"granted_by": "managing_unit", "valid_months": training.valid_months if training else 0}


def _expires(violation: Violation, _: Case) -> Mend:
    return {"latest_day": violation.parameters["until"]}


def _closed(violation: Violation, _: Case) -> Mend:
    return {"open_again_at": violation.parameters["end"]}


def _hours(_: Violation, case: Case) -> Mend:
    opening = case.offer.opening
    return {"day": local(case.wish.span.start).date().isoformat(), "opening": opening.version if opening else 0}


def _feedback(violation: Violation, _: Case) -> Mend:
    return {"count": violation.parameters["count"]}


def _read(_: Violation, __: Case) -> Mend:
    return {"rules_read": True}


def _answer(violation: Violation, _: Case) -> Mend:
    return {"question": violation.parameters["question"]}


_TOLD: dict[str, Callable[[Violation, Case], Mend]] = {
    "reservations.start_in_past": _later,
    "reservations.off_grid": _grid,
    "reservations.off_alignment": _grid,
    "reservations.off_step": _step,
    "reservations.too_short": _bounds,
    "reservations.too_long": _bounds,
    "reservations.shorter_than_house_rules": _bounds,
    "reservations.longer_than_house_rules": _bounds,
    "reservations.outside_opening_hours": _hours,
    "reservations.closed": _closed,
    "reservations.too_far_ahead": _sooner,
    "reservations.too_far_ahead_for_house_rules": _sooner,
    "reservations.too_short_notice": _later,
    "reservations.too_short_notice_for_house_rules": _later,
    "reservations.quota_exceeded": _quota,
    "reservations.banned": _ban,
    "reservations.not_qualified": _training,
    "reservations.qualification_lapsed": _training,
    "reservations.qualification_ends_before": _expires,
    "reservations.feedback_owed": _feedback,
    "reservations.notices_not_read": _read,
    "reservations.question_unanswered": _answer,
}
"""By code. Who lifts a ban: whoever set it; that for all units the service centre (practice)."""
