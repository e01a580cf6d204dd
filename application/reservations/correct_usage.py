# SPDX-License-Identifier: Apache-2.0
"""Correct the record of a use; the original stays in history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.locks import lock_of
from application.reservations.at_once import beside
from application.reservations.charging import recharge
from application.reservations.standing import for_provider
from application.standing.noting import correct_noted
from application.standing.restoring import restore_points_of
from application.standing.rules import bound_by
from domain.contracts.contract import CONTRACT
from domain.kernel.errors import Rules
from domain.kernel.time import Instant, Span, local_date
from domain.reservations import records
from domain.reservations.afterwards import once
from domain.reservations.beside import in_the_way
from domain.reservations.events import UsageCorrected
from domain.reservations.four_eyes import require_not_own
from domain.reservations.judging_anew import judge_anew
from domain.reservations.period import within_open_time
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules.once import OVERLAPS_USE

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


class CorrectUsage(Command):
    """State anew when a use began and ended, with a reason (JS 13, CQ 23.a). An unbilled charge follows.

    A use that was judged already is judged anew by the same rules: points come back, the time to object begins anew.
    Time that it did not take before and that other uses took, on all lanes, is refused with these; the unit sets that
    aside with a reason, as for a use entered afterwards.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "started_at": "2026-03-02T09:00:00+08:00",
                "ended_at": "2026-03-02T10:30:00+08:00",
                "samples": 3,
                "reason": "按设备日志更正结束时间",
            }
        }
    )

    reservation_id: UUID
    started_at: Instant
    ended_at: Instant
    used_minutes: int | None = Field(default=None, ge=0, le=1_000_000)
    samples: int = Field(default=0, ge=0, le=100_000)
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head corrects locked time")
    overrides: dict[Literal["reservations.overlaps_use"], Words] = Field(
        default_factory=dict, description="Why the time is that of this use though others took it"
    )


def correct_usage(command: CorrectUsage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, resource = for_provider(work, command.reservation_id)
    require_not_own(loaded.state, work.actor.user, "reservations.own_conduct")
    contract = loaded.state.contract
    decided = records.correct(
        loaded.state,
        started_at=command.started_at,
        ended_at=command.ended_at,
        used_minutes=command.used_minutes,
        samples=command.samples,
        contract_in_force_from=work.load(CONTRACT, contract).state.in_force_from if contract else None,
        reason=command.reason,
        now=work.now,
    )
    work.append(loaded.id, *decided, *_allowed(command, work, loaded, resource))
    (corrected,) = (event for event in decided if isinstance(event, UsageCorrected))
    _judge_anew(work, loaded, command.reason)
    correct_noted(work, loaded, ended_at=corrected.ended_at, minutes=corrected.used_minutes)
    charged = recharge(work, loaded, corrected)
    order, state = (str(charged[0]), charged[1]) if charged else (None, None)
    return Result(loaded.id, {"used_minutes": corrected.used_minutes, "order_id": order, "order_state": state})


def _allowed(command: CorrectUsage, work: Work, loaded: Loaded[Reservation], resource: Resource) -> list[Event]:
    """What lets the time be stated so: the head's leave in locked time, the unit's word where others used it.

    Raises `reservations.period_closed` and `reservations.overlaps_use`, both at once.
    """
    use, actor, rules = loaded.state, work.actor.user, Rules()
    span, day = Span(start=command.started_at, end=command.ended_at), local_date(command.started_at)
    days = (local_date(use.started_at or command.started_at), day)
    leave = within_open_time(rules, lock_of(work, use.unit), days, actor=actor, reason=command.lock_override)
    others = () if _within(span, use) else _others(work, loaded, resource, span)
    reason = command.overrides.get(OVERLAPS_USE)
    said = once(rules, span, others, reason=reason, approver=actor, edition=work.edition(day))
    rules.enforce()
    return [*leave, *said]


def _within(span: Span, use: Reservation) -> bool:
    """Whether no time is added to what is on record."""
    began, ended = use.started_at, use.ended_at
    return began is not None and ended is not None and began <= span.start and span.end <= ended


def _others(work: Work, loaded: Loaded[Reservation], resource: Resource, span: Span) -> tuple[UUID, ...]:
    capacity = resource.capacity_on(local_date(span.start))
    return in_the_way(beside(work, loaded.state.resource, span, but=loaded.id), capacity=capacity, span=span)


def _judge_anew(work: Work, before: Loaded[Reservation], reason: str) -> None:
    """The earlier judgement falls with all that it cost; points are taken for the new one when its time is over."""
    rule = bound_by(work, before.state).rules.conduct
    decided = judge_anew(before.state, work.load(RESERVATION, before.id).state, rule, reason=reason, now=work.now)
    work.append(before.id, *decided)
    if decided:
        restore_points_of(work, before, reason)
