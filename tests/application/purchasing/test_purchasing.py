# SPDX-License-Identifier: Apache-2.0
"""Who may do what with a purchase review, on the real database (lifecycle 6.2)."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.bus import Request
from application.command import Command, Result
from application.errors import KeyTaken, NotFound, NotPermitted
from application.parties.merge_unit import MergeUnit
from application.purchasing import ENTRIES
from application.purchasing.approve_purchase import ApprovePurchase
from application.purchasing.attach_expert_opinion import AttachExpertOpinion
from application.purchasing.cancel_purchase_request import CancelPurchaseRequest
from application.purchasing.complete_duplicate_check import CompleteDuplicateCheck
from application.purchasing.complete_procurement import CompleteProcurement
from application.purchasing.correct_purchase_set import CorrectPurchaseSet
from application.purchasing.draft_warning_catalogue import DraftWarningCatalogue
from application.purchasing.grant_review_exception import GrantReviewException
from application.purchasing.issue_review_opinion import IssueReviewOpinion
from application.purchasing.mandate_reviewer import MandateReviewer
from application.purchasing.publish_warning_catalogue import PublishWarningCatalogue
from application.purchasing.refuse_purchase import RefusePurchase
from application.purchasing.request_purchase_review import RequestPurchaseReview
from application.purchasing.reroute_review import RerouteReview
from application.purchasing.revise_purchase_price import RevisePurchasePrice
from application.purchasing.route_review import RouteReview
from application.purchasing.start_review import StartReview
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.money import fen_from_yuan
from domain.purchasing.events import ProcurementCompleted
from domain.purchasing.state import PurchaseReview
from infrastructure.bootstrap import Platform
from tests.application.deciding import decided
from tests.application.office import CODES, Office

PARTS = {"necessity": "需要", "reasonableness": "合理", "service_performance": "共享"}
HALF_USED = {"threshold": "1", "least_instruments": 1}


@dataclass
class Counter:
    """A university that asks, a centre and an institute that review, and whoever organises and decides."""

    office: Office
    university: UUID
    centre: UUID
    institute: UUID
    unit: UUID
    other: UUID
    persons: dict[str, UUID] = field(default_factory=dict)

    def actor(self, role: Role, organisation: UUID | None = None, unit: UUID | None = None, name: str = "") -> Actor:
        user = self.persons.setdefault(name or role.value, uuid4())
        return Actor(user=user, role=role, organisation=organisation, unit=unit)

    @property
    def asker(self) -> Actor:
        return self.actor(Role.MANAGING_UNIT, self.university, self.unit)

    @property
    def reviewer(self) -> Actor:
        return self.actor(Role.SERVICE_CENTRE, self.centre)

    def do(self, command: type[Command], actor: Actor, **stated: Any) -> Result:  # noqa: ANN401 - any field
        key = uuid4()
        return self.office.home.bus.execute(Request(command.model_validate(stated), actor, key, key))

    def ask(self, price: str = "2000000.00", actor: Actor | None = None, **changes: Any) -> UUID:  # noqa: ANN401
        wanted = {
            "act": "new_purchase",
            "object_kind": "large_instrument",
            "items": [{"name": "电镜", "class_code": "010102", "model": "S-1", "quantity": 1, **bare(price)}],
            "funding": funding(price),
        }
        stated = {"unit": self.unit, "purchase": wanted | changes}
        return self.do(RequestPurchaseReview, actor or self.asker, **stated).id

    def given(self, review: UUID, role: str = "service_centre", reviewer: UUID | None = None) -> Result:
        finance = self.actor(Role.FINANCE_DEPARTMENT)
        stated = {"reviewer_role": role, "reviewer": reviewer or self.centre}
        return self.do(RouteReview, finance, review=review, **stated)

    def begun(self, review: UUID, actor: Actor | None = None) -> Result:
        starter = actor or self.reviewer
        panel = [{"person": starter.user, "conflict": False}]
        return self.do(StartReview, starter, review=review, panel=panel)

    def concluded(self, review: UUID, actor: Actor | None = None) -> Result:
        return self.do(IssueReviewOpinion, actor or self.reviewer, review=review, parts=PARTS, conclusion="positive")

    def reviewed(self) -> UUID:
        review = self.ask()
        self.given(review)
        self.begun(review)
        self.concluded(review)
        return review

    def state(self, review: UUID) -> PurchaseReview:
        state: PurchaseReview = self.office.state(review)
        return state


def bare(price: str) -> dict[str, Any]:
    return {"price": {"bare": fen_from_yuan(price)}}


def funding(price: str) -> list[dict[str, Any]]:
    return [{"source": "provincial_fiscal_funds", "amount_fen": fen_from_yuan(price)}]


@pytest.fixture
def counter(platform: Platform) -> Counter:
    office = Office(platform.jurisdictions["jiangsu"])
    university, centre, institute = (office.legal_person(code, name_zh=code) for code in CODES)
    office.rules(unit := office.unit(university))
    return Counter(office, university, centre, institute, unit, office.unit(university, "JS-U02"))


def project(counter: Counter) -> None:
    projector = counter.office.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()


ROLES: dict[type[Command], set[Role]] = {
    RequestPurchaseReview: {Role.MANAGING_UNIT},
    RevisePurchasePrice: {Role.MANAGING_UNIT},
    CancelPurchaseRequest: {Role.MANAGING_UNIT},
    CompleteProcurement: {Role.MANAGING_UNIT},
    CompleteDuplicateCheck: {Role.SERVICE_CENTRE},
    AttachExpertOpinion: {Role.EXPERT_COMMITTEE},
    RouteReview: {Role.FINANCE_DEPARTMENT, Role.COUNCIL_OFFICE},
    RerouteReview: {Role.FINANCE_DEPARTMENT, Role.COUNCIL_OFFICE},
    DraftWarningCatalogue: {Role.FINANCE_DEPARTMENT},
    PublishWarningCatalogue: {Role.FINANCE_DEPARTMENT},
}


@pytest.mark.parametrize("command", ROLES)
def test_the_lifecycle_says_who_may(command: type[Command]) -> None:
    [entry] = [entry for entry in ENTRIES if entry.command is command]
    assert entry.roles - {Role.SYSTEM} == ROLES[command]


@pytest.mark.parametrize("role", [Role.USER, Role.AUDITOR, Role.SERVICE_CENTRE, Role.FINANCE_DEPARTMENT])
def test_another_role_asks_for_nothing(counter: Counter, role: Role) -> None:
    with pytest.raises(NotPermitted):
        counter.ask(actor=counter.actor(role))


def test_a_unit_asks_and_changes_only_for_itself(counter: Counter) -> None:
    stranger = counter.actor(Role.MANAGING_UNIT, counter.university, counter.other, "stranger")
    review = counter.ask()
    with pytest.raises(NotPermitted):
        counter.ask(actor=stranger)
    revised = {"stage": "estimate", "prices": [bare("2100000.00")["price"]], "funding": funding("2100000.00")}
    for command, stated in (
        (RevisePurchasePrice, {**revised, "reason": "…"}),
        (CancelPurchaseRequest, {"reason": "…"}),
        (MandateReviewer, {"institution": counter.institute, "number": "1"}),
    ):
        with pytest.raises(NotPermitted):
            counter.do(command, stranger, review=review, **stated)
    counter.do(CancelPurchaseRequest, counter.asker, review=review, reason="…")
    assert counter.state(review).state == "cancelled"


def test_numbers_follow_one_another(counter: Counter) -> None:
    numbers = [counter.state(counter.ask()).number for _ in range(2)]
    assert numbers == ["PY-JS-U01-2026-000001", "PY-JS-U01-2026-000002"]


def test_only_the_organisation_that_was_given_the_review_carries_it_out(counter: Counter) -> None:
    review = counter.ask()
    counter.given(review)
    other_centre = counter.actor(Role.SERVICE_CENTRE, counter.institute, name="other centre")
    with pytest.raises(NotPermitted):
        counter.begun(review, other_centre)
    with pytest.raises(DomainError, match="not_the_reviewer"):
        counter.begun(review, counter.asker)
    counter.begun(review)
    with pytest.raises(NotPermitted):
        counter.concluded(review, other_centre)
    counter.concluded(review)
    assert counter.state(review).state == "opinion_issued"


def test_a_unit_reviews_its_own_request_in_the_middle_band_by_other_persons(counter: Counter) -> None:
    review = counter.ask("600000.00")
    counter.given(review, "managing_unit", counter.university)
    with pytest.raises(DomainError, match="reviewer_is_asker"):
        counter.begun(review, counter.asker)
    colleague = counter.actor(Role.MANAGING_UNIT, counter.university, counter.unit, "colleague")
    counter.begun(review, colleague)
    with pytest.raises(NotPermitted):
        counter.concluded(review, counter.actor(Role.MANAGING_UNIT, counter.university, counter.other, "stranger"))
    with pytest.raises(DomainError, match="not_on_the_panel"):
        counter.do(CorrectPurchaseSet, counter.asker, review=review, one_system=True, reason="…")
    counter.concluded(review, colleague)


def test_a_panel_is_of_persons_the_platform_knows(counter: Counter) -> None:
    review = counter.ask()
    counter.given(review)
    panel = [{"person": counter.reviewer.user, "conflict": False}, {"person": uuid4(), "conflict": False}]
    with pytest.raises(NotFound):
        counter.do(StartReview, counter.reviewer, review=review, panel=panel)


def test_a_third_party_reviews_by_mandate_and_another_takes_over(counter: Counter) -> None:
    review = counter.ask()
    finance = counter.actor(Role.FINANCE_DEPARTMENT)
    with pytest.raises(NotFound):
        counter.do(MandateReviewer, finance, review=review, institution=uuid4(), number="WT-1")
    counter.do(MandateReviewer, finance, review=review, institution=counter.institute, number="WT-1")
    counter.given(review, "third_party_institution", counter.institute)
    third = counter.actor(Role.THIRD_PARTY_INSTITUTION, counter.institute)
    counter.begun(review, third)
    expert = counter.actor(Role.EXPERT_COMMITTEE)
    counter.do(AttachExpertOpinion, expert, review=review, advice="positive", text="可", conflict=False)
    stated = {"reviewer_role": "service_centre", "reviewer": counter.centre, "ground": "reviewer_change"}
    counter.do(RerouteReview, finance, review=review, reason="…", **stated)
    with pytest.raises(NotPermitted):
        counter.begun(review, third)
    counter.begun(review)
    assert counter.state(review).experts == frozenset()


def test_another_authority_approves_and_the_reviewers_do_not(counter: Counter) -> None:
    review = counter.reviewed()
    for role, code in ((Role.SCIENCE_DEPARTMENT, "not_the_authority"), (Role.COUNCIL_OFFICE, "not_the_authority")):
        with pytest.raises(DomainError, match=code):
            counter.do(ApprovePurchase, counter.actor(role), review=review, decision_reference="1号")
    with pytest.raises(NotPermitted):
        counter.do(ApprovePurchase, counter.reviewer, review=review, decision_reference="1号")
    finance = counter.actor(Role.FINANCE_DEPARTMENT)
    counter.do(ApprovePurchase, finance, review=review, decision_reference=decided(counter.office.home, "1号"))
    with pytest.raises(DomainError, match="wrong_state"):
        counter.do(RefusePurchase, finance, review=review, decision_reference="2号", reason="…")


def test_an_exception_is_granted_by_the_authority_and_approved_by_another_person(counter: Counter) -> None:
    review = counter.ask()
    stated = {"reason": "应急", "document_number": "1号"}
    with pytest.raises(DomainError, match="not_the_authority"):
        counter.do(GrantReviewException, counter.actor(Role.SCIENCE_DEPARTMENT), review=review, **stated)
    finance = counter.actor(Role.FINANCE_DEPARTMENT)
    counter.do(GrantReviewException, finance, review=review, **stated)
    with pytest.raises(DomainError, match="decider_granted_exception"):
        counter.do(ApprovePurchase, finance, review=review, decision_reference="1号")
    second = counter.actor(Role.FINANCE_DEPARTMENT, name="second")
    counter.do(ApprovePurchase, second, review=review, decision_reference=decided(counter.office.home, "1号"))
    assert counter.state(review).state == "approved"


def test_an_asset_is_bought_once(counter: Counter) -> None:
    stated = {
        "contract_number": "CG-1",
        "prices": [bare("400000.00")["price"]],
        "assets": [{"item": 0, "asset_number": "A-1"}],
        "accepted_on": "2026-03-02",
    }
    first, second = counter.ask("400000.00"), counter.ask("400000.00")
    counter.do(CompleteProcurement, counter.asker, review=first, **stated)
    with pytest.raises(KeyTaken):
        counter.do(CompleteProcurement, counter.asker, review=second, **stated)


def test_what_is_shared_is_shown_at_the_request_and_exempt_or_hidden_things_are_not(counter: Counter) -> None:
    shared = counter.office.published(counter.unit, class_code="010102", asset_number="A-1")
    counter.office.register(counter.unit, class_code="010102", asset_number="A-2")
    project(counter)
    wanted = {"act": "new_purchase", "object_kind": "large_instrument", "funding": funding("1.00")}
    items = [{"name": "电镜", "class_code": "010102", "quantity": 1, **bare("1.00")}]
    result = counter.do(RequestPurchaseReview, counter.asker, unit=counter.unit, purchase=wanted | {"items": items})
    found: Any = result.data["shared_facilities"]
    assert [item["resource"] for item in found["candidates"]] == [str(shared)]
    assert found["position"] > 0


def test_the_finance_department_publishes_what_is_little_used(counter: Counter) -> None:
    counter.office.published(counter.unit, class_code="010102")
    project(counter)
    finance = counter.actor(Role.FINANCE_DEPARTMENT)
    with pytest.raises(NotFound):
        counter.do(PublishWarningCatalogue, finance, draft=1, document_number="1号")
    counter.office.home.bus.clock.now = counter.office.home.bus.clock().replace(day=6)  # type: ignore[attr-defined]
    drafted = counter.do(DraftWarningCatalogue, finance, **HALF_USED)
    entries: Any = drafted.data["entries"]
    assert [(entry["class_code"], entry["utilisation"]) for entry in entries] == [("010102", "0.0000")]
    assert counter.do(PublishWarningCatalogue, finance, draft=1, document_number="1号").data == {"version": 1}
    review = counter.ask()
    assert [match.class_code for match in counter.state(review).warnings] == ["010102"]
    counter.given(review)
    counter.begun(review)
    kept: Any = counter.concluded(review).data["warnings"]
    assert kept == [{"catalogue_version": 1, "class_code": "010102", "item": 0}]


def test_chongqing_has_no_warning_catalogue(platform: Platform) -> None:
    office = Office(platform.jurisdictions["chongqing"])
    with pytest.raises(DomainError, match="no_warning_catalogue"):
        office.do(DraftWarningCatalogue.model_validate(HALF_USED), Role.FINANCE_DEPARTMENT)


def merged(counter: Counter, unit: UUID, successor: UUID) -> None:
    number = decided(counter.office.home, f"并入{unit}")
    counter.office.do(MergeUnit(unit=unit, successor=successor, decision_reference=number))


def test_the_successor_of_a_unit_carries_its_open_requests_to_the_end(counter: Counter) -> None:
    """Through two mergers; what it buys stands in its own ledger, under a number that is its own."""
    heir = counter.office.unit(counter.university, "JS-U03")
    successor = counter.actor(Role.MANAGING_UNIT, counter.university, heir, name="heir")
    review, other = counter.reviewed(), counter.ask()
    merged(counter, counter.unit, counter.other)
    with pytest.raises(NotPermitted):
        counter.do(CancelPurchaseRequest, successor, review=other, reason="…")
    merged(counter, counter.other, heir)
    counter.do(CancelPurchaseRequest, successor, review=other, reason="…")
    assert counter.state(other).state == "cancelled"
    approve = {"review": review, "decision_reference": decided(counter.office.home, "批1号")}
    counter.do(ApprovePurchase, counter.actor(Role.FINANCE_DEPARTMENT), **approve)
    bought = {
        "contract_number": "C-1",
        "prices": [bare("2000000.00")["price"]],
        "assets": [{"item": 0, "asset_number": "A-1"}],
        "accepted_on": "2026-03-02",
    }
    stranger = counter.actor(Role.MANAGING_UNIT, counter.institute, uuid4(), name="stranger")
    with pytest.raises(NotPermitted):
        counter.do(CompleteProcurement, stranger, review=review, **bought)
    counter.do(CompleteProcurement, successor, review=review, **bought)
    [completed] = (
        item.event for item in counter.office.home.log.stream(review) if isinstance(item.event, ProcurementCompleted)
    )
    assert completed.unit == heir


def test_a_unit_that_has_ended_asks_for_nothing_new(counter: Counter) -> None:
    merged(counter, counter.unit, counter.other)
    with pytest.raises(DomainError, match=r"parties\.unit_merged"):
        counter.ask()
    successor = counter.actor(Role.MANAGING_UNIT, counter.university, counter.other, name="heir")
    with pytest.raises(DomainError, match=r"parties\.unit_merged"):
        counter.ask(actor=successor)
