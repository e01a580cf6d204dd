# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from domain.parties import unit as decide
from domain.parties.events import SharingRulesPublished, UnitMappedToLegalPerson, UnitMerged, UnitRenamed
from domain.parties.unit import INSTITUTION, UNIT
from domain.policy import Edition
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.parties.examples import CENTRE, COMPANY, OTHER_CENTRE, TODAY, UNIVERSITY, unit

MERGED = UnitMerged(successor=OTHER_CENTRE, decision_reference="扬理工〔2026〕1号")
RULES = SharingRulesPublished(
    rules_version=1, title="管理办法", number="〔2021〕7号", digest="a" * 64, effective_from=date(2026, 1, 1)
)


@pytest.mark.parametrize(
    ("edition", "kind", "mode"),
    [
        (JIANGSU, "provincial_university", "direct"),
        (JIANGSU, "other_holder_of_public_resources", "voluntary"),
        (JIANGSU, "ministry_affiliated_university", "by_reference"),
        (CHONGQING, "enterprise", "voluntary"),
        (CHONGQING, "university", "direct"),
    ],
)
def test_JS_32_1_a_unit_is_registered_in_the_mode_of_its_kind(edition: Edition, kind: str, mode: str) -> None:
    new = unit(kind=kind, scope_mode=mode)
    outcome = given(UNIT).when(decide.register, new, institution_joined=False, edition=edition).then(new)
    assert "scope.unit_kinds" in outcome.events[0].basis.values  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("edition", "kind", "mode", "codes"),
    [
        (JIANGSU, "university", "direct", ["parties.unknown_unit_kind"]),
        (CHONGQING, "provincial_university", "direct", ["parties.unknown_unit_kind"]),
        (JIANGSU, "ministry_affiliated_university", "direct", ["parties.wrong_scope_mode"]),
        (JIANGSU, "provincial_university", "by_reference", ["parties.wrong_scope_mode"]),
        (JIANGSU, "village", "by_reference", ["parties.unknown_unit_kind", "parties.wrong_scope_mode"]),
        (JIANGSU, INSTITUTION, "voluntary", ["parties.not_joined"]),
        (JIANGSU, INSTITUTION, "direct", ["parties.not_joined", "parties.wrong_scope_mode"]),
    ],
)
def test_a_unit_of_another_kind_or_mode_is_refused(edition: Edition, kind: str, mode: str, codes: list[str]) -> None:
    new = unit(kind=kind, scope_mode=mode)
    given(UNIT).when(decide.register, new, institution_joined=False, edition=edition).then_refused(*codes)


def test_an_institution_that_joined_serves_through_a_unit() -> None:
    new = unit(kind=INSTITUTION, scope_mode="voluntary")
    given(UNIT).when(decide.register, new, institution_joined=True, edition=JIANGSU).then(new)


def test_a_unit_gets_another_name() -> None:
    renamed = UnitRenamed(name_zh="大型仪器中心", name_en="Instruments", reason="调整")
    outcome = given(UNIT, unit()).when(decide.rename, name_zh="大型仪器中心", name_en="Instruments", reason="调整")
    assert outcome.then(renamed).state.name_zh == "大型仪器中心"


def test_the_same_name_is_no_change() -> None:
    given(UNIT, unit()).when(
        decide.rename, name_zh="分析测试中心", name_en="Analysis and Testing Centre", reason="…"
    ).then_refused("parties.nothing_changed")


def test_a_unit_ends_in_its_successor() -> None:
    successor = given(UNIT, unit(code="JS-U02")).state
    outcome = given(UNIT, unit()).when(
        decide.merge,
        unit=CENTRE,
        successor=OTHER_CENTRE,
        successor_state=successor,
        decision_reference="扬理工〔2026〕1号",
    )
    assert outcome.then(MERGED).state.merged_into == OTHER_CENTRE


def test_a_unit_ends_neither_in_itself_nor_in_one_that_has_ended() -> None:
    alive = given(UNIT, unit()).state
    given(UNIT, unit()).when(
        decide.merge, unit=CENTRE, successor=CENTRE, successor_state=alive, decision_reference="…"
    ).then_refused("parties.merged_into_itself")
    ended = given(UNIT, unit(), MERGED).state
    given(UNIT, unit()).when(
        decide.merge, unit=CENTRE, successor=OTHER_CENTRE, successor_state=ended, decision_reference="…"
    ).then_refused("parties.unit_merged")


def test_nothing_is_done_to_a_unit_that_has_ended() -> None:
    ended = given(UNIT, unit(), MERGED)
    ended.when(decide.rename, name_zh="…", name_en="", reason="…").then_refused("parties.unit_merged")
    ended.when(
        decide.map_to, legal_person=COMPANY, effective_from=TODAY, decision_reference="…", today=TODAY
    ).then_refused("parties.unit_merged")
    ended.when(
        decide.publish_sharing_rules, title="…", number="…", digest="a" * 64, effective_from=TODAY, edition=JIANGSU
    ).then_refused("parties.unit_merged")


def test_a_unit_belongs_to_another_legal_person_from_a_day_on() -> None:
    mapped = UnitMappedToLegalPerson(
        legal_person=COMPANY, effective_from=date(2026, 2, 1), decision_reference="苏科办〔2026〕3号"
    )
    outcome = given(UNIT, unit()).when(
        decide.map_to,
        legal_person=COMPANY,
        effective_from=date(2026, 2, 1),
        decision_reference="苏科办〔2026〕3号",
        today=TODAY,
    )
    state = outcome.then(mapped).state
    assert state.legal_person == COMPANY
    assert state.legal_person_on(date(2026, 1, 31)) == UNIVERSITY
    assert state.legal_person_on(date(2026, 2, 1)) == COMPANY


def test_a_mapping_is_new_in_effect_and_in_order() -> None:
    mapped = UnitMappedToLegalPerson(
        legal_person=COMPANY, effective_from=date(2026, 2, 1), decision_reference="苏科办〔2026〕3号"
    )
    again = given(UNIT, unit(), mapped)
    again.when(
        decide.map_to, legal_person=COMPANY, effective_from=date(2026, 3, 3), decision_reference="…", today=TODAY
    ).then_refused("parties.nothing_changed", "parties.mapping_not_yet_effective")
    again.when(
        decide.map_to, legal_person=UNIVERSITY, effective_from=date(2026, 2, 1), decision_reference="…", today=TODAY
    ).then_refused("parties.mapping_out_of_order")


def test_sharing_rules_get_versions_and_never_go_backwards() -> None:
    stated = {"title": "管理办法", "number": "〔2021〕7号", "digest": "a" * 64}
    first = given(UNIT, unit()).when(
        decide.publish_sharing_rules, **stated, effective_from=date(2026, 1, 1), edition=JIANGSU
    )
    state = first.then(RULES).state
    assert not state.sharing_rules_on(date(2025, 12, 31))
    assert state.sharing_rules_on(date(2026, 1, 1))
    second = given(UNIT, unit(), RULES)
    second.when(decide.publish_sharing_rules, **stated, effective_from=date(2026, 1, 1), edition=JIANGSU).then(
        RULES.model_copy(update={"rules_version": 2})
    )
    second.when(
        decide.publish_sharing_rules, **stated, effective_from=date(2025, 12, 31), edition=JIANGSU
    ).then_refused("parties.rules_go_backwards")
