# SPDX-License-Identifier: Apache-2.0
"""Whom the sharing serves, and who serves beside the units (JS 4, 17, 19, 23; CQ 4, 11, 15, 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from application.errors import NotFound, NotPermitted
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.facts import customs_valid
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import SHANGHAI, Span
from domain.network import broker, matching, product, site
from domain.network.broker import BROKER
from domain.network.demand import DEMAND
from domain.network.matching import Matcher
from domain.network.product import Base
from domain.parties.events import InstitutionJoined, InstitutionLeft
from domain.parties.legal_person import LEGAL_PERSON, LegalPerson
from domain.reservations import answering, usage
from domain.reservations.externality import is_external
from domain.reservations.facts import ContractStanding
from domain.reservations.reservation import RESERVATION, Reservation
from domain.resources import custody, leasing, publication
from domain.resources.events import CustomsConditionRecorded, OperationAuthorised
from domain.resources.leasing import Party
from domain.resources.publication import Holder
from domain.resources.resource import RESOURCE, Resource
from projections.service_tables import TOTALS
from projections.service_totals import MODEL as SERVICE_TOTALS
from tests.application.reservations.province import Province, province
from tests.conformance.editions import chongqing, jiangsu
from tests.conformance.variants import MADE_UP
from tests.domain.editions import with_value
from tests.domain.network.examples import (
    BROKER_USER,
    MATCH,
    OFFERED,
    SEM,
    UNREGISTERED,
    XRD,
    fitted,
    opened,
    registered,
    stated,
)
from tests.domain.network.examples import product as product_of
from tests.domain.parties.examples import legal_person
from tests.domain.reservations.samples import ASKER, CONFIRMED, OFFER, STAFF, WISH, ask, asked, span
from tests.domain.resources.examples import ITEMS, OPERATOR, OWNER, PORTAL, UNIT, history
from tests.projections.examples import completed, invoiced, settled
from tests.projections.examples import opened as order_opened
from tests.projections.examples import requested as use_requested
from tests.projections.memory_rows import History, ident

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.event import Event
    from domain.policy import Edition

__all__ = ["province"]

HOME, ELSEWHERE = UUID(int=1), UUID(int=2)
"""The provider's own legal person (a branch counts as its head office), and another one."""
INDIVIDUAL = None
TODAY = date(2026, 3, 2)


def verdict_on(decide: Callable[[], object]) -> str:
    """`accept` where nothing stands in the way, else `refuse`."""
    try:
        decide()
    except (DomainError, NotPermitted, NotFound):
        return "refuse"
    return "accept"


def refused(decide: Callable[[], object]) -> tuple[str, ...]:
    """The rules that stand in the way."""
    with pytest.raises(DomainError) as error:
        decide()
    return error.value.codes


# JS-4.1, CQ-4.1: 3.00 h for one's own, and for others


@pytest.mark.parametrize(
    ("customer", "external_minutes", "internal_minutes", "income_fen"),
    [(HOME, 0, 180, 0), (ELSEWHERE, 180, 0, 90_000), (INDIVIDUAL, 180, 0, 90_000)],
    ids=["own_department", "another_legal_person", "outside_individual"],
)
def test_JS_4_1_own_use_adds_nothing_to_what_counts_as_service_to_others(
    customer: UUID | None, external_minutes: int, internal_minutes: int, income_fen: int
) -> None:
    external = is_external(HOME, customer)
    start, end = "2026-01-05 09:00", "2026-01-05 12:00"
    log = History(SERVICE_TOTALS)
    log.add(ident("use"), use_requested(start, end, external=external), CONFIRMED, completed(start, end, 180))
    orders = [order_opened(external=external), invoiced(90_000), *settled(90_000, date(2026, 1, 20))]
    log.add(ident("order"), *orders)
    (month,) = [row for row in log.rows.all(TOTALS) if row["month"] == date(2026, 1, 1)]
    assert (month["external_minutes"], month["used_minutes"] - month["external_minutes"]) == (
        external_minutes,
        internal_minutes,
    )
    assert month["external_income_fen"] == income_fen, "the base of rewards"


