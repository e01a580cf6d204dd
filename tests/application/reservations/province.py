# SPDX-License-Identifier: Apache-2.0
"""A small province on the real database: one university with a microscope, one enterprise, an individual, a rival."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.bus import Request
from application.command import Command, Result
from application.contracts.draft_contract import DraftContract
from application.contracts.sign_contract import SignContract
from application.ports import Append, NewEvents
from application.reservations.request_reservation import RequestReservation
from domain.catalogue import AGGREGATE_OF, claims_of
from domain.contracts.events import Authority, Signing
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Event, Meta
from domain.kernel.personal import Personal
from domain.kernel.time import SHANGHAI, Span
from domain.parties.events import LegalPersonKind, LegalPersonRegistered, UnitRegistered, UserKind, UserRegistered
from domain.resources.events import OpeningPublished, ResourcePublished, ResourceRegistered, TariffPublished
from domain.resources.values import BookingTerms, FeeLine, FundingShare, OpeningWindow, PublicationItems
from infrastructure.bootstrap import Jurisdiction, Platform
from tests.domain.contracts.samples import SIX, TERMS


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 3) -> datetime:
    """An instant of March 2026 on a Shanghai clock, in UTC. The platform's clock stands at noon of the 2nd."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


def span(start: int = 9, end: int = 11, day: int = 3) -> Span:
    return Span(start=at(start, day=day), end=at(end, day=day))


@dataclass
class Province:
    home: Jurisdiction
    university: UUID = field(default_factory=uuid4)
    enterprise: UUID = field(default_factory=uuid4)
    unit: UUID = field(default_factory=uuid4)
    resource: UUID = field(default_factory=uuid4)
    keeper: UUID = field(default_factory=uuid4)
    staff: UUID = field(default_factory=uuid4)
    client: UUID = field(default_factory=uuid4)
    person: UUID = field(default_factory=uuid4)

    @property
    def manager(self) -> Actor:
        return Actor(user=self.keeper, role=Role.MANAGING_UNIT, organisation=self.university, unit=self.unit)

    @property
    def colleague(self) -> Actor:
        return Actor(user=self.staff, role=Role.USER, organisation=self.university)

    @property
    def customer(self) -> Actor:
        return Actor(user=self.client, role=Role.USER, organisation=self.enterprise)

    @property
    def individual(self) -> Actor:
        return Actor(user=self.person, role=Role.USER)

    @property
    def system(self) -> Actor:
        return Actor(user=uuid4(), role=Role.SYSTEM)

    def do(self, command: Command, actor: Actor, now: datetime | None = None) -> Result:
        key = uuid4()
        return self.home.bus.execute(Request(command, actor, key, key, occurred_at=now))

    def ask(self, actor: Actor | None = None, now: datetime | None = None, **changes: Any) -> Result:  # noqa: ANN401
        facts = {"resource_id": self.resource, "span": span(), "purpose": "scientific_research", **changes}
        return self.do(RequestReservation(**facts), actor or self.customer, now)

    def contract(self, *, signatures: int = 2, now: datetime | None = None) -> Result:
        """A contract over the microscope with the enterprise, signed by none, one or both."""
        terms = TERMS.model_copy(update={"resources": (self.resource,), "valid_from": date(2026, 1, 1)})
        draft = DraftContract.model_validate(
            {"unit_id": self.unit, "customer_user_id": self.client, "terms": terms, "clauses": SIX}
        )
        last = self.do(draft, self.manager, now)
        for actor in (self.manager, self.customer)[:signatures]:
            last = self.do(signing(last), actor, now)
        return last

    def seed(self, stream: UUID, *events: Event, since: int = 0) -> None:
        """Write facts of other rooms down as if they had always been there."""
        meta = Meta(
            occurred_at=at(8, day=1),
            actor=self.system,
            command_id=uuid4(),
            command="Seed",
            correlation_id=uuid4(),
        )
        claims = tuple(claim for event in events for claim in claims_of(stream, event))
        self.home.log.append(Append(meta.command_id, "", {}, meta, (NewEvents(stream, since, events),), claims))

    def add(self, stream: UUID, *events: Event) -> None:
        """Write more facts down behind those that stand."""
        self.seed(stream, *events, since=len(self.home.log.stream(stream)))

    def state(self, stream: UUID) -> Any:  # noqa: ANN401 - the state of any aggregate
        events = [item.event for item in self.home.log.stream(stream)]
        return AGGREGATE_OF[events[0].TYPE].fold(events)

    def types(self, stream: UUID) -> list[str]:
        return [item.event.TYPE.partition(".")[2] for item in self.home.log.stream(stream)]


