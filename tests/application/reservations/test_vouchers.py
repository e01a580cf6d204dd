# SPDX-License-Identifier: Apache-2.0
"""A voucher follows its reservation (ruling 8.3)."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from application.looking import Look
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.checking import tried
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.consequences import vouchers_of
from application.reservations.reject_reservation import RejectReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.vouchers.events import (
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherGranted,
    VoucherProgrammeEstablished,
)
from domain.vouchers.values import Funder, FundingPart, Programme
from tests.application.reservations.checks import command
from tests.application.reservations.province import Province, opening, span


@pytest.fixture
def grant(province: Province) -> UUID:
    """A voucher over 500.00 yuan of the enterprise; it bears 0.30 of a fee."""
    programme, grant, funder = uuid4(), uuid4(), uuid4()
    decided = Programme(
        subsidy_ratio=Decimal("0.30"),
        max_coverage_of_fee=Decimal("0.50"),
        annual_cap_fen=None,
        payee="provider",
        settlement_mode="deduction",
        funders=(Funder(legal_person=funder, kind="province", share=Decimal(1), budget_fen=1_000_000),),
        beneficiary_kinds=("tech_sme",),
        eligible_services=("use",),
        eligible_providers=("managing_unit",),
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
    )
    established = VoucherProgrammeEstablished(
        number="XJ-2026-000001",
        title_zh="创新券",
        title_en="Voucher",
        year=2026,
        decision_reference="苏科〔2026〕1号",
        decided_by="示例部门",
        decided_on=date(2026, 1, 1),
        programme=decided,
    )
    applied = VoucherApplied(
        programme=programme,
        number="CXQ-2026-000001",
        year=2026,
        beneficiary=province.enterprise,
        beneficiary_is_person=False,
        applicant=province.client,
        requested_fen=50_000,
        purpose="new_product",
    )
    checked = VoucherEligibilityChecked(checker=uuid4(), evidence_number="SME-1", evidence_valid_until=None)
    granted = VoucherGranted(
        programme=programme,
        beneficiary=province.enterprise,
        year=2026,
        amount_fen=50_000,
        funding=(FundingPart(funder=funder, amount_fen=50_000),),
        annual_cap_fen=None,
        valid_until=None,
        grantor=uuid4(),
        decision_reference="苏科〔2026〕2号",
        entries=(),
    )
    province.seed(programme, established)
    province.seed(grant, applied, checked, granted)
    return grant


def reserved(province: Province, grant: UUID) -> int:
    return sum(province.state(grant).reserved.values())


def test_it_is_set_aside_on_confirmation_and_released_on_cancellation(province: Province, grant: UUID) -> None:
    asked = province.ask(voucher_grant_id=grant)
    assert reserved(province, grant) == 0
    done = province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    assert (done.data["voucher_reserved_fen"], reserved(province, grant)) == (18_000, 18_000)
    province.do(CancelReservation(reservation_id=asked.id, reason="延误"), province.customer)
    assert reserved(province, grant) == 0


def test_an_automatic_confirmation_sets_it_aside_at_once(province: Province, grant: UUID) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    assert province.ask(voucher_grant_id=grant).data["voucher_reserved_fen"] == 18_000
    assert reserved(province, grant) == 18_000


def test_a_move_sets_aside_what_the_new_price_allows(province: Province, grant: UUID) -> None:
    asked = province.ask(voucher_grant_id=grant)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 17), reason="样品未到", consent="电话")
    assert province.do(move, province.manager).data["voucher_reserved_fen"] == 36_000
    assert reserved(province, grant) == 36_000


def test_a_declined_request_leaves_the_voucher_alone(province: Province, grant: UUID) -> None:
    asked = province.ask(voucher_grant_id=grant)
    province.do(RejectReservation(reservation_id=asked.id, ground="own_needs", reason="课题"), province.manager)
    assert province.types(grant)[-1] == "VoucherGranted"


def test_a_check_tells_nothing_of_the_voucher_of_somebody_else(province: Province, grant: UUID) -> None:
    """Neither its number nor what is left of it, though its id was guessed."""

    def told(actor: Actor) -> tuple[tuple[str, ...], list[UUID]]:
        asked = command(province, voucher_grant_id=grant)

        def answer(look: Look) -> tuple[tuple[str, ...], list[UUID]]:
            trial = tried(look, asked)
            codes = tuple(each.violation.code for each in trial.broken)
            return codes, list(vouchers_of(look, trial, [], 60_000))

        return province.home.bus.look(actor, answer)

    assert told(province.customer) == ((), [grant])
    assert told(province.individual) == (("reservations.voucher_of_somebody_else",), [])


def test_nobody_names_the_voucher_of_somebody_else(province: Province, grant: UUID) -> None:
    with pytest.raises(DomainError) as refused:
        province.ask(province.individual, voucher_grant_id=grant)
    assert refused.value.codes == ("reservations.voucher_of_somebody_else",)