@pytest.mark.parametrize(("customer", "verdict"), [(HOME, "refuse"), (ELSEWHERE, "accept"), (INDIVIDUAL, "accept")])
def test_JS_4_1_own_use_is_no_base_of_a_voucher(customer: UUID | None, verdict: str) -> None:
    external = is_external(HOME, customer)
    kind = "enterprise" if customer else "individual"
    asker = replace(ASKER, customer=customer, user_kind=kind, external=external)
    wish = replace(WISH, voucher_grant=UUID(int=9))
    assert verdict_on(lambda: ask(wish=wish, asker=asker, edition=jiangsu())) == verdict


@pytest.mark.parametrize(("customer", "use"), [(INDIVIDUAL, "external"), (ELSEWHERE, "external"), (HOME, "internal")])
def test_CQ_4_1_users_are_other_units_and_individuals(customer: UUID | None, use: str) -> None:
    assert is_external(HOME, customer) is (use == "external")


JIANGSU_PURPOSES = ("scientific_research", "technology_development")
CHONGQING_PURPOSES = ("scientific_research", "technology_rd", "product_development")


@pytest.mark.parametrize(
    ("purpose", "verdict"), [*((each, "accept") for each in JIANGSU_PURPOSES), ("", "refuse"), (MADE_UP, "refuse")]
)
def test_JS_4_1_a_use_names_one_of_the_purposes(purpose: str, verdict: str) -> None:
    assert verdict_on(lambda: ask(wish=replace(WISH, purpose=purpose), edition=jiangsu())) == verdict


@pytest.mark.parametrize(
    ("purpose", "verdict"), [*((each, "accept") for each in CHONGQING_PURPOSES), ("", "refuse"), (MADE_UP, "refuse")]
)
def test_CQ_4_1_an_order_without_a_purpose_is_refused(purpose: str, verdict: str) -> None:
    wish = replace(WISH, purpose=purpose)
    assert verdict_on(lambda: ask(wish=wish, edition=chongqing())) == verdict
    if verdict == "refuse":
        assert refused(lambda: ask(wish=wish, edition=chongqing())) == ("reservations.purpose_not_served",)


# JS-17.1: sites and brokers


@pytest.mark.parametrize(
    ("host_kind", "verdict"),
    [
        ("prefecture_city", "accept"),
        ("county", "accept"),
        ("county_level_city", "accept"),
        ("district", "accept"),
        ("high_tech_zone", "accept"),
        ("town", "refuse"),
        (MADE_UP, "refuse"),
    ],
)
def test_JS_17_1_a_regional_site_is_housed_by_a_listed_host(host_kind: str, verdict: str) -> None:
    reasoned = opened(host_kind=host_kind, host_reason="群众需要")
    assert verdict_on(lambda: site.open_site(reasoned, edition=jiangsu())) == verdict


def test_JS_17_1_a_town_may_house_a_site_once_a_decision_adds_it() -> None:
    town = opened(host_kind="town")
    assert refused(lambda: site.open_site(town, edition=jiangsu())) == ("network.host_not_listed",)
    hosts = (*jiangsu().value("site.hosts"), "town")
    assert verdict_on(lambda: site.open_site(town, edition=with_value(jiangsu(), "site.hosts", hosts))) == "accept"


@pytest.mark.parametrize(
    ("kind", "verdict"), [("regional_site", "accept"), ("service_base", "refuse"), (MADE_UP, "refuse")]
)
def test_JS_17_1_a_site_is_a_regional_site(kind: str, verdict: str) -> None:
    assert verdict_on(lambda: site.open_site(opened(kind=kind), edition=jiangsu())) == verdict


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("technology_manager", "accept"),
        ("township_science_delegate", "accept"),
        ("enterprise_science_deputy", "accept"),
        ("village_head", "refuse"),
        (MADE_UP, "refuse"),
    ],
)
def test_JS_17_1_a_broker_of_a_listed_kind_records_a_match(kind: str, verdict: str) -> None:
    def matched() -> None:
        (entered,) = broker.register(registered(kind=kind), before=None, active=True, edition=jiangsu(), today=TODAY)
        registration = BROKER.fold([entered])
        match(Matcher(user=BROKER_USER, registration=UUID(int=7), broker=registration))

    assert verdict_on(matched) == verdict