def signing(document: Result) -> SignContract:
    return SignContract(
        contract_id=document.id,
        document_version=int(str(document.data["document_version"])),
        digest=str(document.data["digest"]),
        signatory="示例签署人",
        authority=Authority(kind="legal_representative"),
        signing=Signing(method="e_signature", reference="ESIGN-1"),
    )


@pytest.fixture
def province(platform: Platform) -> Province:
    """The microscope is open from 08:00 to 18:00 on every day and confirmed by hand, 300 yuan an hour for others."""
    return founded(platform, "jiangsu")


def founded(platform: Platform, jurisdiction: str) -> Province:
    """The same small province in any jurisdiction."""
    home = Province(platform.jurisdictions[jurisdiction])
    for legal_person, code, kind in (
        (home.university, "12320000000000001A", "university"),
        (home.enterprise, "91320000000000002B", "enterprise"),
    ):
        home.seed(legal_person, _legal_person(code, kind))  # type: ignore[arg-type]
    home.seed(home.unit, _unit(home.university))
    for user, kind, organisation in (
        (home.keeper, "university", home.university),
        (home.staff, "university", home.university),
        (home.client, "enterprise", home.enterprise),
        (home.person, "individual", None),
    ):
        home.seed(user, _user(user, kind, organisation))  # type: ignore[arg-type]
    home.seed(home.resource, *_microscope(home))
    return home


def _legal_person(code: str, kind: LegalPersonKind) -> LegalPersonRegistered:
    return LegalPersonRegistered(
        credit_code=code,
        name_zh="示例单位",
        name_en="Example",
        kind=kind,
        budget_status="other",
        city="南京市",
        district="",
    )


def _unit(owner: UUID) -> UnitRegistered:
    return UnitRegistered(
        legal_person=owner,
        code="JS-U01",
        name_zh="分析测试中心",
        name_en="Centre",
        kind="provincial_university",
        scope_mode="direct",
        city="南京市",
        district="",
        competent_department="",
    )


def _user(user: UUID, kind: UserKind, organisation: UUID | None) -> UserRegistered:
    return UserRegistered(name=Personal.of(user, "示例用户"), user_kind=kind, legal_person=organisation)


def terms(**changes: Any) -> BookingTerms:  # noqa: ANN401 - any term
    facts = {"slot_minutes": 30, "min_minutes": 30, "max_minutes": 480, "confirmation": "manual", **changes}
    return BookingTerms.model_validate(facts)


def opening(version: int = 1, **changes: Any) -> OpeningPublished:  # noqa: ANN401 - any term
    windows = tuple(OpeningWindow(weekday=day, start_minute=480, end_minute=1080) for day in range(1, 8))
    return OpeningPublished(
        opening_version=version,
        effective_from=date(2026, 1, 1),
        windows=windows,
        terms=terms(**changes),
        rated_minutes_per_year=48_000,
    )


def _microscope(home: Province) -> list[Event]:
    kinds = {"internal": 0, "university": 20_000, "enterprise": 30_000, "individual": 30_000}
    lines = tuple(
        FeeLine(user_kind=kind, kind="machine_time", unit="hour", price_fen=fen) for kind, fen in kinds.items()
    )
    texts = ("sharing_rules", "service_mode", "service_content", "fee_standard", "opening_limit", "catalogue")
    items = PublicationItems(**dict.fromkeys(texts, "见公告"))
    return [
        ResourceRegistered(
            unit=home.unit,
            legal_person=home.university,
            type="condition",
            bookable=True,
            holding="physical",
            asset_number="A-1",
            name_zh="透射电子显微镜",
            original_value_fen=300_000_000,
            funding=(FundingShare(source="provincial_fiscal_funds", amount_fen=300_000_000),),
        ),
        TariffPublished(tariff_version=1, effective_from=date(2026, 1, 1), lines=lines, cost_sheet_version=None),
        opening(),
        ResourcePublished(items=items, portal_url="https://example.org"),
    ]
