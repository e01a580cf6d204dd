# SPDX-License-Identifier: Apache-2.0
"""From the application to the samples on the bench: applying, approving, taking on, receiving, giving up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.samples.approving import require_in_time
from domain.samples.events import (
    SampleOrderAccepted,
    SampleOrderApplied,
    SampleOrderRefused,
    SampleOrderWithdrawn,
    SamplesReceived,
)
from domain.samples.order import require_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.kernel.quote import Quote
    from domain.samples.events import RefusalGround, SampleApprovalAsked
    from domain.samples.order import SampleOrder


def intake_account(place: UUID, day: date) -> str:
    """The counter of samples that an instrument, or a unit, takes in on a day."""
    return f"samples.intake:{place}:{day.isoformat()}"


def apply(
    application: SampleOrderApplied,
    *,
    leader_missing: bool,
    asked: SampleApprovalAsked | None = None,
    also: Sequence[Violation] = (),
) -> list[Event]:
    """Take an application in. `asked` is the time limit of its leader, `also` are rules of every request it breaks.

    Raises `DomainError` with every broken rule. Samples that hold state secrets never come this way.
    """
    rules = Rules()
    rules.broken.extend(also)
    rules.require(application.no_state_secrets, "samples.state_secrets", field="no_state_secrets")
    rules.require(not leader_missing, "samples.group_needed", field="group_id")
    rules.enforce()
    return [application, asked] if asked else [application]


def refuse(
    order: SampleOrder,
    *,
    by: Literal["leader", "provider"],
    ground: RefusalGround,
    reason: str,
    now: datetime,
) -> list[Event]:
    """Decline before the samples are there. Raises `samples.wrong_state`, to a leader `samples.approval_timed_out`."""
    require_state(order, "refuse_samples", "waiting_for_leader", "applied", "accepted")
    if by == "leader":
        require_in_time(order, now)
    account, count = _given_back(order)
    return [SampleOrderRefused(by=by, ground=ground, reason=reason, intake=account, returned=count)]


def accept(
    order: SampleOrder,
    *,
    day: date,
    today: date,
    place: UUID | None,
    cap: int | None,
    used: Mapping[date, int],
    expected_minutes: int,
    estimate: Quote | None,
) -> list[Event]:
    """Take it on for a day. `used` is what each day has taken on of its `cap`, from the day asked for on.

    Raises `samples.wrong_state`, `samples.day_past`, `samples.more_than_a_day`, `samples.day_full` with the next day
    that has room.
    """
    require_state(order, "accept_samples", "applied")
    count, account = order.applied.sample_count, None
    if day < today:
        raise refusal("samples.day_past", field="intake_day", day=day.isoformat())
    if cap is not None and place is not None:
        _require_room(count, day, cap, used)
        account = intake_account(place, day)
    return [
        SampleOrderAccepted(
            intake_day=day,
            sample_count=count,
            intake=account,
            cap=cap,
            expected_minutes=expected_minutes,
            estimate=estimate,
        )
    ]


def _require_room(count: int, day: date, cap: int, used: Mapping[date, int]) -> None:
    if count > cap:
        raise refusal("samples.more_than_a_day", field="sample_count", cap=cap, asked=count)
    if used.get(day, 0) + count > cap:
        free = next((each for each in sorted(used) if each > day and used[each] + count <= cap), None)
        raise refusal(
            "samples.day_full",
            field="intake_day",
            day=day.isoformat(),
            cap=cap,
            used=used.get(day, 0),
            asked=count,
            next_free=free.isoformat() if free else "-",
        )


def receive(order: SampleOrder, *, number: str, count: int, condition: str) -> list[Event]:
    """Take the samples in. Fewer than announced may come, never more.

    Raises `samples.wrong_state`, `samples.more_than_announced`.
    """
    require_state(order, "receive_samples", "accepted")
    if count > order.applied.sample_count:
        raise refusal("samples.more_than_announced", field="count", announced=order.applied.sample_count, count=count)
    return [SamplesReceived(number=number, count=count, condition=condition)]


def labels(number: str, count: int) -> list[str]:
    """The label of each sample."""
    return [f"{number}/{place:03d}" for place in range(1, count + 1)]


def withdraw(order: SampleOrder, *, by: Literal["user", "provider"], reason: str) -> list[Event]:
    """Give it up before a report is written. Tests that took place stay owed; before the first one it costs nothing.

    Raises `samples.wrong_state`.
    """
    require_state(order, "withdraw_samples", "waiting_for_leader", "applied", "accepted", "received", "tested")
    account, count = _given_back(order)
    return [SampleOrderWithdrawn(by=by, reason=reason, owed_fen=order.owed_fen, intake=account, returned=count)]


def _given_back(order: SampleOrder) -> tuple[str | None, int]:
    """What it keeps of a day's intake until the samples are there."""
    if order.state != "accepted" or order.accepted is None or order.accepted.intake is None:
        return None, 0
    return order.accepted.intake, order.accepted.sample_count
