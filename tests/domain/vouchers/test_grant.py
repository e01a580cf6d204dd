# SPDX-License-Identifier: Apache-2.0
"""A voucher from application to its end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import DomainError, Rules
from domain.policy import Edition
from domain.vouchers import granting, lapsing, using
from domain.vouchers.accounts import commitment, reversed_
from domain.vouchers.events import (
    VoucherAmountReleased,
    VoucherAmountReserved,
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplicationRejected,
    VoucherExpired,
    VoucherProgrammeClosed,
    VoucherRevoked,
)
from domain.vouchers.grant import GRANT, Grant
from domain.vouchers.programme import PROGRAMME, VoucherProgramme
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import Outcome, given
from tests.domain.vouchers import examples as e

OTHER = UUID(int=98)


def apply(programme: VoucherProgramme, kind: str = "enterprise", fen: int = 50000, day: date = e.TODAY) -> Outcome:
    return given(GRANT).when(
        granting.apply,
        programme,
        e.PROGRAMME_ID,
        number="CXQ-2026-000001-V-000001",
        beneficiary=e.COMPANY,
        beneficiary_kind=kind,
        applicant=e.APPLICANT,
        requested_fen=fen,
        purpose="new_product",
        today=day,
        edition=JIANGSU,
    )


def test_an_enterprise_applies_while_the_programme_is_open() -> None:
    apply(e.programme()).then(e.applied())
    apply(e.programme(), fen=0).then_refused("vouchers.nothing_requested")
    apply(e.programme(), fen=80_001).then_refused("vouchers.annual_cap_exceeded")
    apply(e.programme(), day=date(2026, 12, 1)).then_refused("vouchers.programme_not_open")
    closed = PROGRAMME.fold([e.established(), VoucherProgrammeClosed(reason="x")])
    assert closed is not None
    apply(closed).then_refused("vouchers.programme_not_open")


def test_JS_22_2_a_university_is_no_buyer() -> None:
    apply(e.programme(), kind="university").then_refused("vouchers.beneficiary_not_admitted")


def test_CQ_19_1_an_eligible_individual_may_apply() -> None:
    assert apply(e.programme(beneficiary_kinds=("eligible_user",)), kind="individual").state.beneficiary_is_person
    assert apply(e.programme(beneficiary_kinds=("individual",)), kind="individual").events
    apply(e.programme(beneficiary_kinds=("enterprise",)), kind="individual").then_refused(
        "vouchers.beneficiary_not_admitted"
    )


def test_only_where_nothing_else_admits_an_enterprise_it_must_prove_to_be_a_tech_sme() -> None:
    assert granting.needs_sme_evidence(e.programme(), "enterprise")
    assert not granting.needs_sme_evidence(e.programme(beneficiary_kinds=("eligible_user",)), "enterprise")
    assert not granting.needs_sme_evidence(e.programme(beneficiary_kinds=("tech_sme", "individual")), "individual")


def check(number: str | None, until: date | None, checker: UUID = e.CHECKER) -> Outcome:
    return given(GRANT, e.applied()).when(
        granting.check,
        checker=checker,
        evidence_number=number,
        evidence_valid_until=until,
        today=e.TODAY,
        edition=JIANGSU,
    )


def test_JS_22_2_evidence_is_valid_on_its_last_day_and_not_after_it() -> None:
    check("202632010001", date(2026, 12, 31)).then(e.checked())
    assert check("202632010001", e.TODAY).events
    check("202632010001", e.TODAY - timedelta(days=1)).then_refused("vouchers.no_valid_evidence")
    check(None, None).then_refused("vouchers.no_valid_evidence")
    check("202632010001", None, e.APPLICANT).then_refused("vouchers.checker_is_applicant")


def test_the_proof_of_a_tech_sme_waits_for_the_rule_that_the_authority_decides() -> None:
    proof = {"checker": e.CHECKER, "evidence_valid_until": date(2026, 12, 31), "today": e.TODAY}
    for edition in (JIANGSU, CHONGQING):
        undecided = given(GRANT, e.applied()).when(
            granting.check, evidence_number=None, sme=True, edition=edition, **proof
        )
        refused = undecided.then_refused("policy.decision_missing", "vouchers.no_valid_evidence")
        assert refused.violations[0].parameters == {"parameter": granting.SME_RULE}
        decided = with_value(edition, granting.SME_RULE, "valid_on_the_day")
        checked = given(GRANT, e.applied()).when(
            granting.check, evidence_number="202632010001", sme=True, edition=decided, **proof
        )
        (event,) = checked.events
        assert event.basis is not None
        assert event.basis.values[granting.SME_RULE] == "valid_on_the_day"
        other = given(GRANT, e.applied()).when(granting.check, evidence_number="1", edition=edition, **proof)
        assert other.events


def test_the_centre_rejects_before_the_check_and_a_grantor_after_it() -> None:
    rejected = VoucherApplicationRejected(reason="材料不全")
    before, after = given(GRANT, e.applied()), given(GRANT, e.applied(), e.checked())
    before.when(granting.reject, role=Role.SERVICE_CENTRE, reason="材料不全").then(rejected)
    after.when(granting.reject, role=Role.SCIENCE_DEPARTMENT, reason="材料不全").then(rejected)
    before.when(granting.reject, role=Role.SCIENCE_DEPARTMENT, reason="x").then_refused("vouchers.not_for_this_role")
    after.when(granting.reject, role=Role.SERVICE_CENTRE, reason="x").then_refused("vouchers.not_for_this_role")
    granted = given(GRANT, *e.voucher())
    granted.when(granting.reject, role=Role.SCIENCE_DEPARTMENT, reason="x").then_refused("vouchers.grant_wrong_state")


def grant(edition: Edition = JIANGSU, **changes: Any) -> Outcome:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {
        "amount_fen": 50000,
        "grantor": e.GRANTOR,
        "grantor_role": Role.SCIENCE_DEPARTMENT,
        "decision_reference": "发1号",
        "evidence_valid": True,
        "budget_left": {e.PROVINCE: 100000, e.CITY: 100000},
        "cap_left_fen": None,
        "today": e.TODAY,
    }
    return given(GRANT, e.applied(), e.checked()).when(
        granting.grant_voucher, e.GRANT_ID, e.programme(), edition=edition, **facts | changes
    )


def test_a_checked_application_is_granted_and_split_over_the_funders() -> None:
    grant().then(e.granted())
    grant(amount_fen=49999).then(e.granted(49999))


def test_CQ_19_1_the_science_department_grants_and_the_centre_does_not() -> None:
    grant(CHONGQING, grantor_role=Role.SERVICE_CENTRE).then_refused("vouchers.not_a_grantor")
    grant(CHONGQING, grantor_role=Role.FINANCE_DEPARTMENT).then_refused("vouchers.not_a_grantor")
    assert grant(JIANGSU, grantor_role=Role.FINANCE_DEPARTMENT).events


def test_the_grantor_is_another_person_than_the_checker() -> None:
    grant(grantor=e.CHECKER).then_refused("vouchers.checker_is_grantor")


def test_JS_22_2_evidence_is_valid_on_the_day_of_the_grant_too() -> None:
    grant(evidence_valid=False).then_refused("vouchers.no_valid_evidence")


def test_a_grant_stays_within_request_yearly_cap_and_every_budget() -> None:
    grant(amount_fen=50001).then_refused("vouchers.more_than_requested")
    grant(amount_fen=0).then_refused("vouchers.nothing_granted")
    grant(cap_left_fen=49999).then_refused("vouchers.annual_cap_exceeded")
    assert grant(cap_left_fen=50000).events
    grant(budget_left={e.PROVINCE: 25000, e.CITY: 24999}).then_refused("vouchers.budget_exhausted")
    assert grant(budget_left={e.PROVINCE: 25000, e.CITY: 25000}).events


def test_a_voucher_without_a_length_of_validity_ends_with_its_programme() -> None:
    outcome = given(GRANT, e.applied(), e.checked()).when(
        granting.grant_voucher,
        e.GRANT_ID,
        e.programme(validity_days=None, annual_cap_fen=None),
        amount_fen=1,
        grantor=e.GRANTOR,
        grantor_role=Role.SCIENCE_DEPARTMENT,
        decision_reference="发1号",
        evidence_valid=True,
        budget_left={e.PROVINCE: 1},
        cap_left_fen=None,
        today=e.TODAY,
        edition=JIANGSU,
    )
    assert outcome.state.valid_until == date(2026, 11, 30)


def reserve(fee: int, *past: Any, **changes: Any) -> Outcome:  # noqa: ANN401
    facts: dict[str, Any] = {"customer": e.COMPANY, "user": e.APPLICANT, "today": e.TODAY}
    programme = changes.pop("programme", e.programme())
    return given(GRANT, *(past or e.voucher())).when(
        using.reserve, programme, reservation=e.RESERVATION, fee_fen=fee, **facts | changes
    )


def reserved(amount: int) -> VoucherAmountReserved:
    return VoucherAmountReserved(reservation=e.RESERVATION, amount_fen=amount)


def test_a_reservation_sets_aside_what_ratio_and_balance_allow_of_the_fee() -> None:
    reserve(10001).then(reserved(6000))
    reserve(1000000).then(reserved(50000))
    reserve(0).then()
    reserve(10000, *e.voucher(), reserved(6000)).then()
    reserve(10000, programme=e.programme(payee="beneficiary", settlement_mode="subsidy")).then()


def test_only_the_beneficiarys_usable_voucher_is_set_aside() -> None:
    reserve(10000, customer=OTHER).then_refused("vouchers.not_the_beneficiary")
    reserve(10000, today=date(2026, 8, 30)).then_refused("vouchers.expired")
    assert reserve(10000, today=date(2026, 8, 29)).events
    reserve(10000, e.applied(), e.checked()).then_refused("vouchers.not_usable")


def test_a_voucher_of_a_person_belongs_to_that_person() -> None:
    own = e.applied().model_copy(update={"beneficiary": e.APPLICANT, "beneficiary_is_person": True})
    history = (own, e.checked(), e.granted())
    assert reserve(10000, *history, customer=None).events
    reserve(10000, *history, customer=None, user=OTHER).then_refused("vouchers.not_the_beneficiary")


def test_what_was_set_aside_is_released_once() -> None:
    released = VoucherAmountReleased(reservation=e.RESERVATION, amount_fen=6000, reason="cancelled")
    given(GRANT, *e.voucher(), reserved(6000)).when(using.release, reservation=e.RESERVATION, reason="cancelled").then(
        released
    )
    given(GRANT, *e.voucher()).when(using.release, reservation=e.RESERVATION, reason="cancelled").then()


def used(amount: int, from_reserved: int = 0, reservation: UUID | None = e.RESERVATION) -> VoucherAmountUsed:
    return VoucherAmountUsed(
        order=e.ORDER_ID, amount_fen=amount, reservation=reservation, from_reserved_fen=from_reserved
    )


def test_a_use_takes_first_what_its_reservation_had_set_aside() -> None:
    history = given(GRANT, *e.voucher(), reserved(6000))
    facts = {"order": e.ORDER_ID, "reservation": e.RESERVATION}
    history.when(using.use, amount_fen=5000, **facts).then(used(5000, 5000))
    whole = history.when(using.use, amount_fen=50000, **facts).then(used(50000, 6000))
    assert (whole.state.state, whole.state.left_fen) == ("exhausted", 0)
    assert using.available_fen(history.state, e.RESERVATION) == 50000
    assert using.available_fen(history.state, None) == 44000
    with pytest.raises(AssertionError, match="never overspent"):
        using.use(history.state, order=e.ORDER_ID, reservation=None, amount_fen=44001)


def validity(grant: Grant, reservation: UUID | None, used_on: date, today: date) -> tuple[str, ...]:
    rules = Rules()
    using.note_valid(rules, grant, reservation=reservation, used_on=used_on, today=today)
    return DomainError(rules.broken).codes


def test_what_was_set_aside_in_time_may_be_used_later_for_a_use_within_the_validity() -> None:
    state = given(GRANT, *e.voucher(), reserved(6000)).state
    last, after = date(2026, 8, 29), date(2026, 8, 30)
    assert validity(state, None, last, last) == ()
    assert validity(state, None, last, after) == ("vouchers.expired",)
    assert validity(state, e.RESERVATION, last, after) == ()
    assert validity(state, e.RESERVATION, after, after) == ("vouchers.expired",)


def lapsed(amount: int, *parts: int) -> tuple[Any, ...]:
    returned = e.parts(*parts)
    return returned, reversed_(commitment(e.PROGRAMME_ID, e.GRANT_ID, returned)), amount


def expired(amount: int, *parts: int) -> VoucherExpired:
    returned, entries, unused = lapsed(amount, *parts)
    return VoucherExpired(programme=e.PROGRAMME_ID, unused_fen=unused, returned=returned, entries=entries)


def expire(day: date, *past: Any) -> Outcome:  # noqa: ANN401
    return given(GRANT, *e.voucher(), *past).when(lapsing.expire, e.GRANT_ID, today=day)


def test_the_unused_rest_lapses_after_the_last_day_and_returns_to_the_budgets() -> None:
    expire(date(2026, 8, 30), used(20001)).then(expired(29999, 15000, 14999))
    expire(date(2026, 8, 29)).then_refused("vouchers.still_valid")
    expire(date(2026, 8, 30), reserved(1)).then_refused("vouchers.still_set_aside")
    expire(date(2026, 8, 30), used(50000)).then_refused("vouchers.grant_wrong_state")


def test_a_refund_to_a_lapsed_voucher_returns_to_the_budgets() -> None:
    history = given(GRANT, *e.voucher(), used(20001), expired(29999, 15000, 14999))
    outcome = history.when(lapsing.restore, e.GRANT_ID, order=e.ORDER_ID, amount_fen=20001, reason="退款")
    outcome.then(VoucherAmountRestored(order=e.ORDER_ID, amount_fen=20001, reason="退款"), expired(20001, 10000, 10001))
    assert outcome.state.state == "expired"
    assert outcome.state.returned == {e.PROVINCE: 25000, e.CITY: 25000}


def test_a_refund_to_a_living_voucher_can_be_used_again() -> None:
    for before, restored, state in ((50000, 1, "partly_used"), (50000, 50000, "granted"), (2, 1, "partly_used")):
        outcome = given(GRANT, *e.voucher(), used(before)).when(
            lapsing.restore, e.GRANT_ID, order=e.ORDER_ID, amount_fen=restored, reason="退款"
        )
        outcome.then(VoucherAmountRestored(order=e.ORDER_ID, amount_fen=restored, reason="退款"))
        assert outcome.state.state == state


def revoked(amount: int, *parts: int, reason: str = "资格丧失") -> VoucherRevoked:
    returned, entries, unused = lapsed(amount, *parts)
    return VoucherRevoked(
        programme=e.PROGRAMME_ID,
        unused_fen=unused,
        returned=returned,
        decision_reference="监1号",
        reason=reason,
        entries=entries,
    )


def test_a_revocation_takes_the_unused_rest_with_what_is_set_aside() -> None:
    facts = {"decision_reference": "监1号", "reason": "资格丧失", "edition": JIANGSU}
    history = given(GRANT, *e.voucher(), reserved(6000), used(20000, 0))
    outcome = history.when(lapsing.revoke, e.GRANT_ID, role=Role.SCIENCE_DEPARTMENT, **facts)
    outcome.then(
        VoucherAmountReleased(reservation=e.RESERVATION, amount_fen=6000, reason="revoked"),
        revoked(30000, 15000, 15000),
    )
    history.when(lapsing.revoke, e.GRANT_ID, role=Role.SERVICE_CENTRE, **facts).then_refused("vouchers.not_a_grantor")
    restored = given(GRANT, *e.voucher(), used(20000), revoked(30000, 15000, 15000)).when(
        lapsing.restore, e.GRANT_ID, order=e.ORDER_ID, amount_fen=20000, reason="退款"
    )
    restored.then(
        VoucherAmountRestored(order=e.ORDER_ID, amount_fen=20000, reason="退款"),
        revoked(20000, 10000, 10000, reason="退款"),
    )
