# SPDX-License-Identifier: Apache-2.0
"""The main job from the first party to the last payment, told by commands of those who may issue them.

March 2026: parties and instrument on Monday the 2nd, a contract on the 3rd, uses on the 4th and 5th, the bill on the
6th, payment and settlement on the 9th, the voucher claim from the 10th to the 12th.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from application.billing.accept_service import AcceptService
from application.billing.deduct_voucher import DeductVoucher
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.register_tax_document import RegisterTaxDocument
from application.billing.settle_order import SettleOrder
from application.bus import Request
from application.command import Command, Result
from application.contracts.draft_contract import DraftContract
from application.parties.publish_sharing_rules import PublishSharingRules
from application.parties.record_tech_sme_evidence import RecordTechSmeEvidence
from application.parties.register_legal_person import RegisterLegalPerson
from application.parties.register_unit import RegisterUnit
from application.parties.register_user import RegisterUser
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.rate_usage import RateUsage
from application.reservations.request_reservation import RequestReservation
from application.reservations.start_usage import StartUsage
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.publish_opening import PublishOpening
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from application.vouchers.apply_for_redemption import ApplyForRedemption
from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.approve_redemption import ApproveRedemption
from application.vouchers.check_redemption import CheckRedemption
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from application.vouchers.freeze_batch import FreezeBatch
from application.vouchers.grant_voucher import GrantVoucher
from application.vouchers.reimburse_redemption import ReimburseRedemption
from domain.kernel.actor import Actor, Role
from domain.kernel.time import SHANGHAI, Span
from domain.resources.registration import schema_of
from domain.resources.values import BookingTerms
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.identity.sources import SetClock
from tests.application.deciding import decided, rule_decided, standard_in_force
from tests.application.reservations.province import signing
from tests.application.vouchers.treasury import BUDGET, official
from tests.domain.contracts.samples import SIX, TERMS
from tests.domain.resources.examples import ITEMS, PORTAL, WORKDAYS, cost, line, registered
from tests.scenarios.places import Place

TODAY = date(2026, 3, 2)
PRICE_FEN, BUDGET_FEN, GRANTED_FEN = 30_000, 50_000, 50_000
SCORE = Decimal("4.5")


def moment(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@dataclass
class Story:
    """Everybody is one person in one role; what comes into being is remembered by name."""

    platform: Platform
    place: Place
    ids: dict[str, UUID] = field(default_factory=dict)
    registrar: Actor = field(default_factory=lambda: official(Role.SERVICE_CENTRE))
    receiver: Actor = field(default_factory=lambda: official(Role.RECEIVING_PLATFORM))
    checker: Actor = field(default_factory=lambda: official(Role.SERVICE_CENTRE))
    grantor: Actor = field(default_factory=lambda: official(Role.SCIENCE_DEPARTMENT))
    approver: Actor = field(default_factory=lambda: official(Role.SCIENCE_DEPARTMENT))
    treasurer: Actor = field(default_factory=lambda: official(Role.FINANCE_DEPARTMENT))
    payer: Actor = field(default_factory=lambda: official(Role.FINANCE_DEPARTMENT))

    @property
    def home(self) -> Jurisdiction:
        return self.platform.jurisdictions[self.place.jurisdiction]

    @property
    def manager(self) -> Actor:
        ids = self.ids
        return Actor(user=ids["staff"], role=Role.MANAGING_UNIT, organisation=ids["university"], unit=ids["unit"])

    @property
    def clerk(self) -> Actor:
        return Actor(user=self.ids["clerk"], role=Role.FINANCE_CLERK, organisation=self.ids["university"])

    @property
    def customer(self) -> Actor:
        return Actor(user=self.ids["customer"], role=Role.USER, organisation=self.ids["enterprise"])

    @property
    def researcher(self) -> Actor:
        return Actor(user=self.ids["researcher"], role=Role.USER, organisation=self.ids["university"])

    def go_to(self, day: int, hour: int, minute: int = 0) -> None:
        clock = self.platform.clock
        assert isinstance(clock, SetClock)
        clock.now = moment(day, hour, minute)

    def do(self, command: Command, actor: Actor) -> Result:
        key = uuid4()
        return self.home.bus.execute(Request(command, actor, key, key))

    def register_parties(self) -> None:
        self.go_to(2, 9)
        self._legal_person("university", self.place.university, "university", "departmental_budget")
        self._legal_person("enterprise", self.place.enterprise, "enterprise", "other")
        for place, (code, _) in enumerate(self.place.funders):
            self._legal_person(f"funder {place}", code, "government_department", "departmental_budget")
        evidence = {"number": "SME-1", "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)}
        sme = {"legal_person": self.ids["enterprise"], **evidence}
        self.do(RecordTechSmeEvidence.model_validate(sme), self.registrar)
        unit = RegisterUnit(
            legal_person=self.ids["university"],
            code="U01",
            name_zh="分析测试中心",
            kind=self.place.unit_kind,
            scope_mode="direct",
            city="演示市",
            portal_url=PORTAL,
        )
        self.ids["unit"] = self.do(unit, self.registrar).id
        self._user("staff", "university", "university")
        self._user("researcher", "university", "university")
        self._user("clerk", "university", "university")
        self._user("customer", "enterprise", "enterprise")
        rules = {"title": "管理办法", "number": "1号", "digest": "a" * 64, "effective_from": TODAY}
        self.do(PublishSharingRules.model_validate({"unit": self.ids["unit"], **rules}), self.manager)

    def standard(self) -> UUID:
        """What submissions are checked against, in force since the year began."""
        if "standard" not in self.ids:
            self.ids["standard"] = standard_in_force(self.home)
        return self.ids["standard"]

    def publish_instrument(self) -> None:
        """Open on workdays from 9 to 17, one lane, confirmed by hand; published on Monday at noon."""
        self.go_to(2, 12)
        stated = registered(unit=self.ids["unit"], type=self.place.resource_type)
        register = stated.model_dump(exclude={"legal_person", "basis"})
        resource = self.do(RegisterResource.model_validate(register), self.manager).id
        self.ids["instrument"] = resource
        terms = BookingTerms(slot_minutes=30, min_minutes=60, max_minutes=240, confirmation="manual")
        prices = [
            line(price, kind="running_cost", user_kind=kind)
            for kind, price in (("internal", 0), ("university", 20_000), ("enterprise", PRICE_FEN))
        ]
        for command in (
            RecordCostSheet(resource=resource, elements=(cost(PRICE_FEN),), accounting_period="2025"),
            PublishTariff(resource=resource, effective_from=TODAY, lines=tuple(prices)),
            PublishOpening(
                resource=resource, effective_from=TODAY, windows=WORKDAYS, terms=terms, rated_minutes_per_year=87_600
            ),
            SubmitResourceData(resource=resource, schema_name=schema_of(self.place.resource_type)),
        ):
            self.do(command, self.manager)
        self.do(AcceptResourceData(resource=resource, standard=self.standard()), self.receiver)
        self.do(PublishResource(resource=resource, items=ITEMS), self.manager)

    def grant_voucher(self) -> None:
        self.go_to(2, 15)
        funders = [
            {"legal_person": self.ids[f"funder {place}"], "kind": kind, "share": share, "budget_fen": BUDGET_FEN}
            for place, ((_, kind), share) in enumerate(zip(self.place.funders, self.place.shares(), strict=True))
        ]
        programme = {
            "subsidy_ratio": self.place.subsidy_ratio,
            "max_coverage_of_fee": "0.60",
            "annual_cap_fen": 60_000,
            "validity_days": 60,
            "redemption_deadline_days": 90,
            "payee": "provider",
            "settlement_mode": "deduction",
            "funders": funders,
            "beneficiary_kinds": ["tech_sme"],
            "eligible_services": ["operator_assisted"],
            "eligible_providers": self.place.providers,
            "opens_on": date(2026, 1, 1),
            "closes_on": date(2026, 12, 31),
        }
        decision = {
            "title_zh": "创新券",
            "title_en": "Vouchers",
            "decision_reference": decided(self.home, "科〔2026〕1号", decided_on=TODAY),
            "decided_by": "示例部门",
            "decided_on": TODAY,
        }
        establish = EstablishVoucherProgramme.model_validate({**decision, "programme": programme})
        self.ids["programme"] = self.do(establish, self.grantor).id
        rule_decided(self.home, "voucher.sme_evidence_rule", "valid_on_the_day", self.platform.clock())
        apply = ApplyForVoucher(programme_id=self.ids["programme"], requested_fen=GRANTED_FEN, purpose="new_product")
        grant = self.ids["grant"] = self.do(apply, self.customer).id
        self.do(CheckVoucherEligibility(grant_id=grant), self.checker)
        granted = decided(self.home, "发1号", decided_on=TODAY)
        self.do(GrantVoucher(grant_id=grant, decision_reference=granted), self.grantor)

    def sign_contract(self) -> None:
        self.go_to(3, 10)
        terms = TERMS.model_copy(update={"resources": (self.ids["instrument"],)})
        stated = {"unit_id": self.ids["unit"], "customer_user_id": self.ids["customer"], "terms": terms}
        document = self.do(DraftContract.model_validate({**stated, "clauses": SIX}), self.manager)
        self.ids["contract"] = document.id
        for hour, actor in ((11, self.manager), (14, self.customer)):
            self.go_to(3, hour)
            document = self.do(signing(document), actor)

    def use_it(self) -> None:
        """Two hours of the enterprise with three samples and two persons; then one hour of the unit's own staff."""
        self.go_to(3, 15)
        wish = {"resource_id": self.ids["instrument"], "purpose": self.place.purpose, "samples": 3}
        external = {"contract_id": self.ids["contract"], "voucher_grant_id": self.ids["grant"]}
        self._ask("reservation", {**wish, **external}, self.customer, day=4, until=11)
        self._ask("own use", wish, self.researcher, day=5, until=10)
        self._use("reservation", day=4, until=11, samples=3, persons=2)
        self._use("own use", day=5, until=10, samples=0, persons=1)

    def bill(self) -> None:
        self.go_to(5, 12)
        order = self.ids["order"]
        self.do(AcceptService(order_id=order), self.customer)
        self.go_to(6, 10)
        self.do(InvoiceFee(order_id=order), self.clerk)
        document = {"order_id": order, "amount_fen": 60_000, "issued_on": date(2026, 3, 6), **self.place.document}
        self.do(RegisterTaxDocument.model_validate(document), self.clerk)
        self.do(DeductVoucher(order_id=order, grant_id=self.ids["grant"]), self.customer)

    def pay_and_settle(self) -> None:
        self.go_to(9, 10)
        payment = ReceivePayment(
            order_id=self.ids["order"],
            amount_fen=60_000 - self.place.voucher_fen,
            bank_reference="B-1",
            received_on=date(2026, 3, 9),
        )
        self.do(payment, self.clerk)
        self.do(SettleOrder(order_id=self.ids["order"]), self.clerk)

    def redeem(self) -> None:
        self.go_to(10, 10)
        claim = ApplyForRedemption(
            order_id=self.ids["order"], grant_id=self.ids["grant"], payee_account="4301 0000 0001"
        )
        redemption = self.ids["redemption"] = self.do(claim, self.clerk).id
        self.do(CheckRedemption(redemption_id=redemption, signature="e-sign:1"), self.checker)
        self.go_to(11, 10)
        self.do(ApproveRedemption(redemption_id=redemption), self.approver)
        self.ids["batch"] = self.do(FreezeBatch(redemption_ids=(redemption,)), self.treasurer).id
        self.go_to(12, 10)
        for place in range(len(self.place.funders)):
            payment = ReimburseRedemption(
                redemption_id=redemption,
                funder_id=self.ids[f"funder {place}"],
                bank_reference=f"T-{place}",
                paid_on=date(2026, 3, 12),
                budget=BUDGET,
            )
            self.do(payment, self.payer)

    def rate(self) -> None:
        self.go_to(12, 11)
        self.do(RateUsage(reservation_id=self.ids["reservation"], score=SCORE), self.customer)

    def _legal_person(self, name: str, code: str, kind: str, budget_status: str) -> None:
        stated = {"credit_code": code, "kind": kind, "budget_status": budget_status, "city": "演示市"}
        self.ids[name] = self.do(RegisterLegalPerson.model_validate({**stated, "name_zh": name}), self.registrar).id

    def _user(self, name: str, kind: str, organisation: str) -> None:
        stated = {"name": f"示例{name}", "user_kind": kind, "legal_person": self.ids[organisation]}
        self.ids[name] = self.do(RegisterUser.model_validate(stated), self.registrar).id

    def _ask(self, name: str, wish: dict[str, object], actor: Actor, *, day: int, until: int) -> None:
        span = Span(start=moment(day, 9), end=moment(day, until))
        self.ids[name] = self.do(RequestReservation.model_validate({**wish, "span": span}), actor).id
        self.do(ConfirmReservation(reservation_id=self.ids[name]), self.manager)

    def _use(self, name: str, *, day: int, until: int, samples: int, persons: int) -> None:
        self.go_to(day, 9)
        self.do(StartUsage(reservation_id=self.ids[name]), self.manager)
        self.go_to(day, until)
        complete = CompleteUsage(reservation_id=self.ids[name], samples=samples, persons=persons)
        done = self.do(complete, self.manager)
        if done.data["order_id"] is not None:
            self.ids["order"] = UUID(str(done.data["order_id"]))
