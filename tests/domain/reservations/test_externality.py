# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from uuid import UUID

from domain.reservations.externality import is_external, price_kind
from domain.reservations.reservation import RESERVATION
from tests.domain.given import given
from tests.domain.reservations.samples import ASKER, CUSTOMER, PROVIDER, ask, asked

HEAD_OFFICE = UUID("00000000-0000-4000-8000-0000000000aa")


def test_JS_4_1_own_legal_person_is_internal_and_everybody_else_external() -> None:
    assert not is_external(PROVIDER, PROVIDER)
    assert is_external(PROVIDER, CUSTOMER)
    assert is_external(PROVIDER, None), "an outside individual"


def test_JS_4_1_a_branch_counts_as_its_head_office() -> None:
    assert not is_external(HEAD_OFFICE, HEAD_OFFICE)


def test_JS_4_1_the_flag_is_fixed_with_the_request() -> None:
    own = replace(ASKER, customer=PROVIDER, user_kind="university", external=False)
    given(RESERVATION).when(ask, asker=own).then(asked(customer=PROVIDER, user_kind="university", external=False))


def test_own_staff_pay_the_internal_price() -> None:
    assert price_kind("university", external=False) == "internal"
    assert price_kind("university", external=True) == "university"
