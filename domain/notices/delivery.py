# SPDX-License-Identifier: Apache-2.0
"""What becomes of a notice on its way out of the platform: delivered once, tried again, given up, or over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate
from domain.kernel.lifecycle import require_one_of
from domain.kernel.time import local
from domain.notices.events import NoticeDelivered, NoticeFailed, NoticeLapsed, NoticeRead, NoticeRetried

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.event import Event
    from domain.notices.events import FailureReason, Told, Way
    from domain.notices.inbox import Preferences

State = Literal["waiting", "sent", "given_up", "lapsed"]
Step = Literal["send", "wait", "over", "quiet_hours", "done"]
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""How long to wait after each failed attempt; after one more the notice is given up. Technical, no rule of law."""
FOR_GOOD: frozenset[FailureReason] = frozenset({"address_refused", "no_address"})
"""Failures that the same attempt would meet again."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What has been tried. `attempts` count since the last time somebody had it tried anew."""

    state: State
    told: Told
    attempts: int = 0
    in_all: int = 0
    retry_at: datetime | None = None


def evolve(state: Notice | None, event: NoticeDelivered | NoticeFailed | NoticeLapsed | NoticeRetried) -> Notice:
    """The notice after an event."""
    if isinstance(event, NoticeRetried):
        assert state is not None
        return replace(state, state="waiting", attempts=0, retry_at=None)
    before = state or Notice("waiting", event.told)
    match event:
        case NoticeDelivered():
            return replace(before, state="sent", in_all=event.attempt, retry_at=None)
        case NoticeFailed():
            left: State = "given_up" if event.retry_at is None else "waiting"
            tried = before.attempts + 1
            return replace(before, state=left, attempts=tried, in_all=event.attempt, retry_at=event.retry_at)
        case NoticeLapsed():
            return replace(before, state="lapsed", retry_at=None)


NOTICE = Aggregate("notices.Notice", evolve, (NoticeDelivered, NoticeFailed, NoticeRetried, NoticeLapsed))
READING = Aggregate("notices.Reading", lambda _state, event: event, (NoticeRead,))


def next_step(state: Notice | None, told: Told, preferences: Preferences, *, now: datetime) -> Step:
    """What is to be done now with a notice that is due. A notice is never sent twice, and never after its use.

    One that falls into quiet hours waits for their end, and lapses where it would be of no use then.
    """
    if state is not None and state.state != "waiting":
        return "done"
    if now >= told.useful_until:
        return "over"
    quiet_until = end_of_quiet(preferences, now)
    if quiet_until is not None:
        return "quiet_hours" if quiet_until >= told.useful_until else "wait"
    waits = now < told.due_at or (state is not None and state.retry_at is not None and now < state.retry_at)
    return "wait" if waits else "send"


def end_of_quiet(preferences: Preferences, now: datetime) -> datetime | None:
    """When the quiet hours that hold now will end; None where none hold."""
    clock = local(now)
    if preferences.quiet_until is None or not preferences.quiet_at(clock.hour * 60 + clock.minute):
        return None
    midnight = clock.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = midnight + timedelta(minutes=preferences.quiet_until)
    return ends if ends > clock else ends + timedelta(days=1)


def deliver(state: Notice | None, delivered: NoticeDelivered) -> list[Event]:
    """Note that the server took it. Raises `notices.wrong_state`: what is delivered is never delivered again."""
    _require_waiting(state, "deliver_notice")
    return [delivered.model_copy(update={"attempt": _next(state)})]


def fail(
    state: Notice | None, told: Told, *, way: Way, reason: FailureReason, answer: str, now: datetime
) -> list[Event]:
    """Note that an attempt failed, and when to try again. Raises `notices.wrong_state`."""
    _require_waiting(state, "fail_notice")
    tried = state.attempts if state else 0
    again = None if reason in FOR_GOOD or tried >= len(BACK_OFF) else now + BACK_OFF[tried]
    failed = NoticeFailed(told=told, way=way, attempt=_next(state), reason=reason, answer=answer, retry_at=again)
    return [failed]


def lapse(state: Notice | None, told: Told, *, reason: Literal["over", "quiet_hours"]) -> list[Event]:
    """Note that it was not sent because it is of no use any more. Raises `notices.wrong_state`."""
    _require_waiting(state, "lapse_notice")
    return [NoticeLapsed(told=told, reason=reason)]


def retry(state: Notice, *, now: datetime) -> list[Event]:
    """Have a notice tried anew. Raises `notices.wrong_state`, `notices.over`."""
    require_one_of(("given_up",), "notices.wrong_state", state=state.state, command="retry_notice")
    if now >= state.told.useful_until:
        raise refusal("notices.over", useful_until=state.told.useful_until.isoformat())
    return [NoticeRetried()]


def _require_waiting(state: Notice | None, command: str) -> None:
    require_one_of(("waiting",), "notices.wrong_state", state=state.state if state else "waiting", command=command)


def _next(state: Notice | None) -> int:
    return (state.in_all if state else 0) + 1