REGISTERED = Matcher(user=BROKER_USER, registration=UUID(int=7), broker=BROKER.fold([registered()]))


def match(matcher: Matcher, *, takes_part: bool = True) -> list[Event]:
    demand = DEMAND.fold([stated()])
    assert demand
    offered = replace(OFFERED, takes_part=takes_part)
    facts: dict[str, Any] = {"match": MATCH, "offered": offered, "fit": fitted(), "note": "", "today": TODAY}
    return matching.match(demand, matcher=matcher, edition=jiangsu(), **facts)


def test_JS_17_1_an_unregistered_person_records_no_match() -> None:
    assert refused(lambda: match(UNREGISTERED)) == ("network.not_registered_to_match",)


# JS-19.1: institutions and products

JOINED_ON, LEFT_ON = date(2026, 3, 1), date(2026, 9, 1)
BEFORE, FIRST, LAST, AFTER = date(2026, 2, 28), JOINED_ON, date(2026, 8, 31), LEFT_ON


def institution() -> LegalPerson:
    joined = InstitutionJoined(agreement_number="JM-1", joined_on=JOINED_ON)
    state = LEGAL_PERSON.fold([legal_person(), joined, InstitutionLeft(reason="…", left_on=LEFT_ON)])
    assert state
    return state


@pytest.mark.parametrize(
    ("day", "verdict"), [(BEFORE, "refuse"), (FIRST, "accept"), (LAST, "accept"), (AFTER, "refuse")]
)
def test_JS_19_1_an_institution_offers_services_only_while_joined(day: date, verdict: str) -> None:
    admitted = institution().takes_part_on(day)
    holder = Holder(has_sharing_rules=True, admitted=admitted)

    def published() -> list[Event]:
        return publication.publish(
            resource("accepted"), items=ITEMS, portal_url=PORTAL, holder=holder, edition=jiangsu(), today=day
        )

    steps = {
        "publish": verdict_on(published),
        "request": verdict_on(lambda: ask(offer=replace(OFFER, provider_takes_part=admitted), edition=jiangsu())),
        "confirm": verdict_on(lambda: confirm(requested_on(TODAY), edition=jiangsu(), takes_part=admitted)),
        "start": verdict_on(lambda: start(confirmed_on(TODAY), edition=jiangsu(), takes_part=admitted)),
        "product": verdict_on(lambda: product.publish(product_of(), bases=[BASE], admitted=admitted)),
        "match": verdict_on(lambda: match(REGISTERED, takes_part=admitted)),
    }
    assert set(steps.values()) == {verdict}, steps


BASE = Base(SEM, at_hand=True, published=True)


@pytest.mark.parametrize(
    ("resources", "verdict"), [((), "refuse"), ((SEM,), "accept"), ((SEM, XRD), "accept")], ids=["0", "1", "2"]
)
def test_JS_19_1_a_value_added_product_names_its_base_resources(resources: tuple[UUID, ...], verdict: str) -> None:
    bases = [Base(each, at_hand=True, published=True) for each in resources]
    offered = product_of(base_resources=resources)
    assert verdict_on(lambda: product.publish(offered, bases=bases, admitted=True)) == verdict


# JS-23.1, CQ-15.1: operators

OPERATED_UNTIL = date(2021, 12, 31)


def authorised(*, branch: bool = False) -> Resource:
    state = resource("published")
    decided = custody.authorise_operator(
        state,
        operator=OPERATOR,
        operator_is_branch=branch,
        scope="运行",
        valid_from=date(2021, 1, 1),
        valid_until=OPERATED_UNTIL,
    )
    after = RESOURCE.fold(decided, state)
    assert after
    return after


