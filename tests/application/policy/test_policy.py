# SPDX-License-Identifier: Apache-2.0
"""Decisions on the real database: proven at the commit, seen by everybody, territory by territory."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.bus import Request
from application.errors import NotPermitted
from application.policy.adopt_local_measures import AdoptLocalMeasures
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from application.policy.repeal_policy_version import RepealPolicyVersion
from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.policy.decided import DECIDED, STREAM
from infrastructure.bootstrap import Platform
from tests.application.deciding import decided as registered
from tests.application.office import CODES, Office
from tests.fixtures import NOON

TODAY = local_date(NOON)
SPLIT = {"parameter": "voucher.funding_split", "value": {"province": "0.40", "prefecture_city": "0.60"}}
CITY_CODE = "11993205DEMJ00011A"


@pytest.fixture
def office(platform: Platform) -> Office:
    return Office(platform.jurisdictions["jiangsu"])


def decide(office: Office, *values: dict[str, Any], number: str = "苏科统理〔2026〕5号") -> UUID:
    """Draft and approve values from today on."""
    draft = DraftPolicyVersion.model_validate({"title": "参数", "reason": "授权", "values": values})
    version = office.do(draft, Role.SERVICE_CENTRE).id
    office.do(
        ApprovePolicyVersion(
            version=version,
            decision=registered(office.home, number, decided_on=TODAY),
            decided_by="理事会",
            decided_on=TODAY,
            effective_from=TODAY,
        ),
        Role.COUNCIL,
    )
    return version


def margin(value: str) -> dict[str, Any]:
    return {"parameter": "fee.max_margin", "value": value}


def test_everything_stands_in_one_stream_and_is_read_alike_everywhere(office: Office) -> None:
    version = decide(office, margin("0.05"))
    state = DECIDED.fold(item.event for item in office.home.log.stream(STREAM))
    assert state is not None
    assert [each.id for each in state.versions] == [version]
    assert str(office.home.edition(TODAY).value("fee.max_margin")) == "0.05"
    assert str(office.home.edition(date(2026, 3, 1)).value("fee.max_margin")) == "0.00"


def test_a_decision_between_reading_and_commit_makes_the_command_decide_again(
    platform: Platform, office: Office
) -> None:
    """The state in memory is behind; the append finds it out, and the second time the new value decides."""
    unit = office.unit(office.legal_person())
    stale = office.home.snapshots.get(STREAM, DECIDED.name)
    assert stale is not None
    assert stale.state is None
    decide(office, {"parameter": "scope.mixed_funding_min_share", "value": "0.90"})
    office.home.snapshots.clear()
    office.home.snapshots.put(STREAM, DECIDED.name, stale)
    resource = office.register(unit)
    events = office.home.log.stream(resource)
    values = [item.event.basis.values for item in events if item.event.basis]
    assert [each["scope.mixed_funding_min_share"] for each in values if "scope.mixed_funding_min_share" in each] == [
        "0.90"
    ]
    assert platform.jurisdictions["chongqing"].log.stream(STREAM) == []


def test_only_the_council_approves_and_only_from_the_register(office: Office) -> None:
    draft = DraftPolicyVersion.model_validate({"title": "a", "reason": "b", "values": [margin("0.05")]})
    version = office.do(draft, Role.SERVICE_CENTRE).id
    approval = ApprovePolicyVersion(
        version=version, decision="无此号", decided_by="理事会", decided_on=TODAY, effective_from=TODAY
    )
    with pytest.raises(NotPermitted):
        office.do(approval, Role.SERVICE_CENTRE)
    with pytest.raises(DomainError, match="decision_not_registered"):
        office.do(approval, Role.COUNCIL)
    other = registered(office.home, "财1号", body="finance_department", decided_on=TODAY)
    with pytest.raises(DomainError, match="decision_of_another_body"):
        office.do(approval.model_copy(update={"decision": other}), Role.COUNCIL)


def test_a_command_sent_twice_drafts_once(office: Office) -> None:
    draft = DraftPolicyVersion.model_validate({"title": "a", "reason": "b", "values": [margin("0.05")]})
    key, actor = uuid4(), Actor(user=uuid4(), role=Role.SERVICE_CENTRE)
    first, second = (office.home.bus.execute(Request(draft, actor, key, key)) for _ in range(2))
    assert first.id == second.id
    assert len(office.home.log.stream(STREAM)) == 1


def test_a_repeal_rests_on_a_decision_too(office: Office) -> None:
    version = decide(office, margin("0.05"))
    repeal = RepealPolicyVersion(
        version=version,
        decision=registered(office.home, "苏科统理〔2026〕6号", decided_on=TODAY),
        decided_by="理事会",
        decided_on=TODAY,
        effective_from=date(2026, 3, 3),
        reason="期满",
    )
    office.do(repeal, Role.COUNCIL)
    assert str(office.home.edition(TODAY).value("fee.max_margin")) == "0.05"
    assert str(office.home.edition(date(2026, 3, 3)).value("fee.max_margin")) == "0.00"


def programme(office: Office, department: UUID, city: UUID, *shares: str) -> UUID:
    """A programme of the province with one city."""
    extra: Any = EstablishVoucherProgramme.model_config["json_schema_extra"]
    stated = dict(extra["example"])
    funders = [
        {"legal_person": who, "kind": kind, "share": share, "budget_fen": 1_000_000}
        for who, kind, share in zip((department, city), ("province", "prefecture_city"), shares, strict=True)
    ]
    stated["programme"] = {**stated["programme"], "funders": funders}
    stated["decision_reference"] = registered(
        office.home, stated["decision_reference"], body="science_department", decided_on=date(2026, 1, 5)
    )
    return office.do(EstablishVoucherProgramme.model_validate(stated), Role.SCIENCE_DEPARTMENT).id


def test_a_programme_with_a_city_keeps_to_the_citys_own_measures(office: Office) -> None:
    department = office.legal_person(CODES[0], kind="government_department")
    city = office.legal_person(CITY_CODE, kind="city_government", name_zh="苏州市人民政府", city="苏州市")
    other = office.legal_person(CODES[1], kind="city_government", name_zh="无锡市人民政府", city="无锡市")
    measures = {
        "legal_person": city,
        "title": "实施办法",
        "document_number": "苏府规〔2026〕3号",
        "decided_by": "苏州市人民政府",
        "decided_on": TODAY,
        "effective_from": TODAY,
        "values": [SPLIT],
    }
    office.do(AdoptLocalMeasures.model_validate(measures), Role.LOCAL_GOVERNMENT, organisation=city)
    with pytest.raises(DomainError) as refused:
        programme(office, department, city, "0.50", "0.50")
    assert refused.value.codes == ("vouchers.contradicts_decision",)
    assert refused.value.violations[0].citation is not None
    assert "苏府规〔2026〕3号" in refused.value.violations[0].citation.article
    programme(office, department, city, "0.40", "0.60")
    programme(office, department, other, "0.50", "0.50")


def test_who_is_no_government_has_no_measures(office: Office) -> None:
    university = office.legal_person()
    measures = {
        "legal_person": university,
        "title": "实施办法",
        "document_number": "1",
        "decided_by": "大学",
        "decided_on": TODAY,
        "effective_from": TODAY,
        "values": [SPLIT],
    }
    with pytest.raises(DomainError, match="not_a_government"):
        office.do(AdoptLocalMeasures.model_validate(measures))
