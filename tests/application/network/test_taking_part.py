# SPDX-License-Identifier: Apache-2.0
"""Who may do what in the network, on the real database; above all an institution that joins and leaves (JS-19.1)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.errors import NotPermitted
from application.network.open_site import OpenSite
from application.network.publish_service_product import PublishServiceProduct
from application.network.record_qualification import RecordQualification
from application.network.register_broker import RegisterBroker
from application.network.state_demand import StateDemand
from application.network.withdraw_demand import WithdrawDemand
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.parties.events import InstitutionJoined, InstitutionLeft, UnitRegistered
from domain.resources.events import OperationAuthorised, ResourceResumed, ResourceTransferred
from tests.application.reservations.province import Province, at, span

CENTRE = Actor(user=uuid4(), role=Role.SERVICE_CENTRE)
JOINED = InstitutionJoined(agreement_number="JM-1", joined_on=date(2026, 1, 1))
LEFT = InstitutionLeft(reason="业务调整", left_on=date(2026, 3, 3))
SITE: dict[str, Any] = {
    "kind": "regional_site",
    "host_kind": "district",
    "name_zh": "站",
    "city": "南京市",
    "services": ("资源对接",),
    "opened_on": date(2026, 3, 1),
}


def refused(attempt: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(DomainError) as error:
        attempt()
    return error.value.codes


@pytest.fixture
def institution(province: Province) -> Province:
    """The microscope belongs to a unit through which the university serves as a professional institution."""
    unit = uuid4()
    province.seed(unit, institution_unit(province.university))
    moved = ResourceTransferred(
        to_unit=unit, to_legal_person=province.university, from_unit=province.unit, asset_number="A-1", reason="…"
    )
    province.add(province.resource, moved, ResourceResumed())
    province.add(province.university, JOINED)
    province.unit = unit
    return province


def institution_unit(legal_person: UUID) -> UnitRegistered:
    return UnitRegistered(
        legal_person=legal_person,
        code="JS-P01",
        name_zh="检测所",
        name_en="",
        kind="professional_institution",
        scope_mode="voluntary",
        city="南京市",
        district="",
        competent_department="",
    )


def staff(home: Province) -> Actor:
    return Actor(user=home.staff, role=Role.PROFESSIONAL_INSTITUTION, organisation=home.university, unit=home.unit)


def test_JS_19_1_a_day_of_use_after_the_institution_left_is_neither_given_nor_confirmed(institution: Province) -> None:
    home = institution
    before, after = home.ask(span=span(14, 16, day=2)).id, home.ask(span=span(day=3)).id
    home.add(home.university, LEFT)
    home.do(ConfirmReservation(reservation_id=before), staff(home))
    confirm = ConfirmReservation(reservation_id=after)
    assert refused(lambda: home.do(confirm, staff(home))) == ("reservations.provider_has_left",)
    assert refused(lambda: home.ask(span=span(14, 16, day=3))) == ("reservations.provider_has_left",)


def test_JS_19_1_a_use_confirmed_earlier_does_not_begin_once_the_institution_left(institution: Province) -> None:
    home = institution
    reservation = home.ask(span=span(day=3)).id
    home.do(ConfirmReservation(reservation_id=reservation), staff(home))
    home.add(home.university, LEFT)
    begin = StartUsage(reservation_id=reservation)
    assert "reservations.provider_has_left" in refused(lambda: home.do(begin, staff(home), at(9)))


def test_JS_19_1_own_staff_are_served_whether_it_takes_part_or_not(institution: Province) -> None:
    home = institution
    home.add(home.university, LEFT)
    own = home.ask(home.colleague, span=span(day=3)).id
    home.do(ConfirmReservation(reservation_id=own), home.manager)
    home.do(StartUsage(reservation_id=own), staff(home), at(9))


def test_JS_19_1_an_institution_offers_products_only_while_it_takes_part(institution: Province) -> None:
    home = institution
    offer = PublishServiceProduct(
        unit=home.unit,
        name_zh="套餐",
        description="…",
        base_resources=(home.resource,),
        value_added=True,
        price_text="…",
    )
    home.do(offer, staff(home))
    home.add(home.university, LEFT)
    assert refused(lambda: home.do(offer, staff(home), at(9))) == ("network.institution_not_joined",)


def test_products_and_qualifications_are_those_of_ones_own_unit(province: Province) -> None:
    stated: dict[str, Any] = {"name_zh": "套餐", "description": "…", "value_added": False, "price_text": "…"}
    offer = PublishServiceProduct(unit=province.unit, base_resources=(), **stated)
    other = Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=province.university, unit=uuid4())
    with pytest.raises(NotPermitted):
        province.do(offer, other)
    province.do(offer, province.manager)
    period = {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
    papers: dict[str, Any] = {"kind": "CMA", "number": "1", "issuer": "局", "scope": "…", "digest": "a" * 64, **period}
    with pytest.raises(NotPermitted):
        province.do(RecordQualification(unit=province.unit, **papers), other)
    with pytest.raises(NotPermitted):
        province.do(RecordQualification(legal_person=province.university, **papers), province.manager)
    whole = RecordQualification(legal_person=province.university, resources=(province.resource,), **papers)
    province.do(whole, CENTRE)


def test_an_operator_offers_products_of_what_it_operates(province: Province) -> None:
    operator = Actor(user=uuid4(), role=Role.OPERATOR, organisation=province.enterprise)
    offer = PublishServiceProduct(
        name_zh="套餐", description="…", base_resources=(province.resource,), value_added=True, price_text="…"
    )
    assert refused(lambda: province.do(offer, operator)) == ("network.base_not_at_hand",)
    first, last = date(2026, 1, 1), date(2026, 3, 2)
    authorised = OperationAuthorised(operator=province.enterprise, scope="…", valid_from=first, valid_until=last)
    province.add(province.resource, authorised)
    province.do(offer, operator)
    assert refused(lambda: province.do(offer, operator, at(9))) == ("network.base_not_at_hand",)


def test_a_host_is_what_it_is_said_to_be(province: Province) -> None:
    province.do(OpenSite(**SITE), CENTRE)
    wrong = OpenSite(**SITE | {"host_kind": "university", "host": province.enterprise, "host_reason": "…"})
    assert set(refused(lambda: province.do(wrong, CENTRE))) == {
        "network.host_not_listed",
        "network.host_kind_mismatch",
    }


def test_a_person_is_registered_as_broker_once(province: Province) -> None:
    register = RegisterBroker(
        user=province.person,
        kind="technology_manager",
        employer=province.enterprise,
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    first = province.do(register, CENTRE).id
    assert province.state(first).user == province.person
    assert refused(lambda: province.do(register, CENTRE)) == ("network.broker_known",)


def test_a_demand_is_withdrawn_by_its_own_side(province: Province) -> None:
    demand = province.do(StateDemand(text="…", keywords=("电镜",)), province.customer).id
    assert province.state(demand).customer == province.enterprise
    with pytest.raises(NotPermitted):
        province.do(WithdrawDemand(demand=demand, reason="…"), province.individual)
    province.do(WithdrawDemand(demand=demand, reason="…"), province.customer)
    for_them = StateDemand(text="…", class_code="01", on_behalf_of=province.person)
    assert province.state(province.do(for_them, CENTRE).id).user == province.person