@pytest.mark.parametrize(
    ("minute", "verdict"), [("2021-12-31T23:59:59+08:00", "accept"), ("2022-01-01T00:00:00+08:00", "refuse")]
)
def test_JS_23_1_an_operator_confirms_until_the_end_of_the_last_day(
    minute: str, verdict: str, province: Province
) -> None:
    """On the real database, where the handler asks whether the operator is authorised today."""
    wanted = span_on(date(2022, 1, 5))
    asked_for = asked(
        resource=province.resource, unit=province.unit, provider=province.university, span=wanted, held=wanted
    )
    reservation, company = uuid4(), uuid4()
    until = OperationAuthorised(operator=company, scope="运行", valid_from=date(2021, 1, 1), valid_until=OPERATED_UNTIL)
    province.add(province.resource, until)
    province.seed(reservation, asked_for)
    before = province.state(province.resource)
    actor = Actor(user=uuid4(), role=Role.OPERATOR, organisation=company)

    def confirmed() -> None:
        province.do(ConfirmReservation(reservation_id=reservation), actor, datetime.fromisoformat(minute))

    assert verdict_on(confirmed) == verdict
    after = province.state(province.resource)
    assert (after.legal_person, after.unit) == (before.legal_person, before.unit), "owner and responsible unit stay"


@pytest.mark.parametrize(("day", "verdict"), [(date(2021, 12, 31), "accept"), (date(2022, 1, 1), "refuse")])
def test_JS_23_1_the_period_of_an_authorisation_includes_its_last_day(day: date, verdict: str) -> None:
    assert authorised().operates(OPERATOR, day) is (verdict == "accept")


def test_JS_23_1_owner_and_responsible_unit_stay() -> None:
    before, after = resource("published"), authorised()
    assert (after.legal_person, after.unit) == (before.legal_person, before.unit) == (OWNER, UNIT)
    assert after.owner_on(OPERATED_UNTIL) == OWNER


@pytest.mark.parametrize(("operator", "verdict"), [("branch", "refuse"), ("legal_person", "accept")])
def test_CQ_15_1_an_operator_is_a_legal_person_and_ownership_stays(operator: str, verdict: str) -> None:
    assert verdict_on(lambda: authorised(branch=operator == "branch")) == verdict
    if verdict == "accept":
        assert authorised().owner_on(OPERATED_UNTIL) == OWNER


LESSOR, LESSEE = Party(OPERATOR, branch=False), Party(OWNER, branch=False)


def leased(lessor: Party | None, lessee: Party | None) -> Resource:
    state = resource("published")
    decided = leasing.record_lease(
        state,
        lessor=lessor,
        lessee=lessee,
        contract_number="RZ-1",
        valid_from=date(2024, 1, 1),
        valid_until=date(2024, 12, 31),
    )
    after = RESOURCE.fold(decided, state)
    assert after
    return after


@pytest.mark.parametrize(
    ("lessor", "lessee", "verdict"), [(None, LESSEE, "refuse"), (LESSOR, None, "refuse"), (LESSOR, LESSEE, "accept")]
)
def test_CQ_15_1_a_leased_resource_names_lessor_and_lessee(
    lessor: Party | None, lessee: Party | None, verdict: str
) -> None:
    assert verdict_on(lambda: leased(lessor, lessee)) == verdict


def test_CQ_15_1_the_lessor_is_shown_as_owner_and_the_lessee_as_operator() -> None:
    state, day = leased(LESSOR, LESSEE), date(2024, 6, 30)
    assert state.owner_on(day) == LESSOR.legal_person
    assert state.operates(LESSEE.legal_person, day)


# CQ-11.1: offline carriers

USUAL = [
    ("service_base", "university"),
    ("service_base", "research_institute"),
    ("integration_centre", "professional_institution"),
    ("user_workstation", "high_tech_zone"),
    ("user_workstation", "agricultural_park"),
    ("user_workstation", "characteristic_industry_park"),
]
UNUSUAL = [
    ("service_base", "enterprise"),
    ("service_base", MADE_UP),
    ("integration_centre", "university"),
    ("integration_centre", MADE_UP),
    ("user_workstation", "university"),
    ("user_workstation", MADE_UP),
]


def carrier(kind: str, host_kind: str, reason: str = "") -> list[Event]:
    stated_here = opened(kind=kind, host_kind=host_kind, host_reason=reason, industry="新材料")
    return site.open_site(stated_here, edition=chongqing())


@pytest.mark.parametrize(("kind", "host_kind"), USUAL)
def test_CQ_11_1_a_carrier_at_its_usual_host_needs_no_reason(kind: str, host_kind: str) -> None:
    assert verdict_on(lambda: carrier(kind, host_kind)) == "accept"


