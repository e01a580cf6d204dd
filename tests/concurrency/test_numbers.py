# SPDX-License-Identifier: Apache-2.0
"""Eight writers at once number documents of one series; no number is missing, and none stands twice."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import uuid4

from application.billing.accept_service import AcceptService
from application.billing.invoice_fee import InvoiceFee
from application.bus import Request
from tests.application.reservations.province import at
from tests.application.vouchers.treasury import Treasury
from tests.concurrency.crowd import Rush, rush

WRITERS, EACH = 8, 6


def in_turn(attempts: Sequence[Callable[[], str]]) -> Rush[list[str]]:
    """The attempts dealt out to the writers, who make them one after another."""
    return rush([partial(_one_after_another, attempts[place::WRITERS]) for place in range(WRITERS)])


def _one_after_another(attempts: Sequence[Callable[[], str]]) -> list[str]:
    return [attempt() for attempt in attempts]


def test_contracts_drafted_at_once_are_numbered_without_gaps(treasury: Treasury) -> None:
    draft = partial(treasury.province.contract, signatures=0)
    outcome = in_turn([lambda: str(draft().data["number"])] * (WRITERS * EACH))
    print(f"\ncontracts: {outcome}")  # noqa: T201 - shown with -s
    assert not outcome.refused
    numbers = sorted(number for each in outcome.results for number in each)
    assert numbers == [f"HT-JS-U01-2026-{serial:06d}" for serial in range(1, WRITERS * EACH + 1)]


def test_bills_issued_at_once_are_numbered_without_gaps(treasury: Treasury) -> None:
    """Also where each clerk states the version of the order: only the series is fought for."""
    home = treasury.province
    orders = [treasury.order(day=day) for day in range(3, 19)]
    accepted = [treasury.do(AcceptService(order_id=order), home.customer, day=20) for order in orders]
    bills = [partial(_billed, treasury, InvoiceFee(order_id=order.id), order.version) for order in accepted]
    outcome = in_turn(bills)
    print(f"\nbills: {outcome}")  # noqa: T201 - shown with -s
    assert not outcome.refused
    numbers = sorted(number for each in outcome.results for number in each)
    assert numbers == [f"BILL-12320000000000001A-2026-{serial:06d}" for serial in range(1, len(orders) + 1)]


def _billed(treasury: Treasury, bill: InvoiceFee, version: int) -> str:
    key = uuid4()
    request = Request(bill, treasury.clerk, key, key, expected_version=version, occurred_at=at(12, day=20))
    return str(treasury.province.home.bus.execute(request).data["bill_number"])
