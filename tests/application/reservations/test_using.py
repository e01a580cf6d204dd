# SPDX-License-Identifier: Apache-2.0
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from application.command import Result
from application.errors import NotPermitted
from application.reservations.abort_usage import AbortUsage
from application.reservations.annul_no_show import AnnulNoShow
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.contest_no_show import ContestNoShow
from application.reservations.correct_usage import CorrectUsage
from application.reservations.rate_usage import RateUsage
from application.reservations.record_no_show import RecordNoShow
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.parties.events import UserQualified
from domain.resources.events import OpeningLimitPublished
from tests.application.reservations.province import Province, at, signing
from tests.application.standing.town import superior


def confirmed(province: Province, actor: Actor | None = None, contract_id: UUID | None = None) -> UUID:
    asked = province.ask(actor, contract_id=contract_id)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    return asked.id


def in_use(province: Province) -> tuple[UUID, Result]:
    contract = province.contract()
    reservation = confirmed(province, contract_id=contract.id)
    province.do(StartUsage(reservation_id=reservation), province.manager, at(9))
    return reservation, contract


def test_from_contract_through_use_to_an_order_and_a_rating(province: Province) -> None:
    reservation, contract = in_use(province)
    done = province.do(CompleteUsage(reservation_id=reservation, used_minutes=90, samples=2), province.manager, at(11))
    order = province.state(UUID(str(done.data["order_id"])))
    assert (order.kind, order.contract, order.external, order.amount_fen) == ("service", contract.id, True, 45_000)
    province.do(RateUsage(reservation_id=reservation, score=Decimal("4.5")), province.customer, at(12))
    with pytest.raises(NotPermitted):
        province.do(RateUsage(reservation_id=reservation, score=Decimal(1)), province.individual, at(12))
    assert province.state(reservation).rating == Decimal("4.5")


@pytest.mark.parametrize("signatures", [0, 1])
def test_JS_18_1_without_both_signatures_no_use(province: Province, signatures: int) -> None:
    contract = province.contract(signatures=signatures)
    reservation = confirmed(province, contract_id=contract.id)
    with pytest.raises(DomainError) as refused:
        province.do(StartUsage(reservation_id=reservation), province.manager, at(9))
    assert refused.value.codes == ("reservations.contract_not_in_force",)


def test_JS_18_1_use_begins_at_the_second_signature_and_not_a_second_before(province: Province) -> None:
    contract = province.contract(signatures=1)
    reservation = confirmed(province, contract_id=contract.id)
    province.do(signing(contract), province.customer, at(10))
    too_soon = StartUsage(reservation_id=reservation, started_at=at(9, 59, 59))
    with pytest.raises(DomainError):
        province.do(too_soon, province.manager, at(10, 5))
    start = StartUsage(reservation_id=reservation, started_at=at(10))
    province.do(start, province.manager, at(10, 5))
    assert province.state(reservation).started_at == at(10)


def test_own_use_needs_no_contract_and_makes_no_order_for_nothing(province: Province) -> None:
    reservation = confirmed(province, province.colleague)
    province.do(StartUsage(reservation_id=reservation), province.manager, at(9))
    done = province.do(CompleteUsage(reservation_id=reservation), province.manager, at(10))
    assert (done.data["used_minutes"], done.data["order_id"]) == (60, None)


def test_a_qualified_user_starts_alone_and_others_do_not(province: Province) -> None:
    reservation = confirmed(province, province.colleague)
    start = StartUsage(reservation_id=reservation)
    with pytest.raises(NotPermitted) as refused:
        province.do(start, province.colleague, at(9))
    assert refused.value.parameters["reason"] == "qualification"
    today = date(2026, 3, 3)
    province.add(province.staff, UserQualified(resource=province.resource, valid_from=today, valid_until=today))
    province.do(start, province.colleague, at(9))


def test_a_use_broken_off_charges_what_was_used(province: Province) -> None:
    reservation, _ = in_use(province)
    abort = AbortUsage(reservation_id=reservation, ground="fault", reason="停机", used_minutes=30)
    done = province.do(abort, province.manager, at(10))
    assert province.state(UUID(str(done.data["order_id"]))).amount_fen == 15_000


def test_a_use_broken_off_at_once_is_free(province: Province) -> None:
    reservation, _ = in_use(province)
    abort = AbortUsage(reservation_id=reservation, ground="fault", reason="停机", used_minutes=0)
    assert province.do(abort, province.manager, at(10)).data["order_id"] is None


def test_a_record_is_corrected_by_the_unit(province: Province) -> None:
    reservation, _ = in_use(province)
    province.do(CompleteUsage(reservation_id=reservation), province.manager, at(11))
    correct = CorrectUsage(reservation_id=reservation, started_at=at(9), ended_at=at(10), reason="设备日志")
    assert province.do(correct, province.manager, at(12)).data["used_minutes"] == 60
    with pytest.raises(NotPermitted):
        province.do(correct, province.customer, at(12))


def test_a_no_show_is_charged_contested_and_annulled_with_its_charge(province: Province) -> None:
    province.add(province.resource, OpeningLimitPublished(limit_version=1, no_show_charge=True, text="爽约计费"))
    reservation = confirmed(province)
    absent = province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    order = UUID(str(absent.data["order_id"]))
    assert (province.state(order).kind, province.state(order).amount_fen) == ("no_show", 60_000)
    province.do(ContestNoShow(reservation_id=reservation, reason="已到场"), province.customer, at(10))
    province.do(AnnulNoShow(reservation_id=reservation, reason="门禁记录"), superior(province), at(11))
    assert province.state(order).state == "voided"
    assert province.state(reservation).annulled


def test_without_a_published_charge_a_no_show_costs_nothing(province: Province) -> None:
    reservation = confirmed(province)
    absent = province.do(RecordNoShow(reservation_id=reservation), province.manager, at(9, 16))
    assert absent.data["order_id"] is None
