# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.purchasing import deciding, pricing, reviewing, routing
from domain.purchasing.events import Asset, Declaration, PurchaseApproved
from domain.purchasing.reviewing import Form
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.purchasing.examples import (
    APPROVER,
    ASKER,
    EXPERT,
    GRANTOR,
    INSTITUTE,
    PANEL,
    PARTS,
    REVIEWER,
    TODAY,
    UNIVERSITY,
    Story,
    item,
    purchase,
    yuan,
)

UNIT, CENTRE_ROLE, THIRD = "managing_unit", "service_centre", "third_party_institution"


def codes(story: Story, step: str, *arguments: Any, **changes: Any) -> tuple[str, ...]:  # noqa: ANN401
    with pytest.raises(DomainError) as error:
        getattr(story, step)(*arguments, **changes)
    return error.value.codes


def upper() -> Story:
    return Story(JIANGSU, purchase(item("2000000.00")))


def test_A23_the_centres_own_purchase_goes_to_a_third_party() -> None:
    assert codes(upper(), "routed", CENTRE_ROLE, UNIVERSITY) == ("purchasing.reviewer_asks_itself",)
    assert upper().mandated().routed(THIRD).state.reviewer == INSTITUTE
    assert codes(upper(), "mandated", UNIVERSITY) == ("purchasing.reviewer_asks_itself",)


def test_A23_who_asks_or_sets_the_price_does_not_review() -> None:
    story = upper().routed()
    own = (Declaration(person=REVIEWER, conflict=False), Declaration(person=ASKER, conflict=False))
    assert codes(story, "started", own) == ("purchasing.reviewer_is_asker",)
    assert codes(story, "started", (*PANEL, *PANEL)) == ("purchasing.person_twice",)
    assert codes(story, "started", PANEL, GRANTOR) == ("purchasing.not_on_the_panel",)
    revised(story, UUID(int=7), "2100000.00")
    seven = (Declaration(person=UUID(int=7), conflict=False),)
    assert codes(story, "started", seven, UUID(int=7)) == ("purchasing.reviewer_is_asker",)


def revised(story: Story, reviser: UUID, price: str, **changes: Any) -> Story:  # noqa: ANN401 - any particular
    wanted = purchase(item(price), edition=story.edition)
    stated = {"stage": "estimate", "set_price_fen": None, "funding": wanted.funding, "reason": "…", "today": TODAY}
    prices = (yuan(price),)
    given: dict[str, Any] = stated | {"prices": prices, "reviser": reviser, "edition": story.edition} | changes
    return story.add(pricing.revise(story.state, **given))


def test_a_price_is_another_one_of_each_item_set_by_no_reviewer() -> None:
    story = upper().routed().started()
    for reviser, price, changes, expected in (
        (ASKER, "2000000.00", {}, "purchasing.nothing_changed"),
        (REVIEWER, "2100000.00", {}, "purchasing.reviewer_sets_price"),
        (ASKER, "2100000.00", {"prices": ()}, "purchasing.prices_do_not_fit"),
    ):
        with pytest.raises(DomainError) as error:
            revised(story, reviser, price, **changes)
        assert error.value.codes == (expected,)


def test_a_conflict_of_interest_leads_to_another_reviewer() -> None:
    story = upper().routed()
    conflict = (Declaration(person=REVIEWER, conflict=True),)
    assert codes(story, "started", conflict) == ("purchasing.conflict_of_interest",)
    story.started().mandated()
    stated: dict[str, Any] = {"reviewer_role": THIRD, "reviewer": INSTITUTE, "ground": "conflict_of_interest"}
    given = stated | {"reason": "…", "edition": JIANGSU, "today": TODAY}
    with pytest.raises(DomainError, match="not_the_organiser"):
        routing.reroute(story.state, role=Role.COUNCIL_OFFICE, **given)
    story.add(routing.reroute(story.state, role=Role.FINANCE_DEPARTMENT, **given))
    assert (story.state.state, story.state.reviewer, story.state.panel) == ("routed", INSTITUTE, ())


