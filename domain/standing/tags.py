# SPDX-License-Identifier: Apache-2.0
"""Tags by which a unit's house rules and fee standard tell its users apart (JS 15, CQ 14.c; ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.standing.events import TagGiven, TagTaken

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.standing.standing import Standing


def give(
    state: Standing, *, tag: str, resource: UUID | None, valid_until: date | None, reason: str, today: date
) -> list[Event]:
    """Give a tag; one that is held gets another last day.

    Raises `standing.last_day_past`, `standing.tag_already_held`.
    """
    if valid_until is not None and valid_until < today:
        raise refusal("standing.last_day_past", field="valid_until", day=valid_until.isoformat())
    if any((held.tag, held.resource, held.valid_until) == (tag, resource, valid_until) for held in state.tags):
        raise refusal("standing.tag_already_held", field="tag", tag=tag)
    return [TagGiven(tag=tag, resource=resource, valid_until=valid_until, reason=reason)]


def take(state: Standing, *, tag: str, resource: UUID | None, reason: str) -> list[Event]:
    """Take a tag back. Raises `standing.tag_not_held`."""
    if all((held.tag, held.resource) != (tag, resource) for held in state.tags):
        raise refusal("standing.tag_not_held", field="tag", tag=tag)
    return [TagTaken(tag=tag, resource=resource, reason=reason)]


def tags_on(state: Standing, day: date, resource: UUID | None) -> frozenset[str]:
    """Tags that hold on a day for the unit (None), or for one of its instruments alone."""
    return frozenset(
        held.tag
        for held in state.tags
        if held.resource == resource and (held.valid_until is None or day <= held.valid_until)
    )
