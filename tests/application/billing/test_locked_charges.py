# SPDX-License-Identifier: Apache-2.0
"""Charges of a locked month on the real database: what would change them, who may all the same, and what stays open."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from application.billing.adjust_charge import AdjustCharge
from application.billing.decide_adjustment import DecideAdjustment
from application.billing.deliver_service import DeliverService
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.refund_fee import RefundFee
from application.billing.request_rework import RequestRework
from application.billing.void_invoice import VoidInvoice
from application.billing.void_service_order import VoidServiceOrder
from application.command import Command
from application.parties.lock_period import LockPeriod
from application.reservations.abort_usage import AbortUsage
from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.complete_usage import CompleteUsage
from application.reservations.record_no_show import RecordNoShow
from application.reservations.start_usage import StartUsage
from domain.billing.events import BillLine
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.personal import Personal
from domain.parties.events import UserRegistered
from domain.resources.events import OpeningLimitPublished
from projections.receivables import receivable
from tests.application.billing.test_fees import Laboratory, laboratory, span
from tests.application.reservations.lab import tick
from tests.application.reservations.province import Province, at

__all__ = ["laboratory"]
WHY = "审计更正"
NEXT = at(12, day=10)


@pytest.fixture
def head(province: Province) -> Actor:
    """The person who answers for the unit."""
    person = uuid4()
    named = Personal.of(person, "负责人")
    province.seed(person, UserRegistered(name=named, user_kind="university", legal_person=province.university))
    return Actor(user=person, role=Role.MANAGING_UNIT, organisation=province.university, unit=province.unit)


def lock(province: Province, head: Actor) -> None:
    """Lock up to and with the day of the uses."""
    province.do(
        LockPeriod(unit=province.unit, through=date(2026, 3, 3), head=head.user, reason="已上报"),
        province.manager,
        NEXT,
    )


def refused(province: Province, command: Command, actor: Actor | None = None) -> tuple[str, ...]:
    with pytest.raises(DomainError) as error:
        province.do(command, actor or province.manager, NEXT)
    return error.value.codes


def used(laboratory: Laboratory) -> UUID:
    return laboratory.used(laboratory.booked(span(9, 11)), at(9), at(11))


def billed(laboratory: Laboratory) -> UUID:
    order = used(laboratory)
    laboratory.accept(order)
    laboratory.province.do(InvoiceFee(order_id=order), laboratory.province.manager)
    return order


def proposed(laboratory: Laboratory) -> UUID:
    order = used(laboratory)
    laboratory.adjust(order, laboratory.second, amount_fen=1_000)
    return order


def sent_back(laboratory: Laboratory) -> UUID:
    order = used(laboratory)
    laboratory.province.do(RequestRework(order_id=order, reason="机时不符"), laboratory.province.customer)
    return order


def accepted(laboratory: Laboratory) -> UUID:
    order = used(laboratory)
    laboratory.accept(order)
    return order


LESS = (
    BillLine.model_validate(
        {"kind": "machine_time", "quantity": 2, "unit": "hour", "unit_price_fen": 28_000, "amount_fen": 56_000}
    ),
)
Made = Callable[[Laboratory], UUID]
Asked = Callable[[UUID, str | None], Command]
CHANGES: list[tuple[Made, Asked]] = [
    (used, lambda order, why: AdjustCharge(order_id=order, amount_fen=60_000, reason="r", lock_override=why)),
    (proposed, lambda order, why: DecideAdjustment(order_id=order, approved=True, reason="r", lock_override=why)),
    (billed, lambda order, why: VoidInvoice(order_id=order, reason="r", lock_override=why)),
    (sent_back, lambda order, why: DeliverService(order_id=order, used_minutes=60, lock_override=why)),
    (sent_back, lambda order, why: VoidServiceOrder(order_id=order, reason="r", lock_override=why)),
    (accepted, lambda order, why: InvoiceFee(order_id=order, lines=LESS, lock_override=why)),
]


@pytest.mark.parametrize(("made", "asked"), CHANGES)
def test_a_locked_charge_is_changed_by_nobody_but_the_head(
    laboratory: Laboratory, head: Actor, made: Made, asked: Asked
) -> None:
    province, order = laboratory.province, made(laboratory)
    lock(province, head)
    before = laboratory.order(order)
    assert refused(province, asked(order, WHY)) == ("billing.period_closed",)
    assert refused(province, asked(order, None), head) == ("billing.period_closed",)
    assert laboratory.order(order) == before
    province.do(asked(order, WHY), head, NEXT)
    assert "ChargeLockSetAside" in province.types(order)
    tick(province, NEXT)
    with province.home.database.reading() as cursor:
        row = receivable(cursor, order)
    assert row is not None
    assert (row["lock_set_aside"]["reason"], row["version"]) == (WHY, len(province.types(order)))


def test_what_changes_no_figure_of_the_month_stays_possible(laboratory: Laboratory, head: Actor) -> None:
    """Billing what was charged, being paid, and a refund dated after the lock: so a closed period is corrected."""
    province, order, declined = laboratory.province, accepted(laboratory), proposed_beside(laboratory)
    lock(province, head)
    for command in (
        InvoiceFee(order_id=order),
        ReceivePayment(order_id=order, amount_fen=65_000, bank_reference="B-1", received_on=date(2026, 3, 10)),
        RefundFee(order_id=order, reason="更正三月收费"),
    ):
        province.do(command, province.manager, NEXT)
    state = laboratory.order(order)
    assert (state.amount_fen, state.refunded_fen) == (65_000, 65_000)
    province.do(DecideAdjustment(order_id=declined, approved=False, reason="r"), province.manager, NEXT)


def proposed_beside(laboratory: Laboratory) -> UUID:
    order = laboratory.used(laboratory.booked(span(13, 14)), at(13), at(14))
    laboratory.adjust(order, laboratory.second, amount_fen=1_000)
    return order


def test_an_aborted_use_counts_on_the_day_it_began(laboratory: Laboratory, head: Actor) -> None:
    province, reservation = laboratory.province, laboratory.booked(span(9, 11))
    province.do(StartUsage(reservation_id=reservation, started_at=at(9)), province.manager, at(9))
    lock(province, head)
    stated = {"reservation_id": reservation, "ground": "fault", "reason": "停机", "used_minutes": 30}
    for more in ({}, {"ended_at": at(10)}):
        assert refused(province, AbortUsage.model_validate(stated | more)) == ("reservations.period_closed",)
    done = province.do(AbortUsage.model_validate(stated | {"lock_override": WHY}), head, NEXT)
    assert (done.data["used_minutes"], province.types(reservation)[-1]) == (30, "LockSetAside")


@pytest.mark.parametrize("ends", [AbortUsage, CompleteUsage])
def test_a_use_that_ends_as_it_is_ended_is_measured(
    laboratory: Laboratory, head: Actor, ends: type[AbortUsage | CompleteUsage]
) -> None:
    province, reservation = laboratory.province, laboratory.booked(span(9, 11))
    province.do(StartUsage(reservation_id=reservation, started_at=at(9)), province.manager, at(9))
    lock(province, head)
    more = {"ground": "fault", "reason": "停机"} if ends is AbortUsage else {}
    done = province.do(ends.model_validate({"reservation_id": reservation, **more}), province.manager, NEXT)
    assert done.data["state"] in ("aborted", "completed")


def test_a_no_show_with_a_locked_charge_is_annulled_by_the_head(province: Province, head: Actor) -> None:
    province.add(province.resource, OpeningLimitPublished(limit_version=1, no_show_charge=True, text="爽约计费"))
    laboratory = Laboratory(province, province.contract().id)
    reservation = laboratory.booked(span(9, 11))
    absent = province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    lock(province, head)
    annul = AnnulNoShow(reservation_id=reservation, reason="门禁记录")
    assert refused(province, annul) == ("billing.period_closed",)
    province.do(annul.model_copy(update={"lock_override": WHY}), head, NEXT)
    assert province.state(UUID(str(absent.data["order_id"]))).state == "voided"
