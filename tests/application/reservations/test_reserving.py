# SPDX-License-Identifier: Apache-2.0
from datetime import date
from uuid import uuid4

import pytest

from application.errors import NotPermitted, SlotTaken
from application.reservations.answer_reservation import AnswerReservation
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.expire_reservation import ExpireReservation
from application.reservations.reject_reservation import RejectReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.resources.events import InternalBlockEntered, OpeningLimitPublished, OperationAuthorised
from tests.application.reservations.province import Province, at, opening, span


def test_a_request_is_priced_held_and_confirmed(province: Province) -> None:
    asked = province.ask()
    assert asked.data == {
        "state": "requested",
        "lane": 1,
        "external": True,
        "quote_fen": 60_000,
        "voucher_reserved_fen": 0,
    }
    province.do(AnswerReservation(reservation_id=asked.id, text="可以"), province.manager)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    assert province.types(asked.id) == ["ReservationRequested", "ReservationAnswered", "ReservationConfirmed"]


def test_a_request_holds_its_slot_and_half_open_neighbours_fit(province: Province) -> None:
    province.ask()
    with pytest.raises(SlotTaken) as taken:
        province.ask(province.individual, span=span(10, 12))
    assert taken.value.parameters["resource"] == str(province.resource)
    assert province.ask(province.individual, span=span(11, 12)).data["lane"] == 1


def test_JS_16_1_an_internal_block_is_not_overlapped(province: Province) -> None:
    block = InternalBlockEntered(block=uuid4(), span=span(9, 11), lanes=(1,), purpose="课题")
    province.add(province.resource, block)
    with pytest.raises(SlotTaken):
        province.ask(span=span(10, 12))
    province.ask(span=span(11, 12))


def test_JS_4_1_own_use_is_internal_and_priced_so(province: Province) -> None:
    asked = province.ask(province.colleague)
    assert (asked.data["external"], asked.data["quote_fen"]) == (False, 0)
    assert province.state(asked.id).quote.user_kind == "internal"
    outside = province.ask(province.individual, span=span(13, 14))
    assert outside.data["external"] is True


def test_published_terms_confirm_at_once(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask()
    assert (asked.data["state"], province.types(asked.id)) == (
        "confirmed",
        ["ReservationRequested", "ReservationConfirmed"],
    )


def test_lanes_are_filled_up_to_the_capacity(province: Province) -> None:
    province.add(province.resource, opening(2, capacity=2))
    assert [province.ask().data["lane"] for _ in range(2)] == [1, 2]
    with pytest.raises(SlotTaken):
        province.ask()


def test_all_broken_rules_come_back_at_once_and_nothing_is_held(province: Province) -> None:
    with pytest.raises(DomainError) as refused:
        province.ask(span={"start": at(6, 10), "end": at(6, 20)}, purpose="tourism")
    assert refused.value.codes == (
        "reservations.off_grid",
        "reservations.too_short",
        "reservations.outside_opening_hours",
        "reservations.purpose_not_served",
    )
    assert not province.home.claims.holders(province.resource, at(0), at(23))


def test_JS_14_1_a_limit_binds_from_its_publication_on(province: Province) -> None:
    asked = province.ask(province.individual)
    limit = OpeningLimitPublished(limit_version=1, excluded_user_kinds=("individual",), text="暂不向个人开放")
    province.add(province.resource, limit)
    with pytest.raises(DomainError) as refused:
        province.ask(province.individual, span=span(13, 14))
    assert refused.value.violations[0].parameters["limit"] == 1
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)


def test_a_user_asks_only_for_himself(province: Province) -> None:
    with pytest.raises(NotPermitted):
        province.ask(on_behalf_of=province.person)
    broker = Actor(user=uuid4(), role=Role.BROKER)
    asked = province.ask(broker, on_behalf_of=province.client)
    assert (province.state(asked.id).user, province.state(asked.id).requested_by) == (province.client, broker.user)


