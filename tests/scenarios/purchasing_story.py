# SPDX-License-Identifier: Apache-2.0
"""A purchase told by commands: who asks, organises, reviews, advises and decides, each one person in one role."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from application.command import Result
from application.parties.register_unit import RegisterUnit
from application.purchasing.approve_purchase import ApprovePurchase
from application.purchasing.complete_duplicate_check import CompleteDuplicateCheck
from application.purchasing.complete_procurement import CompleteProcurement
from application.purchasing.issue_review_opinion import IssueReviewOpinion
from application.purchasing.request_purchase_review import RequestPurchaseReview
from application.purchasing.revise_purchase_price import RevisePurchasePrice
from application.purchasing.route_review import RouteReview
from application.purchasing.start_review import StartReview
from domain.kernel.actor import Actor, Role
from domain.kernel.money import fen_from_yuan
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.state import PurchaseReview
from tests.application.deciding import decided
from tests.domain.resources.examples import PORTAL
from tests.scenarios.places import Place
from tests.scenarios.story import Story

PARTS = {"necessity": "现有设备不能满足", "reasonableness": "价格合理", "service_performance": "年对外800小时"}


@dataclass
class Purchasing:
    """A second unit of the university wants what the first one shares already."""

    story: Story
    money: str
    object_kind: str
    ids: dict[str, UUID] = field(default_factory=dict)
    asker: UUID = field(default_factory=uuid4)
    colleague: UUID = field(default_factory=uuid4)
    expert: UUID = field(default_factory=uuid4)
    centre_person: UUID = field(default_factory=uuid4)
    officials: dict[Role, UUID] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.story.place

    @property
    def unit(self) -> Actor:
        university = self.story.ids["university"]
        return Actor(user=self.asker, role=Role.MANAGING_UNIT, organisation=university, unit=self.ids["unit"])

    @property
    def reviewing_colleague(self) -> Actor:
        return self.unit.model_copy(update={"user": self.colleague})

    @property
    def centre(self) -> Actor:
        return Actor(user=self.centre_person, role=Role.SERVICE_CENTRE, organisation=self.story.ids["funder 0"])

    def official(self, role: Role) -> Actor:
        return Actor(user=self.officials.setdefault(role, uuid4()), role=role)

    @property
    def state(self) -> PurchaseReview:
        events = [recorded.event for recorded in self.story.home.log.stream(self.ids["review"])]
        state = PURCHASE_REVIEW.fold(events)
        assert state is not None
        return state

    def open_unit(self) -> None:
        unit = RegisterUnit(
            legal_person=self.story.ids["university"],
            code="U02",
            name_zh="材料学院",
            kind=self.place.unit_kind,
            scope_mode="direct",
            city="南京市",
            portal_url=PORTAL,
        )
        self.ids["unit"] = self.story.do(unit, self.story.registrar).id

    def request(self, price: str, model: str = "Regulus-8100") -> Result:
        stated = {
            "act": "new_purchase",
            "object_kind": self.object_kind,
            "items": [{"name": "电子显微镜", "class_code": "010102", "model": model, "quantity": 1, **_price(price)}],
            "funding": self._funding(price),
        }
        command = RequestPurchaseReview.model_validate({"unit": self.ids["unit"], "purchase": stated})
        result = self.story.do(command, self.unit)
        self.ids["review"] = result.id
        return result

    def revise(self, price: str, stage: str = "estimate") -> Result:
        stated = {"stage": stage, "prices": [_price(price)["price"]], "funding": self._funding(price), "reason": "询价"}
        return self.story.do(RevisePurchasePrice.model_validate(self._of(stated)), self.unit)

    def route(self, role: str, reviewer: str, organiser: Role) -> Result:
        stated = {"reviewer_role": role, "reviewer": self.story.ids[reviewer]}
        return self.story.do(RouteReview.model_validate(self._of(stated)), self.official(organiser))

    def check(self) -> Result:
        return self.story.do(CompleteDuplicateCheck.model_validate(self._of({})), self.centre)

    def start(self, actor: Actor) -> Result:
        panel = [{"person": actor.user, "conflict": False, "statement": "无利害关系"}]
        return self.story.do(StartReview.model_validate(self._of({"panel": panel})), actor)

    def conclude(self, actor: Actor, conclusion: str) -> Result:
        stated = {"parts": PARTS, "conclusion": conclusion}
        return self.story.do(IssueReviewOpinion.model_validate(self._of(stated)), actor)

    def approve(self, role: Role, reason: str = "") -> Result:
        stated = {"decision_reference": decided(self.story.home, "批〔2026〕1号"), "reason": reason}
        return self.story.do(ApprovePurchase.model_validate(self._of(stated)), self.official(role))

    def procure(self, price: str, accepted_on: str, asset_number: str = "U02-1") -> Result:
        stated = {
            "contract_number": "CG-1",
            "prices": [_price(price)["price"]],
            "assets": [{"item": 0, "asset_number": asset_number}],
            "accepted_on": accepted_on,
        }
        return self.story.do(CompleteProcurement.model_validate(self._of(stated)), self.unit)

    def _of(self, stated: dict[str, Any]) -> dict[str, Any]:
        return {"review": self.ids["review"], **stated}

    def _funding(self, price: str) -> list[dict[str, Any]]:
        return [{"source": self.money, "amount_fen": fen_from_yuan(price)}]


def _price(price: str) -> dict[str, Any]:
    return {"price": {"bare": fen_from_yuan(price)}}