@pytest.mark.parametrize(("kind", "host_kind"), UNUSUAL)
def test_CQ_11_1_another_host_needs_a_reason(kind: str, host_kind: str) -> None:
    assert refused(lambda: carrier(kind, host_kind)) == ("network.host_needs_reason",)
    assert verdict_on(lambda: carrier(kind, host_kind, "龙头企业开放自有平台")) == "accept"


@pytest.mark.parametrize("kind", ["regional_site", "science_embassy", MADE_UP])
def test_CQ_11_1_there_is_no_fourth_kind(kind: str) -> None:
    assert refused(lambda: carrier(kind, "university", "理由")) == ("network.unknown_site_kind",)


# CQ-18.1: duty-free imports

VALID_UNTIL = date(2024, 6, 30)
LAST_DAY, DAY_AFTER = date(2024, 6, 30), date(2024, 7, 1)
CONDITION = CustomsConditionRecorded(notice_number="N-1", valid_from=date(2024, 1, 1), valid_until=VALID_UNTIL)


@pytest.mark.parametrize(
    ("imported_as", "conditions", "day", "verdict"),
    [
        ("duty_free", (), LAST_DAY, "refuse"),
        ("duty_free", (CONDITION,), LAST_DAY, "accept"),
        ("duty_free", (CONDITION,), DAY_AFTER, "refuse"),
        ("duty_paid", (), LAST_DAY, "accept"),
        ("duty_paid", (), DAY_AFTER, "accept"),
    ],
    ids=["no_record", "last_day", "day_after", "not_duty_free", "not_duty_free_later"],
)
def test_CQ_18_1_a_duty_free_import_is_open_only_under_a_customs_condition(
    imported_as: str, conditions: tuple[CustomsConditionRecorded, ...], day: date, verdict: str
) -> None:
    edition = chongqing()
    imported = resource("accepted", *conditions, duty_free=imported_as == "duty_free")
    valid = customs_valid(imported, span_on(day), edition)

    def published() -> list[Event]:
        return publication.publish(
            imported,
            items=ITEMS,
            portal_url=PORTAL,
            holder=Holder(has_sharing_rules=True),
            edition=edition,
            today=day,
        )

    steps = {
        "publish": verdict_on(published),
        "confirm": verdict_on(lambda: confirm(requested_on(day), edition=edition, customs=valid)),
        "start": verdict_on(lambda: start(confirmed_on(day), edition=edition, customs=valid)),
    }
    assert set(steps.values()) == {verdict}, steps


def resource(standing: str, *more: Event, **changes: Any) -> Resource:  # noqa: ANN401 - any field
    state = RESOURCE.fold([*history(standing, **changes), *more])
    assert state
    return state


def span_on(day: date) -> Span:
    """From 9 to 11 by the clock of Shanghai."""
    nine = datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI).astimezone(UTC)
    return span(nine, nine + timedelta(hours=2))


def requested_on(day: date) -> Reservation:
    wanted = span_on(day)
    state = RESERVATION.fold([asked(span=wanted, held=wanted)])
    assert state
    return state


def confirmed_on(day: date) -> Reservation:
    wanted = span_on(day)
    state = RESERVATION.fold([asked(span=wanted, held=wanted), CONFIRMED])
    assert state
    return state


def confirm(
    reservation: Reservation, *, edition: Edition, customs: bool = True, takes_part: bool = True
) -> list[Event]:
    """An hour before the start."""
    return answering.confirm(
        reservation,
        resource_state="published",
        customs_valid=customs,
        provider_takes_part=takes_part,
        edition=edition,
        now=reservation.span.start - timedelta(hours=1),
    )


def start(reservation: Reservation, *, edition: Edition, customs: bool = True, takes_part: bool = True) -> list[Event]:
    """On time, under a contract in force."""
    at = reservation.span.start
    contract = ContractStanding(contract=UUID(int=5), in_force_from=at - timedelta(days=1), covers=True)
    return usage.start(
        reservation,
        started_at=at,
        contract=contract,
        resource_state="published",
        customs_valid=customs,
        provider_takes_part=takes_part,
        operated_by=STAFF,
        edition=edition,
        now=at,
    )
