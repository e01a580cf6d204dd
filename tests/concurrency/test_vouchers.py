# SPDX-License-Identifier: Apache-2.0
"""Many spend one voucher or one budget; what is spent never exceeds what there is, and is exact to the fen."""

from functools import partial
from uuid import UUID

from application.billing.deduct_voucher import DeductVoucher
from application.reservations.confirm_reservation import ConfirmReservation
from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.grant_voucher import GrantVoucher
from domain.kernel.actor import Actor
from tests.application.deciding import decided
from tests.application.reservations.province import span
from tests.application.vouchers.treasury import Treasury
from tests.concurrency.crowd import enterprises, rush


def checked(treasury: Treasury, programme: UUID, amount_fen: int, applicant: Actor) -> UUID:
    request = ApplyForVoucher(programme_id=programme, requested_fen=amount_fen, purpose="new_product")
    grant = treasury.do(request, applicant, day=2).id
    treasury.do(CheckVoucherEligibility(grant_id=grant), treasury.checker, day=2)
    return grant


def granting(treasury: Treasury, grant: UUID) -> GrantVoucher:
    return GrantVoucher(grant_id=grant, decision_reference=decided(treasury.province.home, "发1号"))


def test_reservations_confirmed_at_once_share_one_voucher_to_the_last_fen(treasury: Treasury) -> None:
    """Each may set 180.00 yuan aside, and the voucher is worth 500.00: two get it all, one the rest."""
    home = treasury.province
    grant = treasury.voucher(treasury.programme())
    asked = [home.ask(voucher_grant_id=grant, span=span(day=day)).id for day in range(3, 11)]
    confirm = [partial(home.do, ConfirmReservation(reservation_id=each), home.manager) for each in asked]
    outcome = rush(confirm)
    assert not outcome.refused
    aside = sorted(int(str(result.data["voucher_reserved_fen"])) for result in outcome.results)
    assert aside == [0, 0, 0, 0, 0, 14_000, 18_000, 18_000]
    assert (home.state(grant).left_fen, treasury.left(f"grant:{grant}")) == (0, 0)


def test_bills_paid_at_once_share_one_voucher_to_the_last_fen(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    orders = [treasury.billed(day=3 + place % 3, number=place + 1) for place in range(3)]
    orders += [treasury.billed(day=6 + place, number=place + 4) for place in range(3)]
    deduct = [
        partial(treasury.do, DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer, 12)
        for order in orders
    ]
    outcome = rush(deduct)
    assert outcome.refused == {"vouchers.not_usable,billing.nothing_to_deduct": 3}
    deducted = sorted(treasury.province.state(order).deducted_fen for order in orders)
    assert deducted == [0, 0, 0, 14_000, 18_000, 18_000]
    voucher = treasury.province.state(grant)
    assert (voucher.state, voucher.used_fen, treasury.left(f"grant:{grant}")) == ("exhausted", 50_000, 0)


def test_grants_made_at_once_never_exceed_the_programmes_budget(treasury: Treasury) -> None:
    """Twice 500.00 yuan of budget hold ten vouchers of 100.00; sixteen enterprises ask."""
    programme = treasury.programme()
    grants = [checked(treasury, programme, 10_000, each) for each in enterprises(treasury.province.home, 16)]
    outcome = rush([partial(treasury.do, granting(treasury, grant), treasury.grantor, 2) for grant in grants])
    assert len(outcome.results) == 10
    assert sum(outcome.refused.values()) == 6
    assert set(outcome.refused) <= {
        "vouchers.budget_exhausted,vouchers.budget_exhausted",
        "application.quota_exhausted",
    }
    for funder in (treasury.science, treasury.city):
        assert treasury.left(f"programme:{programme}:{funder}") == 0


def test_grants_made_at_once_never_exceed_a_beneficiarys_year(treasury: Treasury) -> None:
    """600.00 yuan a year hold six vouchers of 100.00; one enterprise asks for nine."""
    programme = treasury.programme()
    applicant = treasury.province.customer
    grants = [checked(treasury, programme, 10_000, applicant) for _ in range(9)]
    outcome = rush([partial(treasury.do, granting(treasury, grant), treasury.grantor, 2) for grant in grants])
    assert len(outcome.results) == 6
    assert set(outcome.refused) <= {"vouchers.annual_cap_exceeded", "application.quota_exhausted"}
    assert treasury.left(f"beneficiary:{programme}:2026:{applicant.organisation}") == 0
