# SPDX-License-Identifier: Apache-2.0
"""A document from its draft to its end; who does each step is what each regime says (JS 5-7, CQ 6, 7, 9)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.governance import adopting, drafting
from domain.governance.decision import Decision
from domain.governance.document import DOCUMENT
from domain.governance.drafting import Opinion
from domain.governance.events import (
    DocumentDrafted,
    DocumentRepealed,
    DraftRevised,
    DraftWithdrawn,
    OpinionAttached,
    PlanYearTaken,
    StandardReviewed,
)
from domain.governance.yearly import NONE_YET, PlansOfYear
from domain.kernel.actor import Role
from domain.kernel.event import Event
from domain.policy import Edition
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.governance.examples import (
    DECISION,
    DIGEST,
    OTHER_DIGEST,
    TODAY,
    adopted,
    decision,
    drafted,
    text,
)

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
OPINION = Opinion("agreed", "…", None, TODAY)
REVISED = DraftRevised(
    document_version=2, title_zh="技术标准", title_en="Standard", digest=OTHER_DIGEST, location="", changes="…"
)


def adopting_it(
    *past: Event,
    version: int = 1,
    on: date = APRIL,
    by: Decision | None = None,
    edition: Edition = JIANGSU,
    plans: PlansOfYear = NONE_YET,
) -> Outcome:
    return given(DOCUMENT, *past).when(
        adopting.adopt,
        document_version=version,
        decision_id=DECISION,
        decision=by or decision(),
        effective_from=on,
        edition=edition,
        plans=plans,
    )


@pytest.mark.parametrize(
    ("edition", "role", "may"),
    [
        (JIANGSU, Role.SERVICE_CENTRE, True),
        (JIANGSU, Role.COUNCIL_OFFICE, False),
        (CHONGQING, Role.COUNCIL_OFFICE, True),
        (CHONGQING, Role.SERVICE_CENTRE, False),
    ],
)
def test_the_centre_drafts_in_one_regime_and_the_office_in_the_other(
    edition: Edition, role: Role, *, may: bool
) -> None:
    outcome = given(DOCUMENT).when(drafting.draft, kind="rule", year=None, text=text(), role=role, edition=edition)
    revised = given(DOCUMENT, drafted("rule")).when(
        drafting.revise, text=text(OTHER_DIGEST), changes="…", role=role, edition=edition
    )
    withdrawn = given(DOCUMENT, drafted("rule")).when(
        drafting.withdraw, document_version=1, reason="…", role=role, edition=edition
    )
    if may:
        outcome.then(drafted("rule", drafted_by=role.value, basis=edition.basis("governance.drafters")))
        revised.then(REVISED)
        withdrawn.then(DraftWithdrawn(document_version=1, reason="…"))
        return
    for each in (outcome, revised, withdrawn):
        refused = each.then_refused("governance.not_the_drafter")
        assert refused.violations[0].citation == edition.citation("governance.drafters")


def test_a_year_belongs_to_an_annual_plan() -> None:
    role, edition = Role.SERVICE_CENTRE, JIANGSU
    facts: dict[str, Any] = {"text": text(), "role": role, "edition": edition}
    given(DOCUMENT).when(drafting.draft, kind="annual_plan", year=None, **facts).then_refused("governance.year_missing")
    given(DOCUMENT).when(drafting.draft, kind="rule", year=2026, **facts).then_refused("governance.year_out_of_place")
    plan = given(DOCUMENT).when(drafting.draft, kind="annual_plan", year=2026, **facts)
    assert plan.state.year == 2026


def test_a_version_differs_from_the_one_before() -> None:
    given(DOCUMENT, drafted()).when(
        drafting.revise, text=text(DIGEST), changes="…", role=Role.SERVICE_CENTRE, edition=JIANGSU
    ).then_refused("governance.nothing_changed")


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_the_committee_reviews_standards_and_advises_on_the_rest(edition: Edition) -> None:
    facts: dict[str, Any] = {"document_version": 1, "opinion": OPINION, "edition": edition, "today": TODAY}
    shown: dict[str, Any] = {"document_version": 1, "stance": "agreed", "opinion": "…"}
    shown |= {"digest": None, "given_on": TODAY}
    committee: dict[str, Any] = {"role": Role.EXPERT_COMMITTEE, **facts}
    standard = given(DOCUMENT, drafted()).when(drafting.review, **committee).then(StandardReviewed(**shown))
    given(DOCUMENT, drafted("rule")).when(drafting.review, **committee).then(OpinionAttached(**shown))
    assert standard.state.versions[0].opinions == 1
    assert standard.state.versions[0].draft, "an opinion changes no state by itself"
    centre = given(DOCUMENT, drafted()).when(drafting.review, role=Role.SERVICE_CENTRE, **facts)
    assert centre.then_refused("governance.not_the_adviser").violations[0].citation == edition.citation(
        "governance.advisers"
    )


def test_an_opinion_is_of_a_version_that_is_there_and_of_a_day_that_has_come() -> None:
    ahead = Opinion("objected", "…", None, TODAY + timedelta(days=1))
    given(DOCUMENT, drafted()).when(
        drafting.review,
        document_version=2,
        opinion=ahead,
        role=Role.EXPERT_COMMITTEE,
        edition=JIANGSU,
        today=TODAY,
    ).then_refused("governance.version_unknown", "governance.given_in_the_future")


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_a_standard_takes_effect_without_or_against_an_opinion(edition: Edition) -> None:
    objected = StandardReviewed(document_version=1, stance="objected", opinion="…", digest=None, given_on=TODAY)
    adopting_it(drafted(), edition=edition).then(adopted(1, APRIL))
    adopting_it(drafted(), objected, edition=edition).then(adopted(1, APRIL))


KINDS = ("master_plan", "annual_plan", "rule", "support_policy", "technical_standard", "operating_norm")
RESERVED = {JIANGSU.regime: set(KINDS[:4]), CHONGQING.regime: set(KINDS[2:])}


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_text_reserves_to_the_council_only_the_council_decides(edition: Edition, kind: str) -> None:
    draft = drafted(kind)
    adopting_it(draft, edition=edition).then(adopted(1, APRIL))
    office = adopting_it(draft, by=decision("council_office"), edition=edition)
    if kind in RESERVED[edition.regime]:
        refused = office.then_refused("governance.decision_of_another_body")
        assert refused.violations[0].citation == edition.citation("governance.council_decides")
    else:
        office.then(adopted(1, APRIL))
    adopting_it(draft, by=decision("finance_department"), edition=edition).then_refused(
        "governance.decision_of_another_body"
    )


def test_a_draft_has_no_effect_and_a_version_begins_on_its_day() -> None:
    past: list[Event] = [drafted()]
    assert given(DOCUMENT, *past).state.in_force_on(JUNE) is None
    past += [adopted(1, APRIL), REVISED]
    state = DOCUMENT.fold(past)
    assert state is not None
    assert [getattr(state.in_force_on(day), "number", None) for day in (date(2026, 3, 31), APRIL, JUNE)] == [None, 1, 1]
    later = adopting_it(*past, version=2, on=MAY).state
    assert [later.in_force_on(day).number for day in (APRIL, date(2026, 4, 30), MAY)] == [1, 1, 2]


def test_only_the_latest_draft_is_adopted_or_withdrawn() -> None:
    adopting_it(drafted(), REVISED, version=1).then_refused("governance.not_a_draft")
    adopting_it(drafted(), adopted(1, APRIL), version=1, on=MAY).then_refused("governance.not_a_draft")
    withdrawn = DraftWithdrawn(document_version=1, reason="…")
    adopting_it(drafted(), withdrawn).then_refused("governance.not_a_draft")


def test_nothing_takes_effect_before_it_was_decided_or_before_the_version_it_follows() -> None:
    adopting_it(drafted(), on=TODAY).then(adopted(1, TODAY))
    adopting_it(drafted(), on=TODAY - timedelta(days=1)).then_refused("governance.effective_before_decided")
    adopting_it(drafted(), adopted(1, APRIL), REVISED, version=2, on=APRIL).then_refused(
        "governance.version_out_of_order"
    )


def test_an_annulled_decision_puts_nothing_in_force() -> None:
    adopting_it(drafted(), by=decision(annulled=True)).then_refused("governance.decision_annulled")


def repealing(*past: Event, on: date = JUNE, by: Decision | None = None, successor: UUID | None = None) -> Outcome:
    return given(DOCUMENT, *past).when(
        adopting.repeal,
        decision_id=DECISION,
        decision=by or decision(),
        effective_from=on,
        successor=successor,
        reason="…",
        edition=JIANGSU,
    )


def test_a_repealed_document_is_in_force_up_to_the_day_before() -> None:
    in_force = (drafted("rule"), adopted(1, APRIL))
    repealed = DocumentRepealed(
        decision=DECISION,
        decision_reference="1号",
        decided_on=TODAY,
        effective_from=JUNE,
        successor=None,
        reason="…",
    )
    state = repealing(*in_force).then(repealed).state
    assert state.in_force_on(date(2026, 5, 31)).number == 1
    assert state.in_force_on(JUNE) is None
    repealing(*in_force, repealed).then_refused("governance.document_repealed")
    repealing(*in_force, by=decision("council_office")).then_refused("governance.decision_of_another_body")
    repealing(*in_force, on=TODAY - timedelta(days=1)).then_refused("governance.effective_before_decided")
    repealing(drafted("rule")).then_refused("governance.never_in_force")
    given(DOCUMENT, *in_force, repealed).when(
        drafting.revise, text=text(OTHER_DIGEST), changes="…", role=Role.SERVICE_CENTRE, edition=JIANGSU
    ).then_refused("governance.document_repealed")


def test_the_title_is_that_of_the_latest_version() -> None:
    first = drafted()
    assert isinstance(first, DocumentDrafted)
    state = DOCUMENT.fold([first, REVISED.model_copy(update={"title_zh": "新标准"})])
    assert state is not None
    assert (state.title_zh, state.last.number) == ("新标准", 2)


PLAN = drafted("annual_plan", year=2026)
FIRST, SECOND = PlanYearTaken(year=2026, place=1), PlanYearTaken(year=2026, place=2)
REPEALED = DocumentRepealed(
    decision=DECISION, decision_reference="1号", decided_on=TODAY, effective_from=JUNE, successor=None, reason="…"
)


def standing_before(*past: Event) -> PlansOfYear:
    return PlansOfYear(1, DOCUMENT.fold((PLAN, FIRST, adopted(1, APRIL), *past)))


@pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
def test_a_year_has_one_plan_and_a_change_of_it_is_its_next_version(edition: Edition) -> None:
    adopting_it(PLAN, edition=edition).then(FIRST, adopted(1, APRIL))
    refused = adopting_it(PLAN, edition=edition, plans=standing_before()).then_refused("governance.year_has_a_plan")
    (violation,) = refused.violations
    assert violation.parameters == {"year": 2026, "title": "技术标准"}
    assert violation.citation == edition.citation("governance.council_decides")
    own = (PLAN, FIRST, adopted(1, APRIL), REVISED)
    adopting_it(*own, version=2, on=MAY, edition=edition, plans=standing_before()).then(adopted(2, MAY))


@pytest.mark.parametrize(("on", "free"), [(JUNE - timedelta(days=1), False), (JUNE, True)])
def test_another_plan_follows_from_the_day_on_which_the_one_before_is_repealed(on: date, *, free: bool) -> None:
    outcome = adopting_it(PLAN, on=on, plans=standing_before(REPEALED))
    if free:
        outcome.then(SECOND, adopted(1, on))
    else:
        outcome.then_refused("governance.year_has_a_plan")


def test_other_documents_have_no_year_to_themselves() -> None:
    adopting_it(drafted("rule"), plans=standing_before()).then(adopted(1, APRIL))


def test_all_that_speaks_against_a_second_plan_is_said_at_once() -> None:
    adopting_it(PLAN, on=TODAY - timedelta(days=1), plans=standing_before()).then_refused(
        "governance.effective_before_decided", "governance.year_has_a_plan"
    )
