# SPDX-License-Identifier: Apache-2.0
"""Becoming qualified for an instrument and staying so, where training is demanded (ruling 8.16, 8.17)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.standing.events import (
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
)
from domain.standing.qualification import Qualification, months_after

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import TrainingRule
    from domain.policy import Edition
    from domain.standing.events import Versions
    from domain.standing.standing import Standing


def require_rule(rule: TrainingRule | None, edition: Edition) -> TrainingRule:
    """Training is asked of nobody before it is published (ruling 8.17). Raises `standing.no_training_demanded`."""
    if rule is None:
        citation = edition.citation("resource.publication_items")
        raise refusal("standing.no_training_demanded", citation=citation, field="resource")
    return rule


def apply(state: Standing, *, resource: UUID, note: str, today: date) -> list[Event]:
    """Ask to be qualified: when none is held, or in the days in which one is reminded of its end.

    Raises `standing.already_applied`, `standing.already_qualified`.
    """
    known = _of(state, resource)
    rules = Rules()
    rules.require(not known.applied, "standing.already_applied", field="resource")
    until = known.ends_on(state.last_used.get(resource))
    soon = until is not None and known.remind_on is not None and today >= min(known.remind_on, until)
    holds = known.holds_on(today, state.last_used.get(resource))
    rules.require(
        not holds or soon, "standing.already_qualified", field="resource", until=until.isoformat() if until else ""
    )
    rules.enforce()
    return [QualificationApplied(resource=resource, note=note)]


def approve(
    state: Standing,
    *,
    resource: UUID,
    rule: TrainingRule,
    versions: Versions,
    valid_until: date | None,
    training: UUID | None,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Qualify the user from today on: after an application, or at once after a training passed.

    Raises `standing.not_applied`, `standing.last_day_past`, `standing.longer_than_published`.
    """
    if training is None and not _of(state, resource).applied:
        raise refusal("standing.not_applied", field="resource")
    last = _last_day(rule, valid_until, edition, today)
    return [
        QualificationApproved(
            resource=resource,
            valid_from=today,
            valid_until=last,
            remind_on=last - timedelta(days=rule.reminder_days),
            lapse_months=rule.lapse_months,
            training=training,
            versions=versions,
            basis=edition.basis("resource.publication_items"),
        )
    ]


def refuse(state: Standing, *, resource: UUID, reason: str) -> list[Event]:
    """Refuse an application, with the reason. Raises `standing.not_applied`."""
    if not _of(state, resource).applied:
        raise refusal("standing.not_applied", field="resource")
    return [QualificationRefused(resource=resource, reason=reason)]


def renew(
    state: Standing,
    *,
    resource: UUID,
    rule: TrainingRule,
    versions: Versions,
    valid_until: date | None,
    reason: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Let a qualification that still holds run longer; one that has ended is applied for anew.

    Raises `standing.not_qualified`, `standing.last_day_past`, `standing.longer_than_published`.
    """
    if not _of(state, resource).holds_on(today, state.last_used.get(resource)):
        raise refusal("standing.not_qualified", field="resource")
    last = _last_day(rule, valid_until, edition, today)
    return [
        QualificationRenewed(
            resource=resource,
            valid_until=last,
            remind_on=last - timedelta(days=rule.reminder_days),
            lapse_months=rule.lapse_months,
            reason=reason,
            versions=versions,
            basis=edition.basis("resource.publication_items"),
        )
    ]


def withdraw(state: Standing, *, resource: UUID, reason: str) -> list[Event]:
    """Take a qualification back, with the reason. Raises `standing.not_qualified`."""
    if _of(state, resource).step != "held":
        raise refusal("standing.not_qualified", field="resource")
    return [QualificationWithdrawn(resource=resource, reason=reason)]


def remind(state: Standing, *, resource: UUID, today: date) -> list[Event]:
    """Remind of the end that comes near, once for each end, also late; nothing where there is nothing to say."""
    known, last_used = _of(state, resource), state.last_used.get(resource)
    ends = known.ends_on(last_used)
    if ends is None or known.valid_until is None or known.remind_on is None or ends in known.reminded:
        return []
    ahead = known.valid_until - known.remind_on
    if not ends - ahead <= today <= ends:
        return []
    return [QualificationReminded(resource=resource, ground=_ground(known, ends), ends_on=ends)]


def lapse(state: Standing, *, resource: UUID, today: date) -> list[Event]:
    """Note that a qualification is over, with its own last day however late it is noted."""
    known = _of(state, resource)
    ends = known.ends_on(state.last_used.get(resource))
    if ends is None or today <= ends:
        return []
    return [QualificationLapsed(resource=resource, ground=_ground(known, ends), ended_on=ends)]


def _ground(known: Qualification, ends: date) -> Literal["expiry", "disuse"]:
    return "expiry" if ends == known.valid_until else "disuse"


def require_end(state: Standing, *, resource: UUID, ends_on: date) -> None:
    """Refuse to speak of an end that a qualification no longer has. Raises `standing.ends_otherwise`."""
    if _of(state, resource).ends_on(state.last_used.get(resource)) != ends_on:
        raise refusal("standing.ends_otherwise", field="ends_on", ends_on=ends_on.isoformat())


def _of(state: Standing, resource: UUID) -> Qualification:
    return state.qualifications.get(resource) or Qualification()


def _last_day(rule: TrainingRule, asked: date | None, edition: Edition, today: date) -> date:
    longest = months_after(today, rule.valid_months)
    last = asked or longest
    rules = Rules()
    rules.require(last >= today, "standing.last_day_past", field="valid_until", day=last.isoformat())
    rules.require(
        last <= longest,
        "standing.longer_than_published",
        citation=edition.citation("resource.publication_items"),
        field="valid_until",
        longest=longest.isoformat(),
        months=rule.valid_months,
    )
    rules.enforce()
    return last
