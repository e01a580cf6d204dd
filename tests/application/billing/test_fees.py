# SPDX-License-Identifier: Apache-2.0
"""From a request under a full fee standard to what is charged, on the real database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.billing.accept_service import AcceptService
from application.billing.adjust_charge import AdjustCharge
from application.billing.decide_adjustment import DecideAdjustment
from application.billing.deliver_service import DeliverService
from application.billing.invoice_fee import InvoiceFee
from application.billing.request_rework import RequestRework
from application.billing.void_invoice import VoidInvoice
from application.command import Result
from application.errors import NotPermitted
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.correct_usage import CorrectUsage
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from application.reservations.transfer_reservation import TransferReservation
from application.standing.give_tag import GiveTag
from application.standing.take_tag import TakeTag
from domain.billing.events import BillLine
from domain.billing.order import Order
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import TimeBand
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.parties.events import UserRegistered
from domain.resources.events import TariffPublished
from domain.resources.fee_events import FeeStandardPublished
from domain.resources.fee_standard import BandDiscount, DurationTier, FeePrice, FeeStandard, TagDiscount
from domain.resources.values import FeeLine, OpeningWindow
from domain.standing.events import StandingOpened, UseNoted
from domain.standing.ids import standing_id
from tests.application.reservations.province import Province, at, opening

LATE = TimeBand(name="late", weekdays=tuple(range(1, 8)), start_minute=960, end_minute=1440)
HALF = Decimal("0.5")


def price(price_fen: int, model: str = "used_time", kind: str = "machine_time", **more: Any) -> FeePrice:  # noqa: ANN401
    stated = {"user_kind": "enterprise", "kind": kind, "model": model, "price_fen": price_fen}
    return FeePrice.model_validate(stated | more)


FULL = FeeStandard(
    lines=(
        price(30_000),
        price(5_000, "start_up", "start_up"),
        price(1_500, "per_item", "consumables", item="grid"),
        price(9_000, "per_item", "consumables", item="tip"),
    ),
    bands=(LATE,),
    tag_discounts=(TagDiscount(tag="partner", rate=HALF),),
    band_discounts=(BandDiscount(band="late", rate=HALF),),
    second_person_above_fen=10_000,
)


def standard(full: FeeStandard = FULL, version: int = 2, since: date = date(2026, 3, 1)) -> FeeStandardPublished:
    return FeeStandardPublished(tariff_version=version, effective_from=since, standard=full, cost_sheet_version=None)


@dataclass
class Laboratory:
    """The province with a full fee standard from the first of March on."""

    province: Province
    contract: UUID

    def booked(self, span: Span, **wish: Any) -> UUID:  # noqa: ANN401 - any wish
        asked = self.province.ask(span=span, contract_id=self.contract, **wish)
        self.province.do(ConfirmReservation(reservation_id=asked.id), self.province.manager)
        return asked.id

    def used(self, reservation: UUID, start: datetime, end: datetime, **record: Any) -> UUID:  # noqa: ANN401
        """Use it and return its order."""
        manager = self.province.manager
        self.province.do(StartUsage(reservation_id=reservation, started_at=start), manager, end)
        done = self.province.do(CompleteUsage(reservation_id=reservation, ended_at=end, **record), manager, end)
        return UUID(str(done.data["order_id"]))

    def order(self, order: UUID) -> Order:
        found = self.province.state(order)
        assert isinstance(found, Order)
        return found

    def accept(self, order: UUID) -> None:
        self.province.do(AcceptService(order_id=order), self.province.customer)

    def adjust(self, order: UUID, actor: Actor | None = None, **what: Any) -> Result:  # noqa: ANN401 - any command
        command = AdjustCharge(order_id=order, reason="数据不完整", **what)
        return self.province.do(command, actor or self.province.manager)

    @property
    def second(self) -> Actor:
        """A colleague of the manager."""
        manager = self.province.manager
        return Actor(user=UUID(int=77), role=manager.role, organisation=manager.organisation, unit=manager.unit)


@pytest.fixture
def laboratory(province: Province) -> Laboratory:
    province.add(province.resource, standard())
    return Laboratory(province, province.contract().id)


def span(start: int, end: int, day: int = 3) -> Span:
    return Span(start=at(start, day=day), end=at(end, day=day))


def test_tags_bands_and_items_of_the_request_are_pinned_and_charged(laboratory: Laboratory) -> None:
    province = laboratory.province
    tag = GiveTag(user=province.client, unit=province.unit, tag="partner", reason="合作单位")
    province.do(tag, province.manager)
    reservation = laboratory.booked(span(15, 17), items={"grid": 2}, fund_card="FC-2026-17")
    state = province.state(reservation)
    assert state.quote.total_fen == 15_000 + 7_500 + 5_000 + 3_000
    assert state.judged.price.tags == ("partner",)
    order = laboratory.order(laboratory.used(reservation, at(15), at(17)))
    assert [line.amount_fen for line in order.lines] == [15_000, 7_500, 5_000, 3_000]
    assert order.priced is not None
    assert (order.priced.fund_card, order.priced.project_type) == ("FC-2026-17", "research")


def test_a_move_pins_what_the_price_depends_on_then(laboratory: Laboratory) -> None:
    """A tag taken away before a move lowers neither the new quote nor the charge."""
    province = laboratory.province
    about: dict[str, Any] = {"user": province.client, "unit": province.unit, "tag": "partner"}
    province.do(GiveTag(**about, reason="合作单位"), province.manager)
    reservation = laboratory.booked(span(9, 11))
    assert province.state(reservation).quote.total_fen == 35_000
    province.do(TakeTag(**about, reason="合作结束"), province.manager)
    move = RescheduleReservation(reservation_id=reservation, span=span(12, 14), reason="改期", consent="电话确认")
    province.do(move, province.manager)
    assert (province.state(reservation).quote.total_fen, province.state(reservation).judged.price.tags) == (65_000, ())
    assert laboratory.order(laboratory.used(reservation, at(12), at(14))).amount_fen == 65_000


def test_a_transfer_pins_what_the_price_of_the_new_user_depends_on(laboratory: Laboratory) -> None:
    province, other = laboratory.province, uuid4()
    province.add(province.resource, opening(2, confirmation="automatic"))
    tag = GiveTag(user=province.client, unit=province.unit, tag="partner", reason="合作单位")
    province.do(tag, province.manager)
    province.seed(
        other,
        UserRegistered(name=Personal.of(other, "示例用户"), user_kind="enterprise", legal_person=province.enterprise),
    )
    reservation = province.ask(span=span(9, 11), contract_id=laboratory.contract).id
    pass_on = TransferReservation(reservation_id=reservation, to_user=other, reason="出差", accepted_quote_fen=65_000)
    province.do(pass_on, province.customer)
    assert province.state(reservation).judged.price.tags == ()


def test_hours_of_this_year_give_no_discount_on_a_use_of_the_next(laboratory: Laboratory) -> None:
    tiers = (DurationTier(from_hours=0, until_hours=10, rate=Decimal(1)), DurationTier(from_hours=10, rate=HALF))
    province = laboratory.province
    province.add(province.resource, standard(FULL.model_copy(update={"lines": (price(30_000),), "tiers": tiers}), 3))
    opened = StandingOpened(unit=province.unit, user=province.client)
    use = {"resource": province.resource, "ended_at": at(9, day=1), "minutes": 600, "feedback_owed": False}
    noted = UseNoted.model_validate({"reservation": uuid4(), **use})
    province.seed(standing_id(province.unit, province.client), opened, noted)
    assert province.ask(span=span(9, 10)).data["quote_fen"] == 15_000
    january = datetime(2027, 1, 5, 1, tzinfo=UTC)
    later = province.ask(span=Span(start=january, end=january + timedelta(hours=1)))
    assert later.data["quote_fen"] == 30_000


def test_a_request_that_needs_nothing_of_it_writes_no_event_beside_it(laboratory: Laboratory) -> None:
    reservation = laboratory.booked(span(9, 11))
    assert laboratory.province.types(reservation) == ["ReservationRequested", "ReservationConfirmed"]


def test_items_really_consumed_are_charged_not_those_asked_for(laboratory: Laboratory) -> None:
    reservation = laboratory.booked(span(9, 10), items={"grid": 5})
    order = laboratory.order(laboratory.used(reservation, at(9), at(10), items={"grid": 1, "tip": 1}))
    assert [line.amount_fen for line in order.lines] == [30_000, 5_000, 1_500, 9_000]
    none = laboratory.booked(span(12, 13), items={"grid": 5})
    assert laboratory.order(laboratory.used(none, at(12), at(13), items={})).amount_fen == 35_000


def test_an_item_without_a_price_is_refused_at_the_request_and_at_the_end(laboratory: Laboratory) -> None:
    with pytest.raises(DomainError) as refused:
        laboratory.booked(span(9, 10), items={"gold": 1})
    assert refused.value.codes == ("resources.no_price_for_item",)
    reservation = laboratory.booked(span(9, 10))
    with pytest.raises(DomainError) as refused:
        laboratory.used(reservation, at(9), at(10), items={"gold": 1})
    assert refused.value.codes == ("resources.no_price_for_item",)


def test_the_lower_of_the_quoted_and_the_version_of_the_day_of_use_is_charged(laboratory: Laboratory) -> None:
    """Ruling 8.2, with two full fee standards; each is priced for what was really used."""
    reservation = laboratory.booked(span(9, 11))
    dearer = FULL.model_copy(update={"lines": (price(40_000), price(1_000, "start_up", "start_up"))})
    laboratory.province.add(laboratory.province.resource, standard(dearer, 3, date(2026, 3, 3)))
    order = laboratory.order(laboratory.used(reservation, at(9), at(10)))
    assert order.amount_fen == 35_000  # 41,000 by version 3
    assert order.delivery is not None
    assert sum(line.amount_fen for line in order.lines if line.kind == "start_up") <= 1_000, "JS-21.1, line by line"
    second = laboratory.booked(span(12, 14))
    cheaper = FULL.model_copy(update={"lines": (price(10_000),)})
    laboratory.province.add(laboratory.province.resource, standard(cheaper, 4, date(2026, 3, 3)))
    after = laboratory.order(laboratory.used(second, at(12), at(14)))
    assert (after.amount_fen, after.delivery.tariff_version if after.delivery else None) == (20_000, 4)


def test_booked_time_is_charged_less_what_another_users_overrun_took(laboratory: Laboratory) -> None:
    """Needs 8: another user's overrun is never on the bill."""
    booked = FULL.model_copy(update={"lines": (price(30_000, "booked_time"),)})
    laboratory.province.add(laboratory.province.resource, standard(booked, 3))
    late = laboratory.booked(span(9, 11))
    order = laboratory.used(late, at(9, 30), at(11), lost_minutes=30)
    assert laboratory.order(order).amount_fen == 45_000
    whole = laboratory.booked(span(12, 14))
    assert laboratory.order(laboratory.used(whole, at(12), at(13))).amount_fen == 60_000
    with pytest.raises(DomainError) as refused:
        laboratory.used(laboratory.booked(span(14, 15)), at(14), at(15), lost_minutes=61)
    assert refused.value.codes == ("reservations.lost_more_than_booked",)