def test_who_speaks_for_another_organisation_is_refused(province: Province) -> None:
    with pytest.raises(DomainError) as refused:
        province.ask(province.customer.model_copy(update={"organisation": province.university}))
    assert refused.value.codes == ("reservations.user_of_another_organisation",)


def test_only_the_provider_answers(province: Province) -> None:
    asked = province.ask()
    rival = province.manager.model_copy(update={"unit": uuid4()})
    with pytest.raises(NotPermitted):
        province.do(ConfirmReservation(reservation_id=asked.id), rival)
    with pytest.raises(NotPermitted):
        province.do(ConfirmReservation(reservation_id=asked.id), province.customer)


def test_JS_23_1_an_operator_confirms_until_its_last_day(province: Province) -> None:
    agency = Actor(user=uuid4(), role=Role.OPERATOR, organisation=uuid4())
    assert agency.organisation is not None
    asked = province.ask(span=span(9, 11, day=5))
    authorised = OperationAuthorised(
        operator=agency.organisation, scope="预约", valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 3)
    )
    province.add(province.resource, authorised)
    with pytest.raises(NotPermitted):
        province.do(ConfirmReservation(reservation_id=asked.id), agency, at(0, day=4))
    province.do(ConfirmReservation(reservation_id=asked.id), agency, at(23, 59, 59, day=3))


def test_a_declined_or_cancelled_or_lapsed_request_frees_its_time(province: Province) -> None:
    reject = RejectReservation(reservation_id=province.ask().id, ground="own_needs", reason="课题使用")
    province.do(reject, province.manager)
    province.do(CancelReservation(reservation_id=province.ask().id, reason="延误"), province.customer)
    province.do(ExpireReservation(reservation_id=province.ask().id), province.system, at(9))
    assert not province.home.claims.holders(province.resource, at(0), at(23))


def test_strangers_do_not_cancel(province: Province) -> None:
    asked = province.ask()
    with pytest.raises(NotPermitted):
        province.do(CancelReservation(reservation_id=asked.id, reason="x"), province.individual)


def test_a_late_cancellation_is_charged_if_that_was_published(province: Province) -> None:
    limit = OpeningLimitPublished(limit_version=1, cancel_minutes_before=60, no_show_charge=True, text="提前1小时取消")
    province.add(province.resource, limit)
    for minute, charged in ((0, False), (1, True)):
        asked = province.ask()
        province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
        cancel = CancelReservation(reservation_id=asked.id, reason="延误")
        done = province.do(cancel, province.customer, at(8, minute))
        assert (done.data["late"], done.data["order_id"] is not None) == (charged, charged)
        if charged:
            order = province.home.claims.owner("order.reservation", f"late_cancel:{asked.id}")
            assert order is not None
            assert (province.state(order).kind, province.state(order).amount_fen) == ("late_cancel", 60_000)


def test_a_move_within_its_own_time_needs_consent_of_the_unit(province: Province) -> None:
    asked = province.ask()
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    move = RescheduleReservation(reservation_id=asked.id, span=span(10, 13), reason="样品未到")
    with pytest.raises(DomainError) as refused:
        province.do(move, province.customer)
    assert refused.value.codes == ("reservations.consent_missing",)
    moved = province.do(move.model_copy(update={"consent": "电话"}), province.customer)
    assert moved.data["quote_fen"] == 90_000
    assert province.home.claims.holders(province.resource, at(9), at(10)) == []
    province.ask(province.individual, span=span(9, 10))


def test_a_move_onto_somebody_elses_time_is_refused(province: Province) -> None:
    asked = province.ask()
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    province.ask(province.individual, span=span(12, 13))
    for wanted in (span(12, 14), span(10, 13)):
        move = RescheduleReservation(reservation_id=asked.id, span=wanted, reason="样品未到", consent="电话")
        with pytest.raises(SlotTaken):
            province.do(move, province.manager)
