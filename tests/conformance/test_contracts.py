# SPDX-License-Identifier: Apache-2.0
"""Contracts before use, intellectual property, acknowledgement and protected data (JS 18, 20; CQ 17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS
from domain.billing import settling
from domain.billing.events import InvoiceCleared
from domain.billing.order import ORDER
from domain.contracts import amending, drafting, performing, signing
from domain.contracts.acknowledging import duties_of_contract, duties_of_use
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.events import IpShare
from domain.contracts.protection import may_read
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.reservations import usage
from domain.reservations.facts import ContractStanding
from domain.reservations.reservation import RESERVATION
from tests.api.conftest import app, client
from tests.api.desk import Desk, Province, found_province
from tests.conformance.editions import chongqing, jiangsu
from tests.conformance.variants import MADE_UP
from tests.domain.billing import examples as billing
from tests.domain.contracts import samples
from tests.domain.contracts.samples import BY_BOTH, BY_ONE, CLAUSES, DRAFTED, REGISTERED, SIX, drafted, shares, terms
from tests.domain.contracts.test_amending import LONGER, PROPOSED, SIGNED
from tests.domain.reservations import samples as reserved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi.testclient import TestClient

    from domain.contracts.contract import Contract
    from domain.contracts.events import Terms
    from domain.kernel.event import Event
    from domain.policy import Edition
    from infrastructure.bootstrap import Platform

__all__ = ["app", "client"]

FRAMEWORK = drafted(terms(framework=True, resources=()))


def refused(decision: Callable[[], Sequence[Event]]) -> list[str]:
    """The codes of the broken rules; none where the decision is taken."""
    try:
        decision()
    except DomainError as error:
        return list(error.codes)
    return []


def contract(*events: Event) -> Contract:
    state = CONTRACT.fold(events)
    assert state is not None
    return state


# JS-18.1: no use before both have signed


def _start(edition: Edition, under: Contract | None, hour: int, minute: int, second: int) -> list[str]:
    """Whether a use of the morning of 2 March may begin at that time of day."""
    begun = RESERVATION.fold([reserved.REQUESTED, reserved.CONFIRMED])
    assert begun is not None
    at = reserved.at(hour, minute, second)
    standing = None
    if under is not None:
        covers = under.covers(reserved.RESOURCE, reserved.CUSTOMER, reserved.USER, local_date(at), unit=reserved.UNIT)
        since = under.in_force_since(edition)
        standing = ContractStanding(contract=reserved.CONTRACT, in_force_from=since, covers=covers)
    return refused(
        lambda: usage.start(
            begun,
            started_at=at,
            contract=standing,
            resource_state="published",
            customs_valid=True,
            operated_by=reserved.STAFF,
            edition=edition,
            now=reserved.at(11),
        )
    )


NOT_IN_FORCE = ["reservations.contract_not_in_force"]
EARLY, TEN = reserved.at(8), reserved.at(10)
JS_18_1: list[tuple[str, tuple[Event, ...], tuple[int, int, int], list[str]]] = [
    ("no signature", (DRAFTED,), (10, 30, 0), NOT_IN_FORCE),
    ("one", (DRAFTED, samples.signed("provider", EARLY)), (10, 30, 0), NOT_IN_FORCE),
    ("two", (DRAFTED, samples.signed("provider", EARLY), samples.signed("user", EARLY)), (10, 30, 0), []),
    ("09:59:59", (DRAFTED, samples.signed("provider", EARLY), samples.signed("user", TEN)), (9, 59, 59), NOT_IN_FORCE),
    ("10:00:00", (DRAFTED, samples.signed("provider", EARLY), samples.signed("user", TEN)), (10, 0, 0), []),
    ("framework, one", (FRAMEWORK, samples.signed("user", EARLY, FRAMEWORK)), (10, 30, 0), NOT_IN_FORCE),
    (
        "framework, two",
        (FRAMEWORK, samples.signed("user", EARLY, FRAMEWORK), samples.signed("provider", EARLY, FRAMEWORK)),
        (10, 30, 0),
        [],
    ),
]


@pytest.mark.parametrize(("past", "at", "broken"), [case[1:] for case in JS_18_1], ids=[case[0] for case in JS_18_1])
def test_JS_18_1_use_begins_with_the_second_signature_under_a_contract_or_framework(
    past: tuple[Event, ...], at: tuple[int, int, int], broken: list[str]
) -> None:
    assert _start(jiangsu(), contract(*past), *at) == broken


def test_JS_18_1_no_use_for_others_without_any_contract() -> None:
    assert _start(jiangsu(), None, 10, 30, 0) == ["reservations.contract_missing"]


# JS-18.2: six clauses


def _sign(edition: Edition, document: Any, before: tuple[Event, ...] = ()) -> list[str]:  # noqa: ANN401 - a draft
    signature = samples.signature("user", document)
    return refused(lambda: signing.sign(contract(document, *before), signature, edition=edition, now=samples.NOW))


@pytest.mark.parametrize("empty", ["", " "], ids=["empty", "blank"])
@pytest.mark.parametrize("omitted", [None, *SIX])
def test_JS_18_2_only_six_clauses_are_signed(omitted: str | None, empty: str) -> None:
    text = {name: empty if name == omitted else words for name, words in SIX.items()}
    document = drafted(clauses=Clauses.model_validate(text))
    assert _sign(jiangsu(), document) == (["contracts.clause_missing"] if omitted else [])


# JS-18.3: registration


@pytest.mark.parametrize(
    ("past", "broken"),
    [(BY_ONE, ["contracts.not_signed_by_both"]), (BY_BOTH, [])],
    ids=["signed by one", "signed by both"],
)
def test_JS_18_3_registration_comes_after_both_signatures(past: tuple[Event, ...], broken: list[str]) -> None:
    edition, day = jiangsu(), date(2026, 3, 1)
    decision = refused(
        lambda: performing.register(
            contract(*past), registration_number="2026320101", registered_on=day, edition=edition, today=day
        )
    )
    assert decision == broken


def test_JS_18_3_an_amendment_marks_the_registration_for_renewal_and_a_new_one_renews_it() -> None:
    registered = (*BY_BOTH, REGISTERED)
    amended = contract(*registered, PROPOSED, SIGNED)
    assert (contract(*registered).renewal_needed, amended.renewal_needed) == (False, True)
    day = date(2026, 5, 1)
    renewed = performing.register(
        amended, registration_number="2026320101000999", registered_on=day, edition=jiangsu(), today=day
    )
    assert not contract(*registered, PROPOSED, SIGNED, *renewed).renewal_needed
    assert renewed[1].renews == REGISTERED.registration_number  # type: ignore[attr-defined]
    assert not contract(*BY_BOTH, PROPOSED, SIGNED).renewal_needed


def test_JS_18_3_settlement_never_asks_for_a_registration() -> None:
    order = ORDER.fold([*billing.invoiced_order(), billing.paid(60000), InvoiceCleared()])
    assert order is not None
    never = contract(*BY_BOTH)
    assert never.registration_number is None
    assert (
        refused(
            lambda: settling.settle(
                order, budget_status="other", disputed=False, settled_on=billing.DAY, edition=jiangsu()
            )
        )
        == []
    )


# JS-20.1: shares, and when they are fixed


@pytest.mark.parametrize(
    ("provider", "user", "broken"),
    [
        ("60.00", "40.00", []),
        ("0.00", "100.00", []),
        ("59.99", "40.00", ["contracts.ip_shares_not_whole"]),
        ("60.01", "40.00", ["contracts.ip_shares_not_whole"]),
    ],
)
def test_JS_20_1_shares_sum_to_exactly_a_hundred(provider: str, user: str, broken: list[str]) -> None:
    assert _sign(jiangsu(), drafted(terms(ip_shares=shares(provider, user)))) == broken


def test_JS_20_1_a_third_decimal_is_no_share() -> None:
    with pytest.raises(ValidationError):
        IpShare(party="user", percent=Decimal("33.333"))


LATER_CLAUSE = Clauses.model_validate({**SIX, "ip_ownership": "全部归管理单位所有"})
ADDED = Clauses.model_validate({**SIX, "ip_ownership": ""})


@pytest.mark.parametrize(
    ("agreed", "wanted", "used", "broken"),
    [
        (CLAUSES, (LONGER, CLAUSES), True, []),
        (CLAUSES, (LONGER, LATER_CLAUSE), False, []),
        (CLAUSES, (LONGER, LATER_CLAUSE), True, ["contracts.ip_fixed_before_use"]),
        (ADDED, (LONGER, CLAUSES), True, ["contracts.ip_fixed_before_use"]),
        (CLAUSES, (terms(ip_shares=shares("50.00", "50.00")), CLAUSES), True, ["contracts.ip_fixed_before_use"]),
    ],
    ids=["other terms", "changed before use", "clause changed after", "clause added after", "shares changed after"],
)
def test_JS_20_1_property_is_settled_before_use(
    agreed: Clauses,
    wanted: tuple[Terms, Clauses],
    used: bool,  # noqa: FBT001 - an example
    broken: list[str],
) -> None:
    document = drafted(clauses=agreed)
    state = contract(document, samples.signed("provider", of=document), samples.signed("user", of=document))
    decision = refused(
        lambda: amending.propose(
            state, terms=wanted[0], clauses=wanted[1], reason="变更", by="user", used=used, edition=jiangsu()
        )
    )
    assert decision == broken


# JS-20.2: duties as agreed


UNKNOWN = ["contracts.unknown_output"]
JIANGSU_OUTPUTS = ("patent_application", "monograph", "paper")


@pytest.mark.parametrize(
    ("agreed", "duties"),
    [((), []), (("paper",), ["paper"]), (JIANGSU_OUTPUTS, list(JIANGSU_OUTPUTS))],
    ids=["none agreed", "one", "three"],
)
def test_JS_20_2_one_duty_for_each_output_agreed(agreed: tuple[str, ...], duties: list[str]) -> None:
    edition = jiangsu()
    assert [duty.output for duty in duties_of_contract(edition, agreed, ())] == duties
    assert duties_of_use(edition, ()) == []
    assert all(duty.met for duty in duties_of_contract(edition, agreed, ("paper", "monograph", "patent")))


@pytest.mark.parametrize(
    ("output", "broken"),
    [
        *((each, []) for each in JIANGSU_OUTPUTS),
        ("work", ["contracts.unknown_output"]),
        (MADE_UP, ["contracts.unknown_output"]),
    ],
)
def test_JS_20_2_only_known_outputs_can_be_agreed(output: str, broken: list[str]) -> None:
    facts: dict[str, Any] = {"contract": samples.CONTRACT_ID, "number": samples.NUMBER, "parties": samples.PARTIES}
    agreed = terms(acknowledgement_outputs=(output,))
    assert refused(lambda: drafting.draft(**facts, terms=agreed, clauses=CLAUSES, edition=jiangsu())) == broken


PROTECTED = [
    ("signatory", True, True),
    ("ip_shares", True, True),
    ("UsageCompleted.note", True, True),
    ("clauses", False, True),
    ("DisputeOpened.reason", False, True),
    ("ContractTerminated.reason", False, False),
    ("valid_until", False, False),
]
"""A field, and whether it is closed to third parties in Jiangsu and in Chongqing. The text is sealed besides (8.23)."""


@pytest.mark.parametrize(("field", "closed"), [(name, here) for name, here, _ in PROTECTED])
def test_JS_20_2_protected_fields_are_for_the_parties_and_auditors(field: str, closed: bool) -> None:  # noqa: FBT001
    edition = jiangsu()
    assert may_read(field, "party", edition)
    assert may_read(field, "auditor", edition)
    assert may_read(field, "other", edition) is not closed


# JS-20.2, CQ-17.2: at the counter


@pytest.fixture(params=["jiangsu", "chongqing"])
def home(request: pytest.FixtureRequest, platform: Platform, client: TestClient) -> Desk:
    return Desk(platform, client, request.param)


@pytest.fixture
def place(home: Desk) -> Province:
    return found_province(home)


@pytest.fixture
def made(home: Desk, place: Province) -> dict[str, Any]:
    """A draft between the two, whose six clauses hold what nobody else may read."""
    allowed = home.jurisdiction.regime.on(date(2026, 3, 2)).value("contract.acknowledgement_outputs")
    agreed = {**EXAMPLE_TERMS, "resources": [str(place.instrument)], "acknowledgement_outputs": [allowed[-1]]}
    body = {"unit_id": str(place.unit), "customer_user_id": str(place.user), "terms": agreed}
    document: dict[str, Any] = home.send("/contracts", {**body, "clauses": EXAMPLE_CLAUSES}, home.manager(place)).json()
    home.project()
    return document


PARTS = ("", "/versions", "/versions/1/compare/1", ".pdf")


def test_JS_20_2_strangers_are_refused_and_written_down(home: Desk, place: Province, made: dict[str, Any]) -> None:
    strangers = [
        home.bearer(Role.MANAGING_UNIT, organisation=UUID(int=5), unit=UUID(int=6)),
        home.bearer(Role.USER, organisation=place.provider),
        home.bearer(Role.USER),
    ]
    asked = [(part, who) for part in (*PARTS, "/accesses", "/duties", "/call-offs") for who in strangers]
    for part, who in asked:
        answer = home.read(f"/contracts/{made['id']}{part}", who)
        assert answer.status_code == 404, part
        assert str(EXAMPLE_CLAUSES["service_content"]) not in answer.text
    written = [row for row in home.refusals() if row[3].get("reason") == "protected_data"]
    assert len(written) == len(asked)
    for role in (Role.SERVICE_CENTRE, Role.COUNCIL, Role.ADMINISTRATOR, Role.OPERATOR):
        assert home.read(f"/contracts/{made['id']}", home.bearer(role)).status_code == 403
    assert len(home.refusals()) == len(asked) + 4


@pytest.mark.parametrize(("part", "noted"), [("", "text"), ("/versions", "versions"), (".pdf", "pdf")])
def test_JS_20_2_an_auditor_reads_and_leaves_one_event(
    home: Desk, place: Province, made: dict[str, Any], part: str, noted: str
) -> None:
    auditor = UUID(int=44)
    assert home.read(f"/contracts/{made['id']}{part}", home.bearer(Role.AUDITOR, user=auditor)).status_code == 200
    home.project()
    page = home.read(f"/contracts/{made['id']}/accesses", home.customer(place)).json()
    [seen] = page["items"]
    assert (seen["viewer"], seen["capacity"], seen["part"]) == (str(auditor), "auditor", noted)


def test_JS_20_2_the_parties_read_without_a_note_and_take_the_paper_with_one(
    home: Desk, place: Province, made: dict[str, Any]
) -> None:
    for who in (home.customer(place), home.manager(place)):
        read = home.read(f"/contracts/{made['id']}", who).json()
        assert read["clauses"]["service_content"] == EXAMPLE_CLAUSES["service_content"]
        assert home.read(f"/contracts/{made['id']}.pdf", who).content.startswith(b"%PDF")
    home.project()
    page = home.read(f"/contracts/{made['id']}/accesses", home.manager(place)).json()
    assert sorted((item["capacity"], item["part"]) for item in page["items"]) == [("provider", "pdf"), ("user", "pdf")]


# CQ-17.1: independent and joint work


@pytest.mark.parametrize(
    ("experiment", "provider", "user", "broken"),
    [
        ("independent", "0.00", "100.00", []),
        ("independent", "0.01", "99.99", ["contracts.independent_experiment_belongs_to_user"]),
        ("independent", "100.00", "0.00", ["contracts.independent_experiment_belongs_to_user"]),
        ("joint", "70.00", "30.00", []),
        ("commissioned", "100.00", "0.00", []),
        ("joint", "70.00", "29.99", ["contracts.ip_shares_not_whole"]),
    ],
)
def test_CQ_17_1_what_the_user_does_alone_is_the_users(
    experiment: Any,  # noqa: ANN401 - a word of the terms
    provider: str,
    user: str,
    broken: list[str],
) -> None:
    agreed = terms(experiment=experiment, ip_shares=shares(provider, user), acknowledgement_outputs=())
    assert _sign(chongqing(), drafted(agreed)) == broken


def test_CQ_17_1_jiangsu_leaves_the_same_to_the_parties() -> None:
    agreed = terms(experiment="independent", ip_shares=shares("0.01", "99.99"))
    assert _sign(jiangsu(), drafted(agreed)) == []


# CQ-17.2: duties by law


def test_CQ_17_2_each_completed_use_makes_duties_for_works_and_papers_whatever_the_contract_says() -> None:
    edition = chongqing()
    assert [(duty.output, duty.met) for duty in duties_of_use(edition, ())] == [("work", False), ("paper", False)]
    assert [duty.met for duty in duties_of_use(edition, ("monograph",))] == [True, False]
    assert duties_of_contract(edition, ("paper",), ()) == []


def test_CQ_17_2_no_duty_for_patents() -> None:
    assert "patent_application" not in [duty.output for duty in duties_of_use(chongqing(), ())]


@pytest.mark.parametrize(("field", "closed"), [(name, here) for name, _, here in PROTECTED])
def test_CQ_17_2_five_classes_are_closed_to_third_parties(field: str, closed: bool) -> None:  # noqa: FBT001
    edition = chongqing()
    assert may_read(field, "party", edition)
    assert may_read(field, "auditor", edition)
    assert may_read(field, "other", edition) is not closed


def test_CQ_17_2_an_outsider_is_refused_and_written_down(platform: Platform, client: TestClient) -> None:
    desk = Desk(platform, client, "chongqing")
    place = found_province(desk)
    agreed = {**EXAMPLE_TERMS, "resources": [str(place.instrument)], "acknowledgement_outputs": []}
    body = {"unit_id": str(place.unit), "customer_user_id": str(place.user), "terms": agreed}
    secret = {**EXAMPLE_CLAUSES, "further": {"trade_secret": "配方比例三比七"}}
    made = desk.send("/contracts", {**body, "clauses": secret}, desk.manager(place)).json()
    desk.project()
    answer = desk.read(f"/contracts/{made['id']}", desk.bearer(Role.USER, organisation=UUID(int=5)))
    assert (answer.status_code, "配方" in answer.text) == (404, False)
    [(role, command, code, detail)] = desk.refusals()
    assert (role, command, code) == ("user", "GET contracts.Contract", "application.not_permitted")
    assert detail == {"reason": "protected_data", "subject": made["id"]}
