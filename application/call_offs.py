# SPDX-License-Identifier: Apache-2.0
"""Call-offs and the uses under them, for contracts, reservations and billing alike (JS 18, A32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.order import ORDER
from domain.contracts import calling_off, using_call_off
from domain.contracts.call_off import CALL_OFF
from domain.contracts.calling_off import Order
from domain.contracts.claims import (
    FROM,
    ORDERED,
    RUNNING_CAP,
    UNTIL,
    USED,
    call_off_series,
    ceiling_account,
    running_account,
)
from domain.contracts.contract import CONTRACT
from domain.contracts.using_call_off import Outcome, Use
from domain.kernel.errors import refusal
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.contracts.call_off import CallOff
    from domain.contracts.contract import Contract
    from domain.contracts.events import Side
    from domain.reservations.reservation import Reservation

CLOSED = ("settled", "refunded", "voided")
"""States of an order in which nothing is owed any more."""
OVER = ("completed", "aborted")


def left_of(work: Work, contract_id: UUID, contract: Contract) -> int | None:
    """What a framework's ceiling leaves, by today's terms; None where it names none."""
    if contract.terms.ceiling_fen is None:
        return None
    account = ceiling_account(contract_id)
    return contract.terms.ceiling_fen - work.claims.used([account]).get(account, 0)


def running_under(work: Work, contract_id: UUID) -> int:
    """How many call-offs of a framework are neither settled nor cancelled."""
    account = running_account(contract_id)
    return min(work.claims.used([account]).get(account, 0), RUNNING_CAP)


def call_offs_running(work: Work, contract_id: UUID) -> list[Loaded[CallOff]]:
    """The call-offs of a framework that are neither settled nor cancelled."""
    return [work.load(CALL_OFF, each) for each in work.claims.holders(contract_id, FROM, UNTIL)]


def place(work: Work, framework: Loaded[Contract], order: Order, *, by: Side, opened_by_use: bool = False) -> UUID:
    """Place a call-off with the next number of its framework; return its id.

    One that a use opens is of the day of the use, also where that is entered later.
    """
    series = call_off_series(framework.state.number)
    call_off = work.new_id()
    decided = calling_off.place(
        framework.state,
        framework.id,
        order,
        number=document_number(series, work.claims.last_number(series)),
        by=by,
        left_fen=left_of(work, framework.id, framework.state),
        today=order.valid_from if opened_by_use else local_date(work.now),
        opened_by_use=opened_by_use,
        edition=work.edition(),
    )
    work.append(call_off, *decided)
    return call_off


def ordered_under(work: Work, call_off_id: UUID | None) -> UUID | None:
    """The framework of a call-off. Raises `NotFound`."""
    return None if call_off_id is None else work.load(CALL_OFF, call_off_id).state.contract


def begin_under(
    work: Work,
    contract_id: UUID,
    call_off_id: UUID | None,
    begun: Loaded[Reservation],
    started_at: datetime,
) -> UUID | None:
    """Note a use that begins under a framework with the call-off it names, or was ordered with, or opens.

    Where the framework names no ceiling there is nothing to hold, and a use without a call-off counts as its own
    (A32). Raises `contracts.call_off_of_another_contract` and what `place` and `use` refuse.
    """
    framework, use = work.load(CONTRACT, contract_id), _use_of(begun, started_at)
    if call_off_id is None and not framework.state.terms.framework:
        return None
    found = call_off_id or work.claims.owner(ORDERED, str(begun.id))
    if found is None:
        if framework.state.terms.ceiling_fen is None:
            return None
        order = Order(
            resource=use.resource,
            reservation=begun.id,
            ceiling_fen=use.quoted_fen,
            valid_from=use.on,
            valid_until=use.on,
        )
        found = place(work, framework, order, by="user", opened_by_use=True)
    call_off = work.load(CALL_OFF, found)
    if call_off.state.contract != contract_id:
        raise refusal("contracts.call_off_of_another_contract", field="call_off_id", number=call_off.state.number)
    work.append(call_off.id, *using_call_off.use(call_off.state, use, edition=work.edition(use.on)))
    return call_off.id


def _use_of(begun: Loaded[Reservation], started_at: datetime) -> Use:
    reservation = begun.state
    return Use(
        reservation=begun.id,
        resource=reservation.resource,
        on=local_date(started_at),
        minutes=reservation.span.minutes,
        samples=reservation.samples,
        quoted_fen=reservation.quote.total_fen,
    )


def outcome_of(work: Work, reservation_id: UUID) -> Outcome:
    """Whether a use is over and its order, if it has one, closed, and what was charged less what went back."""
    use = work.load(RESERVATION, reservation_id).state
    order_id = work.claims.owner("order.reservation", f"service:{reservation_id}")
    if order_id is None:
        return Outcome(reservation_id, use.state in OVER, 0)
    order = work.load(ORDER, order_id).state
    charged = 0 if order.state == "voided" else order.net_fen
    return Outcome(reservation_id, order.state in CLOSED, charged)


def settle_with_order(work: Work, reservation_id: UUID) -> None:
    """Settle the call-off of one reservation as soon as the order of that use is closed.

    One that orders a quantity stays open for further uses; one that cost more than the framework leaves waits for an
    amendment, and never holds up the order itself.
    """
    found = work.claims.owner(USED, str(reservation_id))
    if found is None:
        return
    loaded = work.load(CALL_OFF, found)
    call_off, outcome = loaded.state, outcome_of(work, reservation_id)
    if call_off.state != "placed" or call_off.reservation is None or not outcome.closed:
        return
    contract = work.load(CONTRACT, call_off.contract).state
    left = left_of(work, call_off.contract, contract)
    if left is None or outcome.charged_fen - call_off.ceiling_fen <= left:
        work.append(loaded.id, *using_call_off.settle(call_off, contract, [outcome], left_fen=left))
