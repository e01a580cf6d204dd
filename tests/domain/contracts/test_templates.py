# SPDX-License-Identifier: Apache-2.0
from typing import Any
from uuid import UUID

import pytest

from domain.contracts import drafting, template
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.placeholders import completed, filled, values_of
from domain.contracts.template import TEMPLATE
from domain.contracts.template_events import TemplatePinned, TemplateWithdrawn
from domain.kernel.errors import DomainError
from tests.domain.contracts.samples import CLAUSES, CONTRACT_ID, NUMBER, PARTIES, SIX, TERMS, terms
from tests.domain.editions import JIANGSU
from tests.domain.given import given

NAMES = {"number": NUMBER, "unit": "分析测试中心", "provider": "大学", "customer": "公司", "resources": "透射电镜"}
PINNED = TemplatePinned(template=UUID(int=5), template_version=2, kind="commissioned_test", prefilled=())


def publishing(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    clauses = Clauses.model_validate({**SIX, "service_content": "{{unit}}为{{customer}}测试至{{ valid_until }}"})
    facts = {"unit": None, "kind": "commissioned_test", "title": "委托测试", "clauses": clauses, "note": ""}
    return {**facts, "edition": JIANGSU, **changes}


def worded(**clauses: str) -> Clauses:
    return Clauses.model_validate({**SIX, **clauses})


FIRST = template.publish(None, **publishing())[0]


def test_versions_follow_each_other_and_keep_their_text() -> None:
    assert FIRST.template_version == 1  # type: ignore[attr-defined]
    assert FIRST.placeholders == ("unit", "customer", "valid_until")  # type: ignore[attr-defined]
    second = given(TEMPLATE, FIRST).when(template.publish, **publishing(title="委托测试（新）"))
    assert second.state.version(None).title == "委托测试（新）"
    assert second.state.version(1).title == "委托测试"
    with pytest.raises(DomainError) as refused:
        second.state.version(3)
    assert refused.value.codes == ("contracts.no_such_template_version",)


@pytest.mark.parametrize(
    ("clauses", "broken"),
    [
        (worded(service_mode="{{colour}}"), ["contracts.placeholder_unknown"]),
        (worded(service_mode="{{unit}"), ["contracts.placeholder_malformed"]),
        (
            worded(service_mode="{unit}}", ip_ownership="{{price}}"),
            ["contracts.placeholder_malformed", "contracts.placeholder_unknown"],
        ),
        (worded(dispute_handling=" "), ["contracts.clause_missing"]),
        (worded(service_mode="{{unit}}{{resources}}"), []),
        (Clauses.model_validate({**SIX, "further": {"safety": "{{whom}}"}}), ["contracts.placeholder_unknown"]),
    ],
)
def test_only_what_can_be_filled_may_stand_in_a_template(clauses: Clauses, broken: list[str]) -> None:
    if not broken:
        assert template.publish(None, **publishing(clauses=clauses))
        return
    with pytest.raises(DomainError) as refused:
        template.publish(None, **publishing(clauses=clauses))
    assert list(refused.value.codes) == broken


def test_nothing_changes_without_a_difference_or_after_the_end() -> None:
    given(TEMPLATE, FIRST).when(template.publish, **publishing()).then_refused("contracts.template_unchanged")
    gone = TemplateWithdrawn(reason="停用")
    given(TEMPLATE, FIRST).when(template.withdraw, reason="停用").then(gone)
    given(TEMPLATE, FIRST, gone).when(template.publish, **publishing(title="x")).then_refused(
        "contracts.template_withdrawn"
    )


def test_a_draft_is_filled_from_names_and_terms() -> None:
    text = worded(
        service_content="{{unit}}为{{customer}}提供{{resources}}，编号{{number}}",
        benefit_distribution="{{provider_share}}比{{user_share}}，至{{valid_until}}，{{ceiling_yuan}}元",
    )
    done = filled(text, values_of(TERMS, NAMES))
    assert done.service_content == f"分析测试中心为公司提供透射电镜，编号{NUMBER}"
    assert done.benefit_distribution == "40.00比60.00，至2026-12-31，200,000.00元"
    with pytest.raises(DomainError) as refused:
        filled(text, values_of(terms(ceiling_fen=None), NAMES))
    assert refused.value.codes == ("contracts.placeholder_without_value",)


def test_what_was_stated_stands_before_the_template() -> None:
    whole, prefilled = completed(Clauses(service_mode="用户自主操作"), CLAUSES)
    assert whole.service_mode == "用户自主操作"
    assert whole.dispute_handling == CLAUSES.dispute_handling
    assert prefilled == tuple(name for name in SIX if name != "service_mode")


def test_a_contract_keeps_its_template_and_version() -> None:
    facts: dict[str, Any] = {
        "contract": CONTRACT_ID,
        "number": NUMBER,
        "parties": PARTIES,
        "terms": TERMS,
        "clauses": CLAUSES,
        "edition": JIANGSU,
    }
    drafted = given(CONTRACT).when(drafting.draft, **facts, template=PINNED)
    assert drafted.state.template == (UUID(int=5), 2)
    framework = PINNED.model_copy(update={"kind": "framework"})
    given(CONTRACT).when(drafting.draft, **facts, template=framework).then_refused("contracts.template_of_another_kind")
