# SPDX-License-Identifier: Apache-2.0
"""Whom a request needs: the published chain, and the leader of its group (practice; ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.reservations.judged_events import AskedApproval
from domain.reservations.rules.group import leader_steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.house_rules import ApprovalStep
    from domain.reservations.admission import Admitted
    from domain.reservations.facts import Asker, LeaderDemand
    from domain.reservations.reservation import Reservation

MANAGER: Literal["instrument_manager"] = "instrument_manager"


def asked_approvals(admitted: Admitted, *, manual: bool) -> tuple[AskedApproval, ...]:
    """Whom the request needs, in order: the published chain, and the leader of its group where they demand it.

    Leaders are not asked about their own requests, nor the staff about those it makes itself. Where nobody is left to
    be asked, the terms of opening alone decide; where they confirm by hand (`manual`), a chain ends with the staff.
    """
    published = list(_published(admitted))
    chain = [asked for step in published if (asked := _by_leader(admitted, step) or _by_staff(admitted, step))]
    if not leader_steps(published) and (asked := _by_leader(admitted)):
        chain.insert(0, asked)
    of_staff = any(asked.approver == MANAGER for asked in chain)
    if chain and manual and not of_staff and not admitted.asker.staff:
        chain.append(AskedApproval(approver=MANAGER))
    return tuple(chain)


def asked_again(reservation: Reservation, admitted: Admitted, *, manual: bool) -> tuple[AskedApproval, ...]:
    """Whom a move needs: the whole chain where it makes the use longer or dearer, otherwise nobody."""
    longer = admitted.wish.span.minutes > reservation.span.minutes
    dearer = admitted.quote.total_fen > reservation.quote.total_fen
    return asked_approvals(admitted, manual=manual) if longer or dearer else ()


def _published(admitted: Admitted) -> Iterable[ApprovalStep]:
    """The steps of the house rules from which the request is not exempt by a tag or by its price."""
    house, tags = admitted.offer.house, admitted.asker.conduct.tags
    for step in (house.rules.approval or ()) if house else ():
        exempt_price = step.exempt_up_to_fen is not None and admitted.quote.total_fen <= step.exempt_up_to_fen
        if not exempt_price and not tags & set(step.exempt_tags):
            yield step


def _by_staff(admitted: Admitted, step: ApprovalStep) -> AskedApproval | None:
    if step.approver != MANAGER or admitted.asker.staff:
        return None
    return AskedApproval(approver=MANAGER, limit_hours=step.limit_hours, on_time_out=step.on_time_out)


def _by_leader(admitted: Admitted, step: ApprovalStep | None = None) -> AskedApproval | None:
    if step is not None and step.approver == MANAGER:
        return None
    return leader_asked(admitted.asker, step, fee_fen=admitted.quote.total_fen)


def leader_asked(asker: Asker, step: ApprovalStep | None, *, fee_fen: int | None) -> AskedApproval | None:
    """The leader is asked once, whether the unit, the leader or both want it: then by the stricter of each term.

    `step` is what the unit has published, `fee_fen` None where no price is known yet: then none is exempt.
    """
    group = asker.group
    if group is None or group.leader == asker.user:
        return None
    own = _demanded(group.demand, fee_fen)
    asked = [each for each in (step, own) if each is not None]
    if not asked:
        return None
    strict = any(each.on_time_out == "reject" for each in asked)
    return AskedApproval(
        approver="group_leader",
        user=group.leader,
        limit_hours=min((each.limit_hours for each in asked if each.limit_hours), default=None),
        on_time_out="reject" if strict else "approve",
    )


def _demanded(demand: LeaderDemand | None, fee_fen: int | None) -> LeaderDemand | None:
    """What the leader demands of a request at this price; one up to the exempt amount needs nothing."""
    exempt = demand.exempt_up_to_fen if demand else None
    return None if exempt is not None and fee_fen is not None and fee_fen <= exempt else demand
