# SPDX-License-Identifier: Apache-2.0
"""A third regulation is a file: a resource is registered, published and reserved by its numbers, without any code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from pydantic import JsonValue

from api.http.app import create_app
from application.command import Command
from application.parties.register_user import RegisterUser
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from application.reservations.request_reservation import RequestReservation
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.describe_resource import DescribeResource
from application.resources.publish_opening import PublishOpening
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.kernel.event import Event
from domain.kernel.time import Span
from domain.resources.values import PublicationItems
from infrastructure.bootstrap import Platform
from tests.api.desk import at
from tests.application.deciding import decided as registered
from tests.application.deciding import standard_in_force
from tests.application.office import CODES, Office
from tests.conformance.third import NAME, third_regime
from tests.domain.resources.examples import TERMS, TODAY, WORKDAYS, cost, line
from tests.fixtures import NOON

DOCUMENT = "云海科规〔2024〕9号"
COST_FEN, CEILING_FEN = 30_000, 32_400
"""Its article 11 allows 8 % over cost."""


@pytest.fixture
def platform(worker_database: str, tmp_path: Path) -> Iterator[Platform]:
    with third_regime(worker_database, tmp_path) as opened:
        yield opened


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions[NAME])


def refused(office: Office, command: Command) -> DomainError:
    with pytest.raises(DomainError) as error:
        office.do(command)
    for violation in error.value.violations:
        assert violation.citation is None or violation.citation.document == DOCUMENT
    return error.value


def basis_of(office: Office, stream: UUID, event_type: str) -> dict[str, str]:
    """What the fact was decided by: its regime, and places of that regulation alone."""
    events: list[Event] = [item.event for item in office.home.log.stream(stream)]
    basis = next(event.basis for event in events if event_type == event.TYPE)
    assert basis is not None
    assert (basis.regime, basis.edition) == (NAME, "2024-9")
    assert all(article.startswith("YH ") for article in basis.articles)
    return basis.values


def an_apparatus(office: Office) -> UUID:
    """Registered as a type that only this regime has; any other is refused."""
    legal_person = office.legal_person()
    with pytest.raises(DomainError, match="unknown_unit_kind"):
        office.unit(legal_person, kind="provincial_university")
    unit = office.unit(legal_person, kind="observatory")
    with pytest.raises(DomainError, match="unknown_type"):
        office.register(unit, type="condition")
    resource = office.register(unit, type="apparatus")
    assert basis_of(office, resource, "resources.ResourceRegistered") == {"resource.types": "apparatus, collection"}
    return resource


def priced(office: Office, resource: UUID) -> None:
    """Two kinds of fees, at most 8 % over cost: the fen above is refused."""
    office.do(
        RecordCostSheet(resource=resource, elements=(cost(COST_FEN, "dome_time"),), accounting_period="2025"),
    )
    above = PublishTariff(resource=resource, effective_from=TODAY, lines=(line(CEILING_FEN + 1, "dome_time"),))
    assert refused(office, above).codes == ("resources.above_cost",)
    unknown = PublishTariff(resource=resource, effective_from=TODAY, lines=(line(1, "machine_time"),))
    assert "resources.unknown_line_kind" in refused(office, unknown).codes
    office.do(PublishTariff(resource=resource, effective_from=TODAY, lines=(line(CEILING_FEN, "dome_time"),)))
    assert basis_of(office, resource, "resources.TariffPublished")["fee.max_margin"] == "0.08"


def published(office: Office, resource: UUID) -> None:
    """Two items must be public, no portal, no sharing rules."""
    office.do(
        PublishOpening(
            resource=resource, effective_from=TODAY, windows=WORKDAYS, terms=TERMS, rated_minutes_per_year=86400
        )
    )
    described: dict[str, JsonValue] = {"summary": "一米望远镜", "access_mode": ["on_application"]}
    office.do(DescribeResource(resource=resource, kind="other", values=described, no_state_secrets=True))
    office.do(SubmitResourceData(resource=resource, schema_name="tongchou.resource.apparatus"))
    office.do(AcceptResourceData(resource=resource, standard=standard_in_force(office.home)), Role.RECEIVING_PLATFORM)
    nothing = dict.fromkeys(PublicationItems.model_fields, "")
    blank = refused(office, PublishResource(resource=resource, items=PublicationItems.model_validate(nothing)))
    assert set(blank.codes) == {"resources.publication_item_missing"}
    assert len(blank.violations) == 2
    two = PublicationItems.model_validate({**nothing, "service_content": "观测", "fee_standard": "见收费标准"})
    office.do(PublishResource(resource=resource, items=two))
    values = basis_of(office, resource, "resources.ResourcePublished")
    assert values["resource.publication_items"] == "service_content, fee_standard"


def test_a_resource_is_walked_from_the_registry_to_a_reservation(office: Office) -> None:
    resource = an_apparatus(office)
    priced(office, resource)
    published(office, resource)
    customer = office.legal_person(CODES[1], kind="enterprise")
    user = office.do(RegisterUser(name="观测员", user_kind="enterprise", legal_person=customer)).id

    def wish(purpose: str) -> RequestReservation:
        span = Span(start=at(4, 9), end=at(4, 11))
        return RequestReservation(resource_id=resource, span=span, purpose=purpose, samples=1, on_behalf_of=user)

    wrong = refused(office, wish("scientific_research"))
    assert wrong.codes == ("reservations.purpose_not_served",)
    assert wrong.violations[0].parameters["allowed"] == "stargazing, teaching"
    reservation = office.do(wish("stargazing")).id
    values = basis_of(office, reservation, "reservations.ReservationRequested")
    assert values["scope.service_purposes"] == "stargazing, teaching"


def test_its_council_decides_like_any_other(office: Office) -> None:
    added = {"list": "resource.types", "code": "archive", "name_zh": "档案", "name_en": "Archive"}
    draft = DraftPolicyVersion.model_validate({"title": "新增", "reason": "等", "entries": [added]})
    version = office.do(draft, Role.SERVICE_CENTRE).id
    office.do(
        ApprovePolicyVersion(
            version=version,
            decision=registered(office.home, "云科统〔2026〕1号", decided_on=TODAY),
            decided_by="云海省科学仪器委员会",
            decided_on=TODAY,
            effective_from=TODAY,
        )
    )
    unit = office.unit(office.legal_person(), kind="academy")
    resource = office.register(unit, type="archive")
    event = office.home.log.stream(resource)[0].event
    assert event.basis is not None
    assert event.basis.articles == ("YH 2", "云科统〔2026〕1号")


def test_it_is_served_like_any_other(platform: Platform) -> None:
    with TestClient(create_app(platform)) as client:
        regimes = client.get("/api/v1/regimes").json()["items"]
        assert {each["regime"] for each in regimes if each["followed"]} == {NAME}
        shown = client.get(f"/api/v1/regimes/{NAME}/parameters/fee.max_margin").json()
        assert shown["document_no"] == DOCUMENT
        assert shown["parameter"]["in_force"] == "0.08"
        assert shown["history"] == [{"from": "2024-03-01", "in_force": "0.08", "silent": False, "decisions": []}]
        early = client.get(f"/api/v1/regimes/{NAME}", params={"on": "2024-02-29"})
        assert early.status_code == 422
        assert early.json()["code"] == "policy.not_in_force"


def test_its_first_day_is_its_own(office: Office) -> None:
    assert office.home.edition(NOON.date()).document_no == DOCUMENT
    with pytest.raises(DomainError, match="not_in_force"):
        office.home.edition(date(2024, 2, 29))