def test_in_chongqing_the_new_reviewer_has_a_check_of_its_own() -> None:
    story = Story(CHONGQING).routed().checked().started().mandated()
    rerouted = routing.reroute(
        story.state,
        role=Role.COUNCIL_OFFICE,
        reviewer_role=THIRD,
        reviewer=INSTITUTE,
        ground="reviewer_change",
        reason="…",
        edition=CHONGQING,
        today=TODAY,
    )
    assert codes(story.add(rerouted), "started") == ("purchasing.duplicate_check_missing",)


@pytest.mark.parametrize(
    ("price", "role", "expected"),
    [
        ("600000.00", Role.MANAGING_UNIT, None),
        ("600000.00", Role.FINANCE_DEPARTMENT, None),
        ("2000000.00", Role.FINANCE_DEPARTMENT, None),
        ("2000000.00", Role.MANAGING_UNIT, "purchasing.may_not_mandate"),
        ("2000000.00", Role.SERVICE_CENTRE, "purchasing.may_not_mandate"),
    ],
)
def test_who_may_mandate_a_third_party(price: str, role: Role, expected: str | None) -> None:
    story = Story(JIANGSU, purchase(item(price)))
    if expected is None:
        assert story.mandated(role=role).state.mandates[0].institution == INSTITUTE
    else:
        assert codes(story, "mandated", role=role) == (expected,)


def test_a_mandate_holds_until_its_last_day() -> None:
    assert codes(upper(), "mandated", valid_until=TODAY - timedelta(days=1)) == ("purchasing.mandate_over",)
    story = upper().mandated(valid_until=TODAY)
    assert story.state.mandate_on(INSTITUTE, TODAY)
    assert codes(story, "routed", THIRD, today=TODAY + timedelta(days=1)) == ("purchasing.mandate_missing",)
    assert story.routed(THIRD).state.state == "routed"


def test_experts_advise_and_decide_nothing() -> None:
    story = upper().routed().started()

    def advise(person: UUID, *, conflict: bool = False) -> None:
        said = Declaration(person=person, conflict=conflict)
        story.add(reviewing.advise(story.state, said, advice="negative", text="…", document_digest=None))

    for person, conflict, expected in (
        (ASKER, False, "purchasing.reviewer_is_asker"),
        (REVIEWER, False, "purchasing.expert_is_reviewer"),
        (EXPERT, True, "purchasing.expert_in_conflict"),
    ):
        with pytest.raises(DomainError) as error:
            advise(person, conflict=conflict)
        assert error.value.codes == (expected,)
    advise(EXPERT)
    with pytest.raises(DomainError, match="expert_advised"):
        advise(EXPERT)
    assert story.opined().state.state == "opinion_issued"


def test_a_conditional_opinion_states_its_conditions() -> None:
    story = upper().routed().started()
    assert codes(story, "opined", Form(PARTS, "conditional")) == ("purchasing.conditions_missing",)
    assert story.opined(Form(PARTS, "conditional", "共享")).approved().state.state == "approved"


def test_only_a_person_of_the_panel_concludes() -> None:
    assert codes(upper().routed().started(), "opined", issuer=EXPERT) == ("purchasing.not_on_the_panel",)


def test_A20_the_reviewer_corrects_what_is_a_set() -> None:
    wanted = purchase(item("1500000.00"), item("500000.00"))
    story = Story(JIANGSU, wanted).routed(UNIT).started()
    corrected = pricing.correct_set(story.state, one_system=True, corrector=REVIEWER, reason="…", edition=JIANGSU)
    story.add(corrected)
    assert (story.state.state, story.state.band, story.state.reviewer) == ("requested", "upper", None)
    story.routed().started()
    with pytest.raises(DomainError, match="nothing_changed"):
        pricing.correct_set(story.state, one_system=True, corrector=REVIEWER, reason="…", edition=JIANGSU)
    with pytest.raises(DomainError, match="not_on_the_panel"):
        pricing.correct_set(story.state, one_system=False, corrector=ASKER, reason="…", edition=JIANGSU)


def test_A22_against_a_negative_opinion_only_with_a_reason() -> None:
    story = upper().reviewed("negative")
    assert codes(story, "approved") == ("purchasing.reason_missing",)
    assert story.approved(reason="必备").state.state == "approved"