def test_set_up_and_clean_down_are_never_charged(laboratory: Laboratory) -> None:
    """Needs 8: preheating and cooling are held, not billed, also where the record of use covers them."""
    laboratory.province.add(laboratory.province.resource, opening(2, setup_minutes=30, cleanup_minutes=30))
    reservation = laboratory.booked(span(9, 11))
    assert laboratory.province.state(reservation).quote.total_fen == 65_000
    order = laboratory.order(laboratory.used(reservation, at(8, 30), at(11, 30)))
    assert (order.used_minutes, order.amount_fen) == (120, 65_000)


@pytest.mark.parametrize("plain", [False, True])
def test_a_use_over_the_end_of_a_month_is_billed_by_month(laboratory: Laboratory, *, plain: bool) -> None:
    """Needs 14. The sum stays what it was, by plain and by full fee standards."""
    always = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))
    line = FeeLine(user_kind="enterprise", kind="machine_time", unit="hour", price_fen=30_001)
    since = date(2026, 3, 1)
    priced = TariffPublished(tariff_version=3, effective_from=since, lines=(line,), cost_sheet_version=None)
    full = standard(FULL.model_copy(update={"lines": (price(30_001),), "band_discounts": ()}), 3)
    windows = opening(2).model_copy(update={"windows": always})
    laboratory.province.add(laboratory.province.resource, windows, priced if plain else full)
    over = Span(start=at(22, 30, day=31), end=at(22, 30, day=31) + timedelta(hours=2))
    order = laboratory.order(laboratory.used(laboratory.booked(over), over.start, over.end))
    months = [(line.description, str(line.quantity), line.amount_fen) for line in order.lines]
    assert months == [("2026-03", "1.5000", 45_002), ("2026-04", "0.5000", 15_000)]
    assert order.amount_fen == 60_002


