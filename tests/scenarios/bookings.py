# SPDX-License-Identifier: Apache-2.0
"""What every booking comes to, over HTTP: used, accepted, billed, rated; and what is then on record of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS
from domain.kernel.actor import Role
from infrastructure.identity.sources import SetClock
from infrastructure.scheduling.due import do_due_work
from infrastructure.scheduling.due.waiting import servable
from tests.application.deciding import decided, rule_decided

if TYPE_CHECKING:
    from tests.api.desk import Desk, Province

Answer = dict[str, Any]
Headers = dict[str, str]
AUTHORITY = {"kind": "legal_representative"}
SIGNING = {"method": "e_signature", "reference": "ESIGN-1"}
MARCH = {"from": "2026-03", "to": "2026-03"}
HOUR_FEN = 28_000
"""What an enterprise pays for an hour of the instrument."""

FUNDER = {"kind": "province", "share": "1", "budget_fen": 50_000}
PROGRAMME: Answer = {
    "subsidy_ratio": "0.30",
    "max_coverage_of_fee": "0.60",
    "annual_cap_fen": 60_000,
    "validity_days": 60,
    "redemption_deadline_days": 90,
    "payee": "provider",
    "settlement_mode": "deduction",
    "beneficiary_kinds": ["tech_sme"],
    "eligible_services": ["operator_assisted"],
    "eligible_providers": ["managing_unit"],
    "opens_on": "2026-01-01",
    "closes_on": "2026-12-31",
}


@dataclass
class Bookings:
    """A customer and the unit that serves them, each with their token; the clock stands where it is put."""

    desk: Desk
    province: Province
    user: Headers = field(init=False)
    manager: Headers = field(init=False)

    def __post_init__(self) -> None:
        self.user = self.desk.customer(self.province)
        self.manager = self.desk.manager(self.province)

    def go_to(self, day: int, hour: int, minute: int = 0) -> None:
        """A time of March 2026 in Shanghai."""
        clock = self.desk.platform.clock
        assert isinstance(clock, SetClock)
        clock.now = datetime(2026, 3, day, hour - 8, minute, tzinfo=UTC)

    def post(self, path: str, body: Answer, headers: Headers) -> Answer:
        """What a write that must succeed answers."""
        answer = self.desk.send(path, body, headers)
        assert answer.status_code in (200, 201), answer.text
        found: Answer = answer.json()
        return found

    def get(self, path: str, headers: Headers, /, **query: str | int) -> Answer:
        """What a read that must succeed answers, once the read models have caught up."""
        self.desk.project()
        answer = self.desk.read(path, headers, **query)
        assert answer.status_code == 200, answer.text
        found: Answer = answer.json()
        return found

    def contract(self, *, framework: bool = False) -> str:
        """A contract between unit and customer, signed by both."""
        terms = {**EXAMPLE_TERMS, "resources": [str(self.province.instrument)], "framework": framework}
        body = {"unit_id": str(self.province.unit), "customer_user_id": str(self.province.user), "terms": terms}
        document = self.post("/contracts", {**body, "clauses": EXAMPLE_CLAUSES}, self.manager)
        version = {name: document["data"][name] for name in ("document_version", "digest")}
        for headers, name in ((self.manager, "甲方代表"), (self.user, "乙方代表")):
            signature = {**version, "signatory": name, "authority": AUTHORITY, "signing": SIGNING}
            self.post(f"/contracts/{document['id']}/signatures", signature, headers)
        signed: str = document["id"]
        return signed

    def wish(self, **changes: object) -> Answer:
        """A request for Wednesday from nine to eleven."""
        span = {"start": "2026-03-04T09:00:00+08:00", "end": "2026-03-04T11:00:00+08:00"}
        return {
            "resource_id": str(self.province.instrument),
            "span": span,
            "purpose": self.province.purpose,
            **changes,
        }

    def house_rules(self, **rules: object) -> None:
        self.post(f"/instruments/{self.province.instrument}/house-rules", {"rules": rules}, self.manager)

    def opening(self, confirmation: str) -> None:
        """Open on weekdays from eight to six, confirmed in the way named."""
        windows = [{"weekday": day, "start_minute": 480, "end_minute": 1080} for day in range(1, 6)]
        terms = {"slot_minutes": 30, "min_minutes": 30, "max_minutes": 480, "confirmation": confirmation}
        body = {"effective_from": "2026-03-02", "windows": windows, "terms": terms, "rated_minutes_per_year": 87_600}
        self.post(f"/instruments/{self.province.instrument}/openings", body, self.manager)

    def voucher(self) -> str:
        """A voucher for the customer: a year's programme that bears three tenths, applied for, checked and granted."""
        home, centre = self.desk.jurisdiction, self.desk.bearer(Role.SERVICE_CENTRE)
        science = self.desk.bearer(Role.SCIENCE_DEPARTMENT)
        evidence = {"number": "SME-1", "valid_from": "2026-01-01", "valid_until": "2026-12-31"}
        self.post(f"/legal-persons/{self.province.customer}/sme-evidence", evidence, centre)
        rule_decided(home, "voucher.sme_evidence_rule", "valid_on_the_day", self.desk.platform.clock())
        decision = {
            "title_zh": "创新券",
            "title_en": "Vouchers",
            "decision_reference": decided(home, "科〔2026〕1号"),
            "decided_by": "示例部门",
            "decided_on": "2026-01-01",
        }
        programme = PROGRAMME | {"funders": [FUNDER | {"legal_person": str(self.province.provider)}]}
        established = self.post("/voucher-programmes", {**decision, "programme": programme}, science)["id"]
        applied = {"programme_id": established, "requested_fen": 50_000, "purpose": "new_product"}
        grant: str = self.post("/voucher-grants", applied, self.user)["id"]
        self.post(f"/voucher-grants/{grant}/check", {}, centre)
        self.post(f"/voucher-grants/{grant}/grant", {"decision_reference": decided(home, "发1号")}, science)
        return grant

    def register(self, name: str, *, organisation: UUID | None = None, kind: str = "enterprise") -> UUID:
        """A further user, of the customer unless another legal person is named."""
        body = {"name": name, "user_kind": kind, "legal_person": str(organisation or self.province.customer)}
        return UUID(self.post("/users", body, self.desk.bearer(Role.SERVICE_CENTRE))["id"])

    def state(self, reservation: str) -> str:
        found: str = self.get(f"/reservations/{reservation}", self.user)["state"]
        return found

    def due(self) -> int:
        """Let the timer tick; how much it did."""
        self.desk.project()
        return do_due_work(self.desk.jurisdiction, self.desk.platform.clock(), (servable,))

    def use(self, reservation: str, *, day: int = 4, since: int = 9, until: int = 11) -> None:
        """Begun and completed by the staff, with three samples and two persons."""
        self.go_to(day, since)
        self.post(f"/reservations/{reservation}/usage", {}, self.manager)
        self.go_to(day, until)
        self.post(f"/reservations/{reservation}/usage/completion", {"samples": 3, "persons": 2}, self.manager)

    def settle_up(self, reservation: str, *, day: int = 5) -> Answer:
        """Accepted and rated by the user, billed by the unit; returns the order."""
        self.go_to(day, 10)
        [row] = self.get("/orders", self.user, reservation=reservation)["items"]
        for headers, path in ((self.user, "acceptance"), (self.manager, "bill")):
            self.post(f"/orders/{row['id']}/{path}", {}, headers)
        self.post(f"/reservations/{reservation}/rating", {"score": "4.5"}, self.user)
        return self.get(f"/orders/{row['id']}", self.user)

    def told(self, headers: Headers) -> set[str]:
        """The kinds of all notices in somebody's inbox."""
        return {item["kind"] for item in self.get("/me/notices", headers)["items"]}

    def totals(self) -> Answer:
        """The unit's figures of March, which the read calls by their published definition."""
        [total] = self.get("/service-totals", self.manager, **MARCH)["items"]
        found: Answer = total
        return found


def assert_on_record(
    bookings: Bookings, reservation: str, order: Answer, *, told: set[str], fen: int = 2 * HOUR_FEN
) -> None:
    """Record, charge, statistics, notices and rating of one use of two hours by the customer."""
    shown = bookings.get(f"/reservations/{reservation}", bookings.user)
    assert (shown["state"], shown["used_minutes"], shown["rating"]) == ("completed", 120, "4.5")
    assert (order["state"], order["invoiced_fen"]) == ("invoiced", fen)
    totals = bookings.totals()
    assert (totals["uses"], totals["used_minutes"], totals["person_times"]) == (1, 120, 2)
    [rate] = bookings.get("/utilisation", bookings.manager, **MARCH)["items"]
    assert (rate["used_minutes"], rate["external_minutes"]) == (120, 120)
    assert told <= bookings.told(bookings.user), bookings.told(bookings.user)
