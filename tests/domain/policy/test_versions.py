# SPDX-License-Identifier: Apache-2.0
"""What can be decided, by whom, from when on; and what cannot."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.policy import Edition, versions
from domain.policy.decided import DECIDED, Decided
from domain.policy.events import PolicyVersionApproved, PolicyVersionRepealed, PolicyVersionWithdrawn
from domain.policy.values import ListEntry, ParameterValue
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.policy.decisions import COUNCIL, NEW_YEAR, NUMBER, TODAY, VERSION, decided, drafted, entry

OTHER = UUID("01900000-0000-7000-8000-00000000d002")


def codes_of(edition: Edition, *entries: ListEntry, **values: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    try:
        drafted(edition, *entries, **values)
    except DomainError as refused:
        return refused.codes
    return ()


@pytest.mark.parametrize(
    ("edition", "values", "codes"),
    [
        (JIANGSU, {"fee__max_margin": "0.05"}, ()),
        (JIANGSU, {"fee__max_margin": "1.01"}, ("policy.not_of_unit",)),
        (JIANGSU, {"fee__max_margin": 5}, ("policy.not_of_unit",)),
        (JIANGSU, {"fee__max_margin": "5%"}, ("policy.not_of_unit",)),
        (JIANGSU, {"fee__max_margin": "NaN"}, ("policy.not_of_unit",)),
        (JIANGSU, {"fee__max_margin": {"a": "0.1"}}, ("policy.one_number_needed",)),
        (JIANGSU, {"fee__max_margin": None}, ("policy.must_be_something",)),
        (JIANGSU, {"fee__margin": "0.05"}, ("policy.unknown_parameter",)),
        (JIANGSU, {"voucher__subsidy_ratio": "0.99"}, ()),
        (JIANGSU, {"voucher__subsidy_ratio": "1.00"}, ("policy.too_large",)),
        (CHONGQING, {"voucher__subsidy_ratio": "1.00"}, ()),
        (CHONGQING, {"voucher__subsidy_ratio": "0.00"}, ("policy.too_small",)),
        (JIANGSU, {"voucher__annual_cap_per_beneficiary": "150000.00"}, ()),
        (JIANGSU, {"voucher__annual_cap_per_beneficiary": "150000.001"}, ("policy.not_of_unit",)),
        (JIANGSU, {"voucher__annual_cap_per_beneficiary": None}, ()),
        (JIANGSU, {"voucher__validity_days": 180}, ()),
        (JIANGSU, {"voucher__validity_days": True}, ("policy.not_of_unit",)),
        (JIANGSU, {"voucher__validity_days": 0}, ("policy.too_small",)),
        (JIANGSU, {"voucher__validity_days": None}, ()),
        (JIANGSU, {"voucher__payee": "beneficiary"}, ()),
        (JIANGSU, {"voucher__payee": "bank"}, ("policy.unknown_choice",)),
        (JIANGSU, {"voucher__funding_split": {"province": "0.40", "prefecture_city": "0.60"}}, ()),
        (JIANGSU, {"voucher__funding_split": {"province": "0.40", "prefecture_city": "0.59"}}, ("policy.wrong_sum",)),
        (JIANGSU, {"voucher__funding_split": "0.40"}, ("policy.table_needed",)),
        (JIANGSU, {"reward__rate_by_grade": {"excellent": "0.05", "good": "0.03"}}, ()),
        (JIANGSU, {"reward__rate_by_grade": {"excellent": "0.06"}}, ("policy.above_ceiling",)),
        (JIANGSU, {"reward__rate_by_grade": {"superb": "0.05"}}, ("policy.unknown_key",)),
        (JIANGSU, {"evaluation__grade_cutoffs": {"excellent": "90", "good": "75", "qualified": "60"}}, ()),
        (JIANGSU, {"policy__expires_on": "2030-12-31"}, ()),
        (JIANGSU, {"policy__expires_on": "2030-13-31"}, ("policy.not_of_unit",)),
        (JIANGSU, {"resource__update_latency_max": "PT12H"}, ()),
        (JIANGSU, {"resource__update_latency_max": "12 hours"}, ("policy.not_of_unit",)),
        (JIANGSU, {"evaluation__score_scale": (0, 10)}, ()),
        (JIANGSU, {"reward__rate_max": "0.04"}, ("policy.fixed_by_text",)),
        (JIANGSU, {"resource__types": ("talent",)}, ("policy.fixed_by_text",)),
        (JIANGSU, {"resource__facility_min_value": "200000.00"}, ("policy.no_such_rule",)),
        (CHONGQING, {"reward__rate_max": "0.05"}, ("policy.no_such_rule",)),
        (CHONGQING, {"contract__mandatory": False}, ()),
        (JIANGSU, {"contract__mandatory": False}, ("policy.fixed_by_text",)),
        (JIANGSU, {"voucher__payee": "provider"}, ()),
        (CHONGQING, {"voucher__payee": "beneficiary"}, ("policy.fixed_by_text",)),
        (JIANGSU, {}, ("policy.nothing_decided",)),
    ],
)
def test_a_value_keeps_to_unit_limits_and_text(
    edition: Edition, values: dict[str, Any], codes: tuple[str, ...]
) -> None:
    assert codes_of(edition, **values) == codes


@pytest.mark.parametrize(
    ("edition", "added", "codes"),
    [
        (JIANGSU, entry("resource.types", "consumable_stock"), ()),
        (JIANGSU, entry("resource.types", "talent"), ("policy.already_listed",)),
        (JIANGSU, entry("resource.types", "Consumable stock"), ("policy.not_a_code",)),
        (JIANGSU, entry("resource.types", "consumable_stock", "part"), ("policy.no_such_part",)),
        (JIANGSU, entry("resource.kinds", "consumable_stock"), ("policy.unknown_parameter",)),
        (JIANGSU, entry("scope.exemption_grounds", "commercial_preference"), ("policy.closed_list",)),
        (JIANGSU, entry("broker.kinds", "patent_agent"), ()),
        (CHONGQING, entry("broker.kinds", "patent_agent"), ("policy.closed_list",)),
        (JIANGSU, entry("site.hosts", "university_town"), ()),
        (CHONGQING, entry("site.hosts", "hospital", "service_base"), ()),
        (CHONGQING, entry("site.hosts", "hospital"), ("policy.no_such_part",)),
        (CHONGQING, entry("site.kinds", "kiosk"), ("policy.closed_list",)),
        (JIANGSU, entry("contract.protected_data", "trade_secret"), ()),
        (CHONGQING, entry("contract.protected_data", "location"), ("policy.closed_list",)),
        (JIANGSU, entry("evaluation.methods", "peer_review"), ()),
        (JIANGSU, entry("evaluation.grades", "superb"), ("policy.closed_list",)),
    ],
)
def test_only_open_lists_are_added_to(edition: Edition, added: ListEntry, codes: tuple[str, ...]) -> None:
    assert codes_of(edition, added) == codes


def test_everything_wrong_is_said_at_once_with_the_place_it_comes_from() -> None:
    with pytest.raises(DomainError) as refused:
        drafted(JIANGSU, entry("fee.principle", "profit"), reward__cap="1.00", fee__max_margin="x")
    cited = {broken.code: broken.citation and broken.citation.article for broken in refused.value.violations}
    assert cited == {
        "policy.fixed_by_text": "JS 30",
        "policy.not_of_unit": "JS 21",
        "policy.closed_list": "JS 21",
    }


def test_a_parameter_is_named_once() -> None:
    twice = (ParameterValue(parameter="fee.max_margin", value="0.01"),) * 2
    with pytest.raises(DomainError) as refused:
        versions.draft(
            version=VERSION,
            title="a",
            reason="b",
            values=twice,
            entries=(entry("broker.kinds", "x"),) * 2,
            drafted_by="service_centre",
            edition=JIANGSU,
        )
    assert refused.value.codes == ("policy.parameter_repeated", "policy.entry_repeated")


@pytest.mark.parametrize(
    ("edition", "role", "allowed"),
    [
        (JIANGSU, "service_centre", True),
        (JIANGSU, "council_office", False),
        (CHONGQING, "council_office", True),
        (CHONGQING, "service_centre", False),
        (JIANGSU, "system", True),
    ],
)
def test_the_regime_says_who_drafts(edition: Edition, role: str, *, allowed: bool) -> None:
    stated = (ParameterValue(parameter="fee.max_margin", value="0.01"),)

    def draft() -> None:
        versions.draft(
            version=VERSION, title="a", reason="b", values=stated, entries=(), drafted_by=role, edition=edition
        )

    if allowed:
        draft()
    else:
        with pytest.raises(DomainError) as refused:
            draft()
        assert refused.value.codes == ("policy.not_a_drafter",)


def approval(state: Decided | None, **changes: Any) -> list[Any]:  # noqa: ANN401 - any field
    stated = {
        "version": VERSION,
        "decision": NUMBER,
        "decided_by": COUNCIL,
        "decided_on": TODAY,
        "effective_from": NEW_YEAR,
        "edition": JIANGSU,
        "today": TODAY,
    }
    assert state is not None
    return versions.approve(state, **{**stated, **changes})


def test_an_approval_says_everything_that_was_drafted_and_what_held_before() -> None:
    state = DECIDED.fold(drafted(JIANGSU, entry("broker.kinds", "patent_agent"), fee__max_margin="0.05"))
    (event,) = approval(state)
    assert isinstance(event, PolicyVersionApproved)
    assert event.values == (ParameterValue(parameter="fee.max_margin", value="0.05"),)
    assert [each.code for each in event.entries] == ["patent_agent"]
    assert event.basis is not None
    assert event.basis.articles == ("JS 5", "JS 21", "JS 17")
    assert event.basis.values["fee.max_margin"] == "0.00"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"effective_from": TODAY}, ()),
        ({"effective_from": TODAY - timedelta(days=1)}, ("policy.retroactive",)),
        ({"decided_on": TODAY + timedelta(days=1)}, ("policy.decided_in_future",)),
        ({"version": OTHER}, ("policy.wrong_state",)),
    ],
)
def test_a_decision_never_reaches_back(changes: dict[str, Any], codes: tuple[str, ...]) -> None:
    state = DECIDED.fold(drafted(JIANGSU, fee__max_margin="0.05"))
    if not codes:
        approval(state, **changes)
        return
    with pytest.raises(DomainError) as refused:
        approval(state, **changes)
    assert refused.value.codes == codes


def test_a_version_is_approved_once_and_withdrawn_only_before() -> None:
    state = decided(JIANGSU, fee__max_margin="0.05")
    with pytest.raises(DomainError, match="wrong_state"):
        approval(state)
    with pytest.raises(DomainError, match="wrong_state"):
        versions.withdraw(state, version=VERSION, reason="late")
    draft = DECIDED.fold(drafted(JIANGSU, fee__max_margin="0.05"))
    assert draft is not None
    withdrawn = versions.withdraw(draft, version=VERSION, reason="重算")
    assert withdrawn == [PolicyVersionWithdrawn(version=VERSION, reason="重算")]
    with pytest.raises(DomainError, match="wrong_state"):
        approval(DECIDED.fold(withdrawn, draft))


def test_a_list_entry_decided_meanwhile_stands_against_a_draft_of_the_same() -> None:
    first = decided(JIANGSU, entry("broker.kinds", "patent_agent"))
    both = DECIDED.fold(drafted(JIANGSU, entry("broker.kinds", "patent_agent"), version=OTHER), first)
    assert both is not None
    with pytest.raises(DomainError, match="already_listed"):
        approval(both, version=OTHER, edition=both.completing(JIANGSU, NEW_YEAR))


def test_a_repeal_brings_back_what_held_before_and_leaves_what_was() -> None:
    state = decided(JIANGSU, fee__max_margin="0.05")
    (event,) = versions.repeal(
        state,
        version=VERSION,
        decision="苏科统理〔2021〕9号",
        decided_by=COUNCIL,
        decided_on=date(2021, 6, 1),
        effective_from=date(2021, 7, 1),
        reason="期满",
        edition=JIANGSU,
        today=date(2021, 6, 1),
    )
    assert isinstance(event, PolicyVersionRepealed)
    after = DECIDED.fold([event], state)
    assert after is not None
    assert after.completing(JIANGSU, date(2021, 6, 30)).value("fee.max_margin") == Decimal("0.05")
    assert after.completing(JIANGSU, date(2021, 7, 1)).value("fee.max_margin") == Decimal("0.00")
    with pytest.raises(DomainError, match="wrong_state"):
        versions.repeal(
            after,
            version=VERSION,
            decision="x",
            decided_by=COUNCIL,
            decided_on=date(2021, 6, 1),
            effective_from=date(2021, 7, 1),
            reason="again",
            edition=JIANGSU,
            today=date(2021, 6, 1),
        )