def test_a_corrected_record_is_charged_anew_while_it_is_not_billed(laboratory: Laboratory) -> None:
    reservation = laboratory.booked(span(9, 11))
    order = laboratory.used(reservation, at(9), at(11))
    laboratory.accept(order)

    def correct(hour: int) -> Result:
        command = CorrectUsage(reservation_id=reservation, started_at=at(9), ended_at=at(hour), reason="按设备日志更正")
        return laboratory.province.do(command, laboratory.province.manager, at(18))

    cheaper = correct(10)
    assert (cheaper.data["order_id"], cheaper.data["order_state"]) == (str(order), "accepted")
    assert laboratory.order(order).amount_fen == 35_000
    assert correct(12).data["order_state"] == "delivered", "a dearer charge is accepted again"
    assert laboratory.order(order).amount_fen == 95_000
    laboratory.accept(order)
    laboratory.province.do(InvoiceFee(order_id=order), laboratory.province.manager, at(18))
    assert correct(10).data["order_state"] == "invoiced"
    assert laboratory.order(order).amount_fen == 95_000


def test_rework_keeps_what_the_price_depends_on(laboratory: Laboratory) -> None:
    reservation = laboratory.booked(span(15, 17))
    order = laboratory.used(reservation, at(15), at(17))
    laboratory.province.do(RequestRework(order_id=order, reason="机时不符"), laboratory.province.customer)
    again = laboratory.province.do(DeliverService(order_id=order, used_minutes=90), laboratory.province.manager)
    assert again.data["amount_fen"] == 30_000 + 7_500 + 5_000


