# SPDX-License-Identifier: Apache-2.0
"""The fund card at several moments: with the request, at the end of use, with the feedback, at the confirmation."""

from typing import Any
from uuid import UUID

import pytest

from application.billing.accept_service import AcceptService
from application.billing.invoice_fee import InvoiceFee
from application.command import Command
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.correct_usage import CorrectUsage
from application.standing.give_feedback import GiveFeedback
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from projections.receivables import receivable
from tests.application.billing.test_fees import Laboratory, laboratory, span
from tests.application.reservations.house import publish_for_unit
from tests.application.reservations.province import Province, at, province
from tests.application.standing.town import tick

__all__ = ["laboratory", "province"]
CARD = "NSFC-2026-1"


def used(laboratory: Laboratory, card: str | None = None, **record: Any) -> tuple[UUID, UUID]:  # noqa: ANN401
    reservation = laboratory.booked(span(9, 11), **({"fund_card": card} if card else {}))
    return reservation, laboratory.used(reservation, at(9), at(11), **record)


def card_of(laboratory: Laboratory, order: UUID) -> tuple[str | None, str | None]:
    """As the log says, and as the list of orders shows."""
    home = laboratory.province.home
    tick(laboratory.province, at(12))
    with home.database.reading() as cursor:
        row = receivable(cursor, order)
    assert row is not None
    return laboratory.order(order).fund_card, row["fund_card"]


def test_it_may_be_named_at_the_end_of_use(laboratory: Laboratory) -> None:
    _, order = used(laboratory, fund_card=CARD)
    assert card_of(laboratory, order) == (CARD, CARD)


@pytest.mark.parametrize("before", [None, "FC-1", CARD])
def test_it_may_be_named_or_changed_with_the_confirmation(laboratory: Laboratory, before: str | None) -> None:
    _, order = used(laboratory, before)
    laboratory.province.do(AcceptService(order_id=order, fund_card=CARD), laboratory.province.customer)
    assert card_of(laboratory, order) == (CARD, CARD)
    assert ("FundCardNamed" in laboratory.province.types(order)) == (before != CARD)


def test_it_may_be_named_with_the_feedback_until_there_is_a_bill(laboratory: Laboratory) -> None:
    province = laboratory.province
    publish_for_unit(province, feedback={"block_after_hours": 24})
    reservation, order = used(laboratory)
    feedback: Command = GiveFeedback(reservation_id=reservation, fund_card=CARD)
    province.do(feedback, province.customer, at(12))
    assert card_of(laboratory, order) == (CARD, CARD)
    other = laboratory.booked(span(13, 14))
    billed = laboratory.used(other, at(13), at(14))
    laboratory.accept(billed)
    province.do(InvoiceFee(order_id=billed), province.manager)
    with pytest.raises(DomainError) as refused:
        province.do(GiveFeedback(reservation_id=other, fund_card=CARD), province.customer, at(15))
    assert refused.value.codes == ("billing.wrong_state",)


def test_a_corrected_record_of_use_keeps_the_card_named_since(laboratory: Laboratory) -> None:
    province = laboratory.province
    reservation, order = used(laboratory, "FC-1", fund_card=CARD)
    second = Actor(user=UUID(int=9), role=Role.MANAGING_UNIT, organisation=province.university, unit=province.unit)
    corrected = CorrectUsage(reservation_id=reservation, started_at=at(9), ended_at=at(10), reason="按日志更正")
    province.do(corrected, second, at(12))
    assert card_of(laboratory, order) == (CARD, CARD)


def test_a_use_that_costs_nothing_has_nothing_to_charge(province: Province) -> None:
    bare = Laboratory(province, province.contract().id)
    reservation = province.ask(province.colleague, span=span(9, 11)).id
    province.do(ConfirmReservation(reservation_id=reservation), province.manager)
    with pytest.raises(DomainError) as refused:
        bare.used(reservation, at(9), at(11), fund_card=CARD)
    assert "billing.nothing_for_fund_card" in refused.value.codes
