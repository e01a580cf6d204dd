# SPDX-License-Identifier: Apache-2.0
"""What follows from a request that was judged: lanes, approvals, price, voucher, and what giving it up would cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from application.billing.pricing import charge_for
from application.reservations.facts import cancel_minutes_before
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.reservations.cancellation_cost import cancellation_costs
from domain.reservations.externality import price_kind
from domain.reservations.judged_events import AskedApproval, RequestJudged
from domain.reservations.judgement import price_facts
from domain.reservations.requesting import GRACE_MINUTES
from domain.reservations.rules.lead_time import lead_time
from domain.resources.explained import Use
from domain.resources.tariff import explain_quote
from domain.vouchers.carrying import carried
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from application.looking import Look
    from application.reservations.checking import Trial
    from domain.kernel.quote import Quote
    from domain.reservations.cancellation_cost import CancellationCost
    from domain.resources.explained import Explained
    from domain.vouchers.carrying import Carried

TakenBy = Literal["reservation", "own_reservation", "maintenance", "block", "closure"]


@dataclass(frozen=True)
class Lanes:
    """Of `capacity` lanes `left` are free for the whole time held; `taken_by` says by what, never by whom."""

    capacity: int
    left: int
    taken_by: tuple[TakenBy, ...]


@dataclass(frozen=True)
class Approval:
    """Who will be asked, and by when at the latest: each step may take its whole time."""

    asked: AskedApproval
    due: datetime | None


def lanes_of(trial: Trial) -> Lanes | None:
    """How many lanes are left over the time held, set-up and clean-down included; None outside opening hours."""
    opening = trial.offer.opening
    if opening is None or not opening.within_hours:
        return None
    held = trial.wish.span.widened(before_minutes=opening.setup_minutes, after_minutes=opening.cleanup_minutes)
    occupants = trial.claims.occupants(trial.resource_id, held.start, held.end)
    resource = trial.resource
    kinds: dict[UUID, TakenBy] = {holder: "maintenance" for hold in resource.maintenances for holder in hold.holders}
    kinds |= {holder: "block" for hold in resource.blocks for holder in hold.holders}
    own = getattr(trial.command, "reservation_id", None)
    found: list[TakenBy] = [
        "own_reservation" if each.holder == own else kinds.get(each.holder, "reservation") for each in occupants
    ]
    shut = {each.lane for each in occupants if each.holder != own} | trial.offer.closed_lanes
    if trial.offer.closed or trial.offer.closed_lanes:
        found.append("closure")
    capacity = resource.capacity_on(local_date(trial.wish.span.start))
    left = 0 if trial.offer.closed else sum(lane not in shut for lane in range(1, capacity + 1))
    return Lanes(capacity, left, tuple(dict.fromkeys(found)))


def approvals_of(trial: Trial) -> tuple[Approval, ...]:
    """The approvals that the command would ask for; where it is refused, those published."""
    judged = next((event for event in trial.events() if isinstance(event, RequestJudged)), None)
    if trial.accepted:
        asked = judged.approvals if judged else ()
    else:
        steps = (trial.offer.house.rules.approval if trial.offer.house else None) or ()
        asked = tuple(
            AskedApproval(approver=each.approver, limit_hours=each.limit_hours, on_time_out=each.on_time_out)
            for each in steps
        )
    return tuple(_with_deadlines(asked, trial.tried.work.now))


def _with_deadlines(asked: Iterable[AskedApproval], now: datetime) -> Iterator[Approval]:
    due: datetime | None = now
    for each in asked:
        due = due + timedelta(hours=each.limit_hours) if due is not None and each.limit_hours is not None else None
        yield Approval(each, due)


def explained_price(trial: Trial) -> Explained | None:
    """The quote with its steps, by the version that the command would pin; None where there is no price."""
    tariff = trial.resource.tariff_on(local_date(trial.wish.span.start))
    if tariff is None:
        return None
    span = trial.wish.span
    facts = price_facts(trial.asker.conduct, trial.wish)
    use = Use(minutes=span.minutes, samples=trial.wish.samples, start=span.start, facts=facts)
    try:
        return explain_quote(tariff, price_kind(trial.asker.user_kind, external=trial.asker.external), use)
    except DomainError:
        return None


def vouchers_of(look: Look, trial: Trial, grants: Iterable[UUID], fee_fen: int) -> dict[UUID, Carried]:
    """What each voucher would carry of the fee, the one named with the request first. Raises `NotFound`.

    Of somebody else's voucher nothing is told but that it is not the user's.
    """
    work = look.work(trial.claims)
    named = [trial.wish.voucher_grant] if trial.wish.voucher_grant and trial.asker.owns_voucher else []
    found = {}
    for grant_id in dict.fromkeys([*named, *grants]):
        grant = work.load(GRANT, grant_id).state
        found[grant_id] = carried(
            grant,
            work.load(PROGRAMME, grant.programme).state,
            fee_fen=fee_fen,
            customer=trial.asker.customer,
            user=trial.asker.user,
            today=local_date(work.now),
            reservation=getattr(trial.command, "reservation_id", None),
        )
    return found


def cancellation_of(trial: Trial, quote: Quote) -> list[CancellationCost]:
    """What giving it up would cost at each moment, by the rules published now: those that will bind the request."""
    house, limit, resource = trial.offer.house, trial.offer.limit, trial.resource
    last_moment = lead_time(
        "cancel_minutes",
        resource=house.resource if house else None,
        unit=house.unit if house else None,
        tags=trial.asker.conduct.tags if house else (),
        opening_limit=cancel_minutes_before(resource, limit.version if limit else None),
    )
    span, facts = trial.wish.span, price_facts(trial.asker.conduct, trial.wish)
    reserved = Use(
        minutes=span.minutes,
        samples=trial.wish.samples,
        start=span.start,
        facts=facts.model_copy(update={"items": {}}),
    )
    charged = limit is not None and limit.no_show_charge and quote.total_fen > 0
    return cancellation_costs(
        asked_at=trial.tried.work.now,
        start=span.start,
        last_moment=last_moment,
        grace_minutes=limit.grace_minutes if limit else GRACE_MINUTES,
        charged=charged,
        reserved_fen=charge_for(resource, local_date(span.start), quote, reserved).amount_fen if charged else 0,
    )
