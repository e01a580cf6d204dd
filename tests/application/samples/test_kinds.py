# SPDX-License-Identifier: Apache-2.0
"""As whom a customer without an account is priced."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.contracts.draft_contract import DraftContract
from application.errors import NotPermitted
from application.samples.accept_samples import AcceptSamples
from application.samples.apply_for_test import ApplyForTest
from application.samples.receive_samples import ReceiveSamples
from application.samples.record_sample_test import RecordSampleTest
from domain.contracts.events import Authority
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from tests.application.reservations.province import Province, at, province, signing, span
from tests.domain.contracts.samples import SIX, TERMS
from tests.scenarios.test_sample_order import apply

__all__ = ["province"]
UNIVERSITY = {"name": "来样客户", "user_kind": "university", "kind_reason": "持外省高校介绍信"}
CODE = "91993205DEMJ00142X"
KINDS = [({"name": "来样客户"}, 60_000), (UNIVERSITY, 40_000)]
"""Two hours at 300.00 for individuals and enterprises, at 200.00 for universities."""


@pytest.mark.parametrize(("customer", "fen"), KINDS)
def test_estimate_and_charge_follow_the_kind_stated(province: Province, customer: dict[str, Any], fen: int) -> None:
    staff = province.manager
    applied = apply(province, staff, temporary_customer=customer)
    order, user = applied.id, UUID(str(applied.data["user_id"]))
    accepted = province.do(AcceptSamples(order_id=order, expected_minutes=120), staff, at(10, day=2))
    assert accepted.data["estimate_fen"] == fen
    province.do(ReceiveSamples(order_id=order, count=4), staff, at(11, day=2))
    contract = _contract(province, user)
    test = RecordSampleTest(order_id=order, span=span(9, 11), succeeded=4, contract_id=contract)
    tested = province.do(test, staff, at(12))
    assert tested.data["amount_fen"] == fen
    use = province.state(UUID(str(tested.data["reservation_id"])))
    if customer is UNIVERSITY:
        facts = use.judged.price
        assert (facts.user_kind, facts.kind_reason) == ("university", "持外省高校介绍信")
    assert use.user_kind == "individual", "who they are on record does not change"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind_reason": None}, "samples.kind_reason_missing"),
        ({"user_kind": "research_institute"}, "resources.no_price_for_user_kind"),
    ],
)
def test_a_kind_needs_a_reason_and_a_price(province: Province, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        apply(province, province.manager, temporary_customer={**UNIVERSITY, **changes})
    assert refused.value.codes == (code,)


def test_whoever_comes_for_a_registered_legal_person_has_a_kind_on_record(province: Province) -> None:
    registered = province.home.log.stream(province.enterprise)[0].event.model_copy(update={"credit_code": CODE})
    province.seed(uuid4(), registered)
    customer = {**UNIVERSITY, "credit_code": CODE}
    with pytest.raises(DomainError) as refused:
        apply(province, province.manager, temporary_customer=customer)
    assert refused.value.codes == ("samples.kind_on_record",)


def test_customers_state_no_kind_of_their_own(province: Province) -> None:
    with pytest.raises(NotPermitted):
        apply(province, temporary_customer=UNIVERSITY)
    assert "user_kind" not in ApplyForTest.model_fields


def _contract(province: Province, user: UUID) -> UUID:
    """Signed by both sides before the test, the customer for himself."""
    terms = TERMS.model_copy(update={"resources": (province.resource,), "valid_from": date(2026, 1, 1)})
    draft = {"unit_id": province.unit, "customer_user_id": user, "terms": terms, "clauses": SIX}
    last = province.do(DraftContract.model_validate(draft), province.manager, at(10, day=2))
    province.do(signing(last), province.manager, at(11, day=2))
    own = signing(last).model_copy(update={"authority": Authority(kind="individual")})
    province.do(own, Actor(user=user, role=Role.USER), at(11, day=2))
    return last.id
