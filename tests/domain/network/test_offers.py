# SPDX-License-Identifier: Apache-2.0
"""Products, qualifications, payments to operators, and what their events claim."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.kernel.claims import TakeKey
from domain.network import payment, product, qualification
from domain.network.claims import claims_of
from domain.network.events import (
    MatchOutcomeRecorded,
    OperatorPaymentAnnulled,
    QualificationRenewed,
    QualificationWithdrawn,
    ServiceProductChanged,
    ServiceProductWithdrawn,
)
from domain.network.payment import PAYMENT, Operator
from domain.network.product import PRODUCT, Base
from domain.network.qualification import QUALIFICATION
from tests.domain.given import given
from tests.domain.network.examples import MATCH, RESERVATION, SEM, TODAY, XRD, paid, qualified
from tests.domain.network.examples import product as offered

BASE, OTHER_BASE = Base(SEM, at_hand=True, published=True), Base(XRD, at_hand=True, published=True)
GONE = ServiceProductWithdrawn(reason="…")


def test_a_product_names_published_resources_at_hand_each_once() -> None:
    given(PRODUCT).when(product.publish, offered(), bases=[BASE], admitted=True).then(offered())
    strange = Base(XRD, at_hand=False, published=False)
    given(PRODUCT).when(product.publish, offered(), bases=[BASE, BASE, strange], admitted=False).then_refused(
        "network.base_named_twice",
        "network.base_not_at_hand",
        "network.base_not_published",
        "network.institution_not_joined",
    )


def test_a_product_is_changed_under_the_same_rules() -> None:
    cheaper = ServiceProductChanged(reason="降价", price_text="每样 2,500 元")
    state = given(PRODUCT, offered()).when(product.change, cheaper, bases=[BASE], admitted=True).then(cheaper).state
    assert (state.price_text, state.base_resources) == ("每样 2,500 元", (SEM,))
    bare = ServiceProductChanged(reason="…", base_resources=())
    given(PRODUCT, offered()).when(product.change, bare, bases=[], admitted=True).then_refused(
        "network.product_without_base"
    )
    same = ServiceProductChanged(reason="…", price_text=offered().price_text)
    given(PRODUCT, offered()).when(product.change, same, bases=[BASE], admitted=False).then_refused(
        "network.nothing_changed", "network.institution_not_joined"
    )
    suspended = [Base(SEM, at_hand=True, published=False)]
    given(PRODUCT, offered()).when(product.change, cheaper, bases=suspended, admitted=True).then(cheaper)


def test_a_withdrawn_product_stays_withdrawn() -> None:
    given(PRODUCT, offered()).when(product.withdraw, reason="…").then(GONE)
    given(PRODUCT, offered(), GONE).when(product.withdraw, reason="…").then_refused("network.product_withdrawn")
    again = ServiceProductChanged(reason="…", price_text="…")
    given(PRODUCT, offered(), GONE).when(product.change, again, bases=[BASE], admitted=True).then_refused(
        "network.product_withdrawn"
    )


RENEWAL = QualificationRenewed(
    scope="力学与化学", valid_from=date(2026, 7, 1), valid_until=date(2027, 6, 30), digest="1" * 64
)
WITHDRAWN = QualificationWithdrawn(reason="暂停", withdrawn_on=date(2026, 5, 1))


def test_a_qualification_holds_on_both_its_days_and_not_once_withdrawn() -> None:
    state = given(QUALIFICATION).when(qualification.record, qualified(), owns_resources=True).then(qualified()).state
    first, last, day = date(2026, 1, 1), date(2026, 6, 30), timedelta(days=1)
    assert [state.valid_on(each) for each in (first - day, first, last, last + day)] == [False, True, True, False]
    gone = given(QUALIFICATION, qualified()).when(qualification.withdraw, reason="暂停", withdrawn_on=date(2026, 5, 1))
    over = gone.then(WITHDRAWN).state
    assert [over.valid_on(date(2026, 4, 30)), over.valid_on(date(2026, 5, 1))] == [True, False]


def test_a_qualification_is_sound_and_renewed_forwards() -> None:
    wrong = qualified(valid_until=date(2025, 1, 1))
    given(QUALIFICATION).when(qualification.record, wrong, owns_resources=False).then_refused(
        "network.ends_before_start", "network.scope_of_another"
    )
    renewed = given(QUALIFICATION, qualified()).when(qualification.renew, RENEWAL, owns_resources=True)
    assert renewed.then(RENEWAL).state.valid_on(date(2027, 6, 30))
    back = RENEWAL.model_copy(update={"valid_from": date(2026, 1, 1), "valid_until": date(2026, 6, 30)})
    given(QUALIFICATION, qualified()).when(qualification.renew, back, owns_resources=True).then_refused(
        "network.renewal_goes_backwards"
    )
    given(QUALIFICATION, qualified(), WITHDRAWN).when(qualification.renew, RENEWAL, owns_resources=True).then_refused(
        "network.qualification_withdrawn"
    )


OPERATOR = Operator(branch=False, operates=True)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"amount_fen": 0}, ["network.amount_not_positive"]),
        ({"period_until": date(2024, 12, 31)}, ["network.ends_before_start"]),
        ({"paid_on": date(2026, 3, 3)}, ["network.paid_in_future"]),
    ],
)
def test_a_payment_is_sound(changes: dict[str, Any], codes: list[str]) -> None:
    given(PAYMENT).when(payment.record, paid(), operator=OPERATOR, today=TODAY).then(paid())
    given(PAYMENT).when(payment.record, paid(**changes), operator=OPERATOR, today=TODAY).then_refused(*codes)


def test_only_who_operates_is_paid() -> None:
    given(PAYMENT).when(
        payment.record, paid(), operator=Operator(branch=True, operates=False), today=TODAY
    ).then_refused("network.operator_not_a_legal_person", "network.operator_without_authorisation")


def test_a_payment_is_annulled_once() -> None:
    annulled = OperatorPaymentAnnulled(reason="退回", decision_reference="9号")
    stated = {"reason": "退回", "decision_reference": "9号"}
    given(PAYMENT, paid()).when(payment.annul, **stated).then(annulled)
    given(PAYMENT, paid(), annulled).when(payment.annul, **stated).then_refused("network.payment_annulled")


def test_numbers_payments_and_reservations_count_once() -> None:
    made = MatchOutcomeRecorded(match=MATCH, outcome="reservation_made", reservation=RESERVATION)
    assert claims_of(SEM, made) == [TakeKey("match.reservation", str(RESERVATION), MATCH)]
    assert claims_of(SEM, MatchOutcomeRecorded(match=MATCH, outcome="declined", reason="…")) == []
    assert claims_of(SEM, qualified()) == [TakeKey("qualification.number", "局:CMA-1", SEM)]
    assert claims_of(SEM, paid()) == [TakeKey("operator_payment.bank_reference", "B-1", SEM)]
