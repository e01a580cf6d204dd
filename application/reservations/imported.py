# SPDX-License-Identifier: Apache-2.0
"""Takes a booking of a unit's own platform in: what is known here already is named, and never booked twice unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import SlotTaken
from application.reservations.at_once import held
from application.reservations.reserving import reserve
from domain.kernel.errors import refusal
from domain.kernel.time import local_date
from domain.reservations.day_sheet import sheet_id, suspect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from application.command import Result
    from application.work import Loaded, Work
    from domain.kernel.errors import DomainError
    from domain.kernel.time import Span
    from domain.reservations.beside import Beside
    from domain.reservations.facts import Wish
    from domain.resources.resource import Resource


def reserve_imported(work: Work, found: Loaded[Resource], user: UUID, wish: Wish) -> Result:
    """Judge and hold as any request. Where the same user holds another lane at that time it is flagged as a duplicate.

    Raises what `reserve` raises; `reservations.booked_already` and `reservations.overlaps_booking` name what holds the
    time, for only the unit's own staff comes here.
    """
    before = held(work, found.id, wish.span)
    twins = [each.id for each in before if each.user == user]
    try:
        result = reserve(work, found, user, wish)
    except SlotTaken as taken:
        if before:
            raise _known(before, twins, wish.span) from taken
        raise
    if twins:
        work.append(sheet_id(found.id, local_date(wish.span.start)), *suspect(result.id, twins[0]))
    result.data["duplicate_of"] = str(twins[0]) if twins else None
    return result


def _known(before: Sequence[Beside], twins: Sequence[UUID], span: Span) -> DomainError:
    start, end = span.start.isoformat(), span.end.isoformat()
    if twins:
        known = ", ".join(map(str, twins))
        return refusal("reservations.booked_already", field="span", duplicates=known, start=start, end=end)
    holders = ", ".join(sorted(str(each.id) for each in before))
    return refusal("reservations.overlaps_booking", field="span", holders=holders, start=start, end=end)