def test_the_unit_charges_less_with_a_reason_and_takes_it_back(laboratory: Laboratory) -> None:
    order = laboratory.used(laboratory.booked(span(9, 10)), at(9), at(10))
    assert laboratory.adjust(order, amount_fen=25_001).data["amount_fen"] == 25_001
    assert [line.amount_fen for line in laboratory.order(order).lines] == [21_429, 3_572]
    assert laboratory.adjust(order).data["amount_fen"] == 35_000
    with pytest.raises(DomainError) as refused:
        laboratory.adjust(order, amount_fen=35_001)
    assert set(refused.value.codes) == {"billing.line_exceeds_tariff", "billing.exceeds_charge"}
    line = BillLine(kind="profit", quantity=Decimal(1), unit="use", unit_price_fen=1, amount_fen=1)
    with pytest.raises(DomainError) as refused:
        laboratory.adjust(order, lines=(line,))
    assert refused.value.codes == ("billing.line_exceeds_tariff",)
    with pytest.raises(NotPermitted):
        laboratory.adjust(order, Actor(user=UUID(int=5), role=Role.MANAGING_UNIT, unit=UUID(int=6)), amount_fen=1)


def test_a_large_reduction_needs_a_second_person_and_a_bill_is_no_way_around(laboratory: Laboratory) -> None:
    order = laboratory.used(laboratory.booked(span(9, 10)), at(9), at(10))
    laboratory.accept(order)
    proposed = laboratory.adjust(order, amount_fen=24_999)
    assert (proposed.data["proposed"], proposed.data["amount_fen"]) == (True, 35_000)
    agree = DecideAdjustment(order_id=order, approved=True, reason="情况属实")
    with pytest.raises(DomainError) as refused:
        laboratory.province.do(agree, laboratory.province.manager)
    assert refused.value.codes == ("billing.same_person",)
    lower = tuple(line.model_copy(update={"amount_fen": 0}) for line in laboratory.order(order).lines)
    with pytest.raises(DomainError) as refused:
        laboratory.province.do(InvoiceFee(order_id=order, lines=lower), laboratory.province.manager)
    assert refused.value.codes == ("billing.second_person_needed",)
    decline = DecideAdjustment(order_id=order, approved=False, reason="理由不足")
    assert laboratory.province.do(decline, laboratory.second).data["amount_fen"] == 35_000
    with pytest.raises(DomainError) as refused:
        laboratory.province.do(agree, laboratory.second)
    assert refused.value.codes == ("billing.no_adjustment_proposed",)
    laboratory.adjust(order, amount_fen=24_999)
    assert laboratory.province.do(agree, laboratory.second).data["amount_fen"] == 24_999
    billed = laboratory.province.do(InvoiceFee(order_id=order), laboratory.province.manager)
    assert billed.data["amount_fen"] == 24_999
    laboratory.province.do(VoidInvoice(order_id=order, reason="信息有误"), laboratory.province.manager)
    assert laboratory.order(order).amount_fen == 24_999, "what was agreed outlives a voided bill"
