# SPDX-License-Identifier: Apache-2.0
"""The leader's say: given in time, or what was declared for nobody's decision (practice; ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.samples.events import SampleApprovalTimedOut, SampleOrderApproved, SampleOrderRefused
from domain.samples.order import require_state

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.samples.order import SampleOrder

TIMED_OUT = "审批超时 / approval timed out"
"""The reason as every refusal of the system states it; people read it in their own language."""


def approve(order: SampleOrder, *, approver: UUID, now: datetime) -> list[Event]:
    """Approve it as the leader whom it waits for.

    Raises `samples.wrong_state`, `samples.not_the_leader`, `samples.approval_timed_out`.
    """
    require_state(order, "approve_samples", "waiting_for_leader")
    if approver != order.applied.leader:
        raise refusal("samples.not_the_leader")
    require_in_time(order, now)
    return [SampleOrderApproved(approver=approver)]


def require_in_time(order: SampleOrder, now: datetime) -> None:
    """From the due time on the declared outcome alone counts, whether or not a worker has noted it yet.

    Raises `samples.approval_timed_out`.
    """
    asked = order.asked
    if asked is not None and order.state == "waiting_for_leader" and now >= asked.due_at:
        raise refusal("samples.approval_timed_out", due=asked.due_at.isoformat(), outcome=asked.on_time_out)


def time_out(order: SampleOrder, *, now: datetime) -> list[Event]:
    """Let the declared outcome come, from its due time on, however late.

    Raises `samples.wrong_state`, `samples.approval_not_due`.
    """
    require_state(order, "time_out_samples", "waiting_for_leader")
    asked = order.asked
    if asked is None or now < asked.due_at:
        raise refusal("samples.approval_not_due", due=asked.due_at.isoformat() if asked else "-")
    over = SampleApprovalTimedOut(leader=asked.leader, due_at=asked.due_at, outcome=asked.on_time_out)
    if asked.on_time_out == "approve":
        return [over, SampleOrderApproved(approver=None)]
    return [over, SampleOrderRefused(by="system", ground="not_approved", reason=TIMED_OUT)]