@pytest.mark.parametrize(("days", "old"), [(365, False), (366, True)])
def test_A22_an_old_opinion_is_approved_with_a_warning(days: int, old: bool) -> None:  # noqa: FBT001 - a cell
    event = upper().reviewed().approved(today=TODAY + timedelta(days=days)).events[-1]
    assert isinstance(event, PurchaseApproved)
    assert (event.opinion_age_days, event.opinion_old) == (days, old)


def test_A22_where_the_authority_has_set_a_validity_an_older_opinion_is_no_basis() -> None:
    story = upper().reviewed()
    story.edition = with_value(JIANGSU, "review.opinion_validity_days", 90)
    assert codes(story, "approved", today=TODAY + timedelta(days=91)) == ("purchasing.opinion_expired",)
    assert story.approved(today=TODAY + timedelta(days=90)).state.state == "approved"


def test_opinion_and_decision_are_made_by_different_persons() -> None:
    story = upper().reviewed()
    assert codes(story, "approved", approver=REVIEWER) == ("purchasing.decider_is_reviewer",)
    assert codes(story, "approved", approver=ASKER) == ("purchasing.decider_is_asker",)
    assert codes(story, "approved", role=Role.SCIENCE_DEPARTMENT) == ("purchasing.not_the_authority",)
    both = {"role": Role.SERVICE_CENTRE, "approver": REVIEWER}
    assert codes(story, "approved", **both) == ("purchasing.not_the_authority", "purchasing.decider_is_reviewer")


def test_a_purchase_is_refused_for_a_reason() -> None:
    story = upper().reviewed("negative")
    given: dict[str, Any] = {"decision_reference": "1号", "reason": "利用率不足", "edition": JIANGSU}
    story.add(deciding.refuse(story.state, role=Role.FINANCE_DEPARTMENT, refuser=APPROVER, **given))
    assert story.state.state == "refused"
    assert codes(story, "procured") == ("purchasing.wrong_state",)


def test_an_exception_is_carried_to_the_approval_and_voided_by_another_band() -> None:
    assert codes(upper(), "excepted", document_number=" ") == ("purchasing.exception_without_document",)
    story = upper().excepted()
    assert codes(story, "approved", approver=GRANTOR) == ("purchasing.decider_granted_exception",)
    event = story.approved().events[-1]
    assert isinstance(event, PurchaseApproved)
    assert (event.exception_document, event.conclusion, event.opinion_age_days) == ("1号", None, None)
    revised(story, ASKER, "1900000.00", stage="contract")
    assert (story.state.state, story.state.exemption, story.state.approved_on) == ("requested", None, None)


def test_where_no_exception_is_allowed_none_is_granted() -> None:
    story = upper()
    story.edition = with_value(JIANGSU, "review.no_review_exception_allowed", False)  # noqa: FBT003 - a value
    assert codes(story, "excepted") == ("purchasing.no_exceptions",)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"assets": ()}, "purchasing.assets_do_not_fit"),
        ({"assets": (Asset(item=1, asset_number="A"),)}, "purchasing.assets_do_not_fit"),
        (
            {"assets": (Asset(item=0, asset_number="A"), Asset(item=0, asset_number="B"))},
            "purchasing.assets_do_not_fit",
        ),
        ({"accepted_on": date(2026, 3, 3)}, "purchasing.accepted_in_the_future"),
        ({"accepted_on": date(2026, 3, 1)}, "purchasing.accepted_before_approval"),
        ({"prices": (yuan("1999999.99"),)}, "purchasing.band_crossed"),
        ({"prices": ()}, "purchasing.prices_do_not_fit"),
        ({"prices": (yuan("0.00"),)}, "purchasing.price_missing"),
        ({"set_price_fen": 200_000_000}, "purchasing.not_a_set"),
    ],
)
def test_what_is_procured_is_what_was_approved(changes: dict[str, Any], expected: str) -> None:
    assert codes(upper().reviewed().approved(), "procured", **changes) == (expected,)


def test_what_needs_no_review_is_procured_at_once_and_judged_again_at_another_price() -> None:
    story = Story(JIANGSU, purchase(item("400000.00")))
    assert story.state.state == "not_required"
    revised(story, ASKER, "450000.00")
    assert story.state.state == "not_required"
    revised(story, ASKER, "500000.00")
    assert (story.state.state, story.state.band) == ("requested", "middle")
    revised(story, ASKER, "499999.99", stage="contract")
    assert story.procured().state.state == "procured"
