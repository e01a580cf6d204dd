# SPDX-License-Identifier: Apache-2.0
"""Neighbours of one user become one reservation, where the house rules publish up to which gap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from application.command import Result
from application.reservations.house import facts_for
from application.reservations.moving import adjust_voucher, moved
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.reservations.admission import admit
from domain.reservations.approval_chain import asked_approvals
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.facts import Wish
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

MERGED = "merged"
SAME = ("project_type", "use_type", "purpose", "service_mode", "contract", "voucher_grant")
"""What two requests must have in common to be one: all that a move does not carry."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A reservation of the same user beside the wish, and the time of both together."""

    loaded: Loaded[Reservation]
    whole: Span


def joined(
    work: Work, found: Loaded[Resource], user: UUID, wish: Wish, *, gap_minutes: int, edition: Edition
) -> Result | None:
    """Extend the confirmed neighbour by the time wished for, if all rules hold for the whole; else None.

    The two make one reservation, held without clean-down and set-up between them.
    """
    if not _may_join(wish):
        return None
    for beside in _neighbours(work, found, user, wish, timedelta(minutes=gap_minutes)):
        kept = beside.loaded.state
        whole = replace(
            wish,
            span=beside.whole,
            samples=kept.samples,
            answers={**kept.answers, **wish.answers},
            requested_by=kept.requested_by,
        )
        asker, offer = facts_for(work, found.id, found.state, user, whole, edition, moving=kept)
        try:
            admitted = admit(wish=whole, asker=asker, offer=offer, edition=edition, now=work.now)
        except DomainError:
            continue
        if asked_approvals(admitted, manual=False):
            continue  # an approval would be passed by
        if _lane_is_free(work, found, beside, admitted):
            return _extended(work, beside, admitted, edition)
    return None


def _may_join(wish: Wish) -> bool:
    """Samples, accessories, items and foreign identities belong to one booking; a move cannot take more of them."""
    more = (wish.samples, wish.accessories, wish.items, wish.external_id, wish.series, wish.overrides)
    return not any(more)


def _neighbours(work: Work, found: Loaded[Resource], user: UUID, wish: Wish, gap: timedelta) -> Iterable[Neighbour]:
    """Those within the gap before or after the wish, both bounds included."""
    holders = work.claims.holders(found.id, wish.span.start - gap, wish.span.end + gap)
    own = found.state.own_holders()
    for holder in holders:
        loaded = None if holder in own else work.find(RESERVATION, holder)
        if loaded is None or not _like(loaded.state, user, wish):
            continue
        before, after = wish.span.start - loaded.state.span.end, loaded.state.span.start - wish.span.end
        if timedelta(0) <= before <= gap:
            yield Neighbour(loaded, Span(start=loaded.state.span.start, end=wish.span.end))
        elif timedelta(0) <= after <= gap:
            yield Neighbour(loaded, Span(start=wish.span.start, end=loaded.state.span.end))


def _like(other: Reservation, user: UUID, wish: Wish) -> bool:
    same = all(getattr(other, name) == getattr(wish, name) for name in SAME)
    judged = other.judged
    group, card = (judged.group, judged.fund_card) if judged else (None, None)
    answers = all(other.answers.get(question) == answer for question, answer in wish.answers.items())
    alike = same and answers and (group, card) == (wish.group, wish.fund_card)
    return other.user == user and other.state == "confirmed" and alike and not _holds_more(other)


def _holds_more(other: Reservation) -> bool:
    """Whether it is more than time of its own: a merger would lose its accessories, items or place in a series."""
    judged = other.judged
    return bool(other.accessories or other.external_id or (judged and (judged.price.items or judged.series)))


def _lane_is_free(work: Work, found: Loaded[Resource], beside: Neighbour, admitted: Admitted) -> bool:
    """Whether nobody else holds the neighbour's lane during the whole; where lanes cannot be told apart, no."""
    held, own = admitted.held, found.state.own_holders()
    if beside.loaded.state.lane in admitted.offer.closed_lanes:
        return False
    others = set(work.claims.holders(found.id, held.start, held.end)) - {beside.loaded.id}
    if others & own:
        return False
    loaded = (work.find(RESERVATION, holder) for holder in others)
    return all(other is not None and other.state.lane != beside.loaded.state.lane for other in loaded)


def _extended(work: Work, beside: Neighbour, admitted: Admitted, edition: Edition) -> Result:
    loaded = beside.loaded
    kept = loaded.state
    work.append(
        loaded.id,
        *moved(work, kept, admitted, lane=kept.lane, reason=MERGED, consent="", accessories=(), edition=edition),
    )
    reserved = adjust_voucher(work, loaded.id, kept, admitted.quote.total_fen)
    return Result(
        loaded.id,
        {
            "state": "confirmed",
            "merged_into": str(loaded.id),
            "lane": kept.lane,
            "external": kept.external,
            "quote_fen": admitted.quote.total_fen,
            "voucher_reserved_fen": reserved,
        },
    )
