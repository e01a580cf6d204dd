# SPDX-License-Identifier: Apache-2.0
"""A purchase and what happened to it, for the tests of this room."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.event import Event
from domain.kernel.money import fen_from_yuan
from domain.policy import Edition
from domain.purchasing import checking, deciding, procuring, requesting, reviewing, routing
from domain.purchasing.events import Asset, Declaration, WarningMatch
from domain.purchasing.facilities import Matches
from domain.purchasing.requesting import Asking
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.state import PurchaseReview
from domain.purchasing.values import FundingShare, Item, Price, Purchase
from tests.domain.editions import JIANGSU

UNIT, UNIVERSITY, CENTRE, INSTITUTE = UUID(int=11), UUID(int=1), UUID(int=2), UUID(int=3)
ASKER, REVIEWER, APPROVER, EXPERT, GRANTOR = (UUID(int=number) for number in range(101, 106))
TODAY = date(2026, 3, 2)
NOTHING = Matches(count=0, candidates=(), position=7)
PANEL = (Declaration(person=REVIEWER, conflict=False),)
PARTS = {"necessity": "需要", "reasonableness": "合理", "service_performance": "共享"}
FORM = reviewing.Form(PARTS, "positive")
OBJECTS = {"jiangsu": "large_instrument", "chongqing": "instrument"}
MONEY = {"jiangsu": "provincial_fiscal_funds", "chongqing": "municipal_fiscal_funds"}


def yuan(text: str) -> Price:
    return Price(bare=fen_from_yuan(text))


def item(price: str, quantity: int = 1, class_code: str = "010102") -> Item:
    return Item(name="扫描电子显微镜", class_code=class_code, model="S-1", quantity=quantity, price=yuan(price))


def purchase(*items: Item, edition: Edition = JIANGSU, source: str | None = None, **changes: Any) -> Purchase:  # noqa: ANN401
    """Paid from one source, by default one in the scope of the regime."""
    wanted = items or (item("600000.00"),)
    made = Purchase.model_validate(
        {"act": "new_purchase", "object_kind": OBJECTS[edition.regime], "items": wanted, "funding": ()} | changes
    )
    share = {"source": source or MONEY[edition.regime], "amount_fen": made.total_fen}
    paid = changes.get("funding") or (FundingShare.model_validate(share),)
    return made.model_copy(update={"funding": paid})


def asking(*warnings: WarningMatch) -> Asking:
    return Asking("PY-U01-2026-000001", UNIT, UNIVERSITY, (ASKER,), NOTHING, warnings)


def requested(wanted: Purchase, edition: Edition, *warnings: WarningMatch) -> tuple[Event, ...]:
    return tuple(requesting.request(asking(*warnings), wanted, edition=edition, today=TODAY))


def fold(*events: Event) -> PurchaseReview:
    state = PURCHASE_REVIEW.fold(events)
    assert state is not None
    return state


class Story:
    """A request that goes on step by step, each by whom the regime wants."""

    def __init__(self, edition: Edition, wanted: Purchase | None = None, *warnings: WarningMatch) -> None:
        self.edition = edition
        self.events = requested(wanted or purchase(edition=edition), edition, *warnings)

    @property
    def state(self) -> PurchaseReview:
        return fold(*self.events)

    def add(self, events: list[Event]) -> "Story":
        self.events = (*self.events, *events)
        return self

    def organiser(self) -> Role:
        return Role(self.edition.value("review.organiser"))

    def authority(self) -> Role:
        return Role(self.edition.value("review.approver")[0])

    def mandated(self, institution: UUID = INSTITUTE, **changes: Any) -> "Story":  # noqa: ANN401 - any particular
        given: dict[str, Any] = {"role": self.organiser(), "number": "WT-1", "valid_until": None} | changes
        return self.add(
            routing.mandate(self.state, institution=institution, edition=self.edition, today=TODAY, **given)
        )

    def routed(self, to: str = "service_centre", reviewer: UUID | None = None, **changes: Any) -> "Story":  # noqa: ANN401
        default = {"managing_unit": UNIVERSITY, "service_centre": CENTRE, "third_party_institution": INSTITUTE}
        given: dict[str, Any] = {"role": self.organiser(), "edition": self.edition, "today": TODAY} | changes
        return self.add(routing.route(self.state, reviewer_role=to, reviewer=reviewer or default[to], **given))

    def checked(self, matches: Matches = NOTHING) -> "Story":
        return self.add(checking.complete_check(self.state, matches, remarks="", edition=self.edition))

    def started(self, panel: tuple[Declaration, ...] = PANEL, starter: UUID = REVIEWER) -> "Story":
        role = Role(self.state.reviewer_role or "")
        return self.add(reviewing.start(self.state, role=role, starter=starter, panel=panel, edition=self.edition))

    def opined(self, form: reviewing.Form = FORM, *warnings: WarningMatch, **changes: Any) -> "Story":  # noqa: ANN401
        given: dict[str, Any] = {
            "role": Role(self.state.reviewer_role or "system"),
            "issuer": REVIEWER,
            "today": TODAY,
        } | changes
        return self.add(reviewing.issue_opinion(self.state, form, warnings=warnings, edition=self.edition, **given))

    def reviewed(self, conclusion: str = "positive") -> "Story":
        """By the centre above, by the unit itself in the middle band."""
        role = "managing_unit" if self.state.band == "middle" else "service_centre"
        form = reviewing.Form(PARTS, conclusion, "开放共享" if conclusion == "conditional" else "")  # type: ignore[arg-type]
        return self.routed(role).checked().started().opined(form)

    def excepted(self, reason: str = "应急", **changes: Any) -> "Story":  # noqa: ANN401 - any particular
        role = Role(self.edition.value("review.exception_authority")[0])
        given: dict[str, Any] = {"role": role, "grantor": GRANTOR, "document_number": "1号", "today": TODAY} | changes
        return self.add(deciding.grant_exception(self.state, reason=reason, edition=self.edition, **given))

    def approved(self, **changes: Any) -> "Story":  # noqa: ANN401 - any particular
        stated: dict[str, Any] = {"role": self.authority(), "approver": APPROVER, "reason": "", "today": TODAY}
        given = stated | {"decision_reference": "1号"} | changes
        return self.add(deciding.approve(self.state, edition=self.edition, **given))

    def procured(self, **changes: Any) -> "Story":  # noqa: ANN401 - any particular
        items = self.state.purchase.items
        stated: dict[str, Any] = {
            "contract_number": "CG-1",
            "prices": tuple(each.price for each in items),
            "set_price_fen": self.state.purchase.set_price_fen,
            "assets": tuple(Asset(item=place, asset_number=f"A-{place}") for place in range(len(items))),
            "accepted_on": TODAY,
            "today": TODAY,
        }
        return self.add(procuring.complete(self.state, edition=self.edition, **(stated | changes)))
