# SPDX-License-Identifier: Apache-2.0
"""Time that a resource takes for itself: maintenance (ruling 8.15) and the unit's own needs (JS 16.a, A26).

Whether the lanes are free is decided by the database; here stands what may be asked for at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.kernel.time import local_date, midnight
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from domain.resources.state import require_state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.resources.lanes import Hold
    from domain.resources.state import Resource

MaintenanceKind = Literal["maintenance", "calibration", "repair"]


def lanes_for(state: Resource, span: Span, asked: tuple[int, ...] | None) -> tuple[int, ...]:
    """The lanes asked for, by default all that the resource has on the day the span begins."""
    return asked or tuple(range(1, state.capacity_on(local_date(span.start)) + 1))


def schedule_maintenance(
    state: Resource,
    *,
    maintenance: UUID,
    span: Span,
    lanes: tuple[int, ...],
    kind: MaintenanceKind,
    reason: str,
    now: datetime,
) -> list[Event]:
    """Take lanes out of service.

    Work that began today may still be entered, older work may not: it would shrink the base of utilisation after
    the fact. Raises `resources.wrong_state`, `resources.unknown_lane`, `resources.maintenance_backdated`.
    """
    require_state(state, "schedule_maintenance", "published", "suspended")
    rules = Rules()
    _require_lanes(rules, state, span, lanes)
    today = midnight(local_date(now))
    rules.require(span.start >= today and span.end > now, "resources.maintenance_backdated", field="span.start")
    rules.enforce()
    return [MaintenanceScheduled(maintenance=maintenance, span=span, lanes=lanes, kind=kind, reason=reason)]


def end_maintenance(state: Resource, *, maintenance: UUID, now: datetime) -> list[Event]:
    """Bring the lanes back into service, at the planned end at the latest.

    Raises `resources.maintenance_unknown`, `resources.maintenance_over`.
    """
    hold = _find(state.maintenances, maintenance)
    if hold is None:
        raise refusal("resources.maintenance_unknown", field="maintenance")
    if hold.released:
        raise refusal("resources.maintenance_over", field="maintenance")
    return [MaintenanceEnded(maintenance=maintenance, lanes=hold.lanes, ended_at=min(now, hold.span.end))]


def enter_block(
    state: Resource,
    *,
    block: UUID,
    span: Span,
    lanes: tuple[int, ...],
    purpose: str,
    now: datetime,
    edition: Edition,
) -> list[Event]:
    """Keep time for the unit's own research and teaching, in advance (JS 16.a, A26, JS-16.1).

    Raises `resources.wrong_state`, `resources.unknown_lane`, `resources.block_in_the_past`.
    """
    require_state(state, "enter_internal_block", "published", "suspended")
    rules = Rules()
    _require_lanes(rules, state, span, lanes)
    citation = edition.citation("resource.internal_priority")
    rules.require(span.start >= now, "resources.block_in_the_past", citation=citation, field="span.start")
    rules.enforce()
    basis = edition.basis("resource.internal_priority", "resource.internal_share_max")
    return [InternalBlockEntered(block=block, span=span, lanes=lanes, purpose=purpose, basis=basis)]


def lift_block(state: Resource, *, block: UUID, reason: str, now: datetime) -> list[Event]:
    """Free the time again. Raises `resources.block_unknown`, `resources.block_over`."""
    hold = _find(state.blocks, block)
    if hold is None:
        raise refusal("resources.block_unknown", field="block")
    if hold.released or hold.span.end <= now:
        raise refusal("resources.block_over", field="block")
    return [InternalBlockLifted(block=block, lanes=hold.lanes, reason=reason)]


def _find(holds: Iterable[Hold], wanted: UUID) -> Hold | None:
    return next((hold for hold in holds if hold.id == wanted), None)


def _require_lanes(rules: Rules, state: Resource, span: Span, lanes: tuple[int, ...]) -> None:
    capacity = state.capacity_on(local_date(span.start))
    known = len(set(lanes)) == len(lanes) and all(1 <= lane <= capacity for lane in lanes)
    rules.require(known, "resources.unknown_lane", field="lanes", capacity=capacity)
