# SPDX-License-Identifier: Apache-2.0
"""JS-5.1, JS-32.1, JS-33.1, CQ-25.1: what holds from when on, by whose decision, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.parties import unit
from domain.policy import Edition, Regime, territories
from domain.policy.decided import DECIDED, Decided
from domain.policy.values import ParameterValue, Stated
from domain.resources import pricing, projects
from domain.resources.events import CostSheetRecorded
from domain.resources.resource import RESOURCE
from infrastructure.bootstrap import Platform
from infrastructure.identity.sources import SetClock
from projections.registry import MODEL, REGISTRY
from projections.registry_lists import standings
from tests.application import deciding
from tests.application.office import Office
from tests.conformance.editions import chongqing, jiangsu
from tests.domain.parties.examples import unit as unit_registered
from tests.domain.policy.decisions import NUMBER, TODAY, decided, drafted
from tests.domain.resources.examples import cost, history, line, registered
from tests.projections.memory_rows import History, ident

BOTH = pytest.mark.parametrize("regime", [jiangsu, chongqing], ids=["jiangsu", "chongqing"])
LAST_SECOND = datetime(2020, 12, 31, 15, 59, 59, tzinfo=UTC)
"""2020-12-31T23:59:59 in Shanghai."""
FIRST_SECOND = datetime(2020, 12, 31, 16, 0, 0, tzinfo=UTC)
"""2021-01-01T00:00:00 in Shanghai."""
COST_FEN, WITH_A_TENTH_FEN = 10_000, 11_000
SEM = ident("sem")


def price_is_accepted(edition: Edition, today: date, price_fen: int) -> bool:
    """A decision that a parameter left to the authority rules: the margin over cost, 0 unless decided (A37)."""
    sheet = CostSheetRecorded(sheet_version=1, elements=(cost(COST_FEN, "material"),), accounting_period="2020")
    state = RESOURCE.fold([registered(), sheet])
    assert state is not None
    try:
        pricing.publish_tariff(
            state,
            lines=(line(price_fen, kind="material"),),
            effective_from=today,
            provider="managing_unit",
            edition=edition,
            today=today,
        )
    except DomainError as refused:
        return refused.codes != ("resources.above_cost",)
    return True


@BOTH
@pytest.mark.parametrize("moment", [LAST_SECOND, FIRST_SECOND])
def test_JS_5_1_a_draft_has_no_effect(regime: Callable[[], Edition], moment: datetime) -> None:
    edition, day = regime(), local_date(moment)
    state = DECIDED.fold(drafted(edition, fee__max_margin="0.10"))
    assert state is not None
    assert not price_is_accepted(state.completing(edition, day), day, WITH_A_TENTH_FEN)
    assert price_is_accepted(state.completing(edition, day), day, COST_FEN)


@BOTH
@pytest.mark.parametrize(("moment", "accepted"), [(LAST_SECOND, False), (FIRST_SECOND, True)], ids=["old", "new"])
def test_JS_5_1_what_is_approved_holds_from_local_midnight(
    regime: Callable[[], Edition], moment: datetime, *, accepted: bool
) -> None:
    edition, day = regime(), local_date(moment)
    assert edition.value("policy.council_approval_required") is True
    completed = decided(edition, fee__max_margin="0.10", effective_from=date(2021, 1, 1)).completing(edition, day)
    assert price_is_accepted(completed, day, WITH_A_TENTH_FEN) is accepted
    assert not price_is_accepted(completed, day, WITH_A_TENTH_FEN + 1)


def decide(office: Office, clock: SetClock) -> None:
    """On 15 December a new type of resource is drafted, and approved from 1 January."""
    clock.now = LAST_SECOND - timedelta(days=16)
    added = {"list": "resource.types", "code": "consumable_stock", "name_zh": "耗材", "name_en": "Stock"}
    drafter = Role(office.home.edition(TODAY).value("governance.drafters")[0])
    draft = DraftPolicyVersion.model_validate({"title": "新增类别", "reason": "主要包括", "entries": [added]})
    version = office.do(draft, drafter).id
    approval = {
        "version": version,
        "decision": deciding.decided(office.home, NUMBER, decided_on=TODAY),
        "decided_by": "理事会",
        "decided_on": TODAY,
        "effective_from": "2021-01-01",
    }
    office.do(ApprovePolicyVersion.model_validate(approval))


@pytest.mark.parametrize("regime", ["jiangsu", "chongqing"])
def test_JS_5_1_commands_follow_the_decision_and_store_it(platform: Platform, regime: str) -> None:
    office, clock = Office(platform.jurisdictions[regime]), platform.clock
    assert isinstance(clock, SetClock)
    decide(office, clock)
    unit_kind = office.home.edition(TODAY).value("scope.unit_kinds")[0]
    unit_id = office.unit(office.legal_person(), kind=unit_kind)
    clock.now = LAST_SECOND
    with pytest.raises(DomainError, match="unknown_type"):
        office.register(unit_id, type="consumable_stock")
    clock.now = FIRST_SECOND
    resource = office.register(unit_id, type="consumable_stock")
    event = office.home.log.stream(resource)[0].event
    assert event.basis is not None
    assert NUMBER in event.basis.articles
    assert event.basis.values["resource.types"].endswith(", consumable_stock")


@pytest.mark.parametrize("regime", ["jiangsu", "chongqing"])
def test_JS_5_1_nothing_is_decided_for_days_that_are_past(platform: Platform, regime: str) -> None:
    office, clock = Office(platform.jurisdictions[regime]), platform.clock
    assert isinstance(clock, SetClock)
    clock.now = LAST_SECOND
    stated = ({"parameter": "fee.max_margin", "value": "0.10"},)
    version = office.do(DraftPolicyVersion.model_validate({"title": "a", "reason": "b", "values": stated})).id

    def approve(effective_from: date) -> None:
        office.do(
            ApprovePolicyVersion(
                version=version,
                decision=deciding.decided(office.home, NUMBER, decided_on=TODAY),
                decided_by="理事会",
                decided_on=TODAY,
                effective_from=effective_from,
            )
        )

    with pytest.raises(DomainError, match="retroactive"):
        approve(date(2020, 12, 30))
    approve(date(2020, 12, 31))


def local_measures(edition: Edition, parameter: str, value: Stated) -> Decided:
    """Measures of Suzhou of its own from 1 January 2021 on."""
    events = territories.adopt(
        measures=UUID(int=5),
        legal_person=UUID(int=6),
        government="city_government",
        territory="苏州市",
        title="实施办法",
        document_number="苏府规〔2020〕3号",
        decided_by="苏州市人民政府",
        decided_on=TODAY,
        effective_from=date(2021, 1, 1),
        values=(ParameterValue(parameter=parameter, value=value),),
        edition=edition,
        today=TODAY,
    )
    state = DECIDED.fold(events)
    assert state is not None
    return state


SPLIT = {"province": "0.40", "prefecture_city": "0.60"}


@pytest.mark.parametrize(
    ("parameter", "value", "codes"),
    [("voucher.funding_split", SPLIT, ()), ("reward.rate_max", "0.04", ("policy.not_local",))],
)
def test_JS_32_1_local_measures_override_only_what_is_local(
    parameter: str, value: Stated, codes: tuple[str, ...]
) -> None:
    edition = jiangsu()
    if codes:
        with pytest.raises(DomainError) as refused:
            local_measures(edition, parameter, value)
        assert refused.value.codes == codes
        return
    state, day = local_measures(edition, parameter, value), date(2021, 1, 1)
    assert state.completing(edition, day, "苏州市").value(parameter) == {
        "province": Decimal("0.40"),
        "prefecture_city": Decimal("0.60"),
    }
    for elsewhere, on in (("", day), ("无锡市", day), ("苏州市", date(2020, 12, 31))):
        assert state.completing(edition, on, elsewhere).optional(parameter) is None


@pytest.mark.parametrize(
    ("kind", "mode", "accepted"),
    [
        ("provincial_university", "direct", True),
        ("provincial_university", "by_reference", False),
        ("provincial_research_institute", "direct", True),
        ("other_holder_of_public_resources", "direct", True),
        ("ministry_affiliated_university", "by_reference", True),
        ("ministry_affiliated_university", "direct", False),
        ("ministry_affiliated_research_institute", "by_reference", True),
        ("other_ministry_affiliated_unit", "by_reference", True),
    ],
)
def test_JS_32_1_provincial_units_are_bound_and_ministry_affiliated_ones_by_reference(
    kind: str, mode: str, *, accepted: bool
) -> None:
    particulars = unit_registered(kind=kind, scope_mode=mode)
    if accepted:
        (event,) = unit.register(particulars, institution_joined=False, edition=jiangsu())
        assert event.basis is not None
        assert "JS 32" in event.basis.articles
    else:
        with pytest.raises(DomainError) as refused:
            unit.register(particulars, institution_joined=False, edition=jiangsu())
        assert refused.value.codes == ("parties.wrong_scope_mode",)


@pytest.mark.parametrize(
    ("kind", "submitted", "standing"),
    [
        ("provincial_university", None, "overdue"),
        ("provincial_university", "2021-06-30T10:00:00", "late"),
        ("ministry_affiliated_university", None, "advisory"),
        ("ministry_affiliated_university", "2021-06-30T10:00:00", "advisory"),
        ("ministry_affiliated_university", "2021-06-30T09:59:59", "in_time"),
    ],
)
def test_JS_32_1_a_duty_by_reference_is_shown_and_never_overdue(
    kind: str, submitted: str | None, standing: str
) -> None:
    edition, acceptance = jiangsu(), shanghai("2021-06-30T10:00:00")
    state = RESOURCE.fold(history("draft"))
    assert state is not None
    linked = projects.link(
        state,
        project_number="BE1",
        project_title="",
        planned_acceptance_at=acceptance,
        edition=edition,
        by_reference=kind in edition.value("scope.by_reference_kinds"),
    )
    told = History(MODEL).add(SEM, *history("draft"), *linked)
    if submitted is not None:
        told.add(SEM, *history("submitted")[1:], occurred_at=shanghai(submitted))
    row = told.row(REGISTRY, SEM)
    judged = standings(row, as_of=acceptance, latency=timedelta(days=1))
    assert judged["submission"] == standing
    flagged = row["submission_due_at"] is not None
    assert flagged is (kind == "provincial_university")


def in_force(edition: Edition, moment: datetime) -> bool:
    try:
        Regime(name=edition.regime, editions=(edition,)).on(local_date(moment))
    except DomainError as refused:
        return refused.codes != ("policy.not_in_force",)
    return True


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(("moment", "rules"), [("2020-09-30T23:59:59", False), ("2020-10-01T00:00:00", True)])
def test_JS_33_1_the_rules_apply_from_their_first_local_second(moment: str, *, rules: bool) -> None:
    assert in_force(jiangsu(), shanghai(moment)) is rules
    assert (jiangsu().value("policy.effective_from") <= local_date(shanghai(moment))) is rules
    assert jiangsu().value("policy.effective_rule") == "fixed_date"


@pytest.mark.parametrize(("moment", "rules"), [("2016-10-28T23:59:59", False), ("2016-10-29T00:00:00", True)])
def test_CQ_25_1_the_rules_apply_from_their_first_local_second(moment: str, *, rules: bool) -> None:
    assert in_force(chongqing(), shanghai(moment)) is rules
    assert (chongqing().value("policy.effective_from") <= local_date(shanghai(moment))) is rules
    assert chongqing().value("policy.effective_rule") == "publication_plus_30_days"
    signed: date = chongqing().value("policy.issue_date")
    assert chongqing().value("policy.effective_from") == signed + timedelta(days=30)


def a_unit_is_registered(platform: Platform, regime: str, kind: str, moment: str) -> bool:
    office, clock = Office(platform.jurisdictions[regime]), platform.clock
    assert isinstance(clock, SetClock)
    legal_person = office.legal_person()
    clock.now = shanghai(moment)
    try:
        office.unit(legal_person, kind=kind)
    except DomainError as refused:
        return refused.codes != ("policy.not_in_force",)
    return True


@pytest.mark.parametrize(("moment", "rules"), [("2020-09-30T23:59:59", False), ("2020-10-01T00:00:00", True)])
def test_JS_33_1_a_command_is_refused_before_the_first_day(platform: Platform, moment: str, *, rules: bool) -> None:
    assert a_unit_is_registered(platform, "jiangsu", "provincial_university", moment) is rules


@pytest.mark.parametrize(("moment", "rules"), [("2016-10-28T23:59:59", False), ("2016-10-29T00:00:00", True)])
def test_CQ_25_1_a_command_is_refused_before_the_first_day(platform: Platform, moment: str, *, rules: bool) -> None:
    assert a_unit_is_registered(platform, "chongqing", "university", moment) is rules


def test_CQ_25_1_a_provider_of_another_territory_is_judged_by_its_own(platform: Platform) -> None:
    judged = {}
    for name, kind in (("jiangsu", "provincial_university"), ("chongqing", "university")):
        office = Office(platform.jurisdictions[name])
        made = office.unit(office.legal_person(), kind=kind)
        basis = office.home.log.stream(made)[0].event.basis
        assert basis is not None
        judged[name] = (basis.regime, {article.partition(" ")[0] for article in basis.articles})
    assert judged == {"jiangsu": ("jiangsu", {"JS"}), "chongqing": ("chongqing", {"CQ"})}
