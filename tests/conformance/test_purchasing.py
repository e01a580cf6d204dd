# SPDX-License-Identifier: Apache-2.0
"""Review before buying with public money (JS 12, CQ 22). Amounts are those of the rows, in yuan."""

from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.kernel.money import fen_from_yuan
from domain.purchasing import pricing, reviewing, warning
from domain.purchasing.events import ReviewFoundNotRequired, WarningMatch
from domain.purchasing.facilities import Facility, Matches, Search, Sought, Usage
from domain.purchasing.likeness import rank
from domain.purchasing.rule import review_required
from domain.purchasing.values import FundingShare
from domain.purchasing.warning import WARNING_CATALOGUE, ClassFigures, Survey
from tests.conformance.editions import chongqing, jiangsu
from tests.domain.purchasing.examples import (
    PARTS,
    TODAY,
    Story,
    item,
    purchase,
    yuan,
)

THIRD, UNIT = "third_party_institution", "managing_unit"


def repriced(story: Story, price: str) -> Story:
    wanted = story.state.purchase
    share = FundingShare(source=wanted.funding[0].source, amount_fen=fen_from_yuan(price))
    return story.add(
        pricing.revise(
            story.state,
            stage="estimate",
            prices=(yuan(price),),
            set_price_fen=None,
            funding=(share,),
            reviser=UUID(int=99),
            reason="询价",
            edition=story.edition,
            today=TODAY,
        )
    )


def refused(story: Story, step: str, *arguments: str) -> tuple[str, ...]:
    with pytest.raises(DomainError) as error:
        getattr(story, step)(*arguments)
    assert all(violation.citation for violation in error.value.violations)
    return error.value.codes


def not_to_be_routed(story: Story, role: str) -> str:
    """Who may review instead, as the refusal says."""
    with pytest.raises(DomainError) as error:
        story.routed(role)
    [violation] = error.value.violations
    assert violation.code == "purchasing.reviewer_not_allowed"
    return str(violation.parameters["may"])


def judged_by(story: Story) -> dict[str, str]:
    """What the finding rested on, as it is stored with the request."""
    basis = story.events[0].basis
    assert basis is not None
    return basis.values


@pytest.mark.parametrize(
    ("price", "band", "reviewed"),
    [
        ("2000000.00", "upper", True),
        ("1999999.99", "middle", True),
        ("500000.00", "middle", True),
        ("499999.99", "none", False),
    ],
)
def test_JS_12_1_routing_by_unit_price(price: str, band: str, reviewed: bool) -> None:  # noqa: FBT001 - a cell
    edition = jiangsu()
    story = Story(edition, purchase(item(price), edition=edition))
    assert (story.state.band, story.state.finding.required) == (band, reviewed)
    assert isinstance(story.events[-1], ReviewFoundNotRequired) is not reviewed
    assert story.state.finding.rule_version == "苏科技规〔2020〕217号 2020-217"


def test_JS_12_1_the_finance_department_routes() -> None:
    edition = jiangsu()
    story = Story(edition, purchase(item("600000.00"), edition=edition))
    with pytest.raises(DomainError) as error:
        story.routed(UNIT, role=Role.COUNCIL_OFFICE)
    assert error.value.codes == ("purchasing.not_the_organiser",)
    assert story.routed(UNIT, role=Role.FINANCE_DEPARTMENT).state.state == "routed"


def test_JS_12_1_an_object_of_the_article_is_reviewed() -> None:
    edition = jiangsu()
    for kind in ("large_instrument", "other_resource"):
        assert Story(edition, purchase(edition=edition, object_kind=kind)).state.state == "requested"
    with pytest.raises(DomainError) as error:
        Story(edition, purchase(edition=edition, object_kind="research_facility"))
    assert error.value.codes == ("purchasing.unknown_object",)
    assert error.value.violations[0].parameters["known"] == "large_instrument, other_resource"


@pytest.mark.parametrize(
    ("price", "role", "accepted"),
    [
        ("1999999.99", UNIT, True),
        ("1999999.99", THIRD, True),
        ("1999999.99", "service_centre", False),
        ("500000.00", UNIT, True),
        ("2000000.00", UNIT, False),
        ("2000000.00", THIRD, True),
        ("2000000.00", "service_centre", True),
    ],
)
def test_JS_12_2_who_may_review(price: str, role: str, accepted: bool) -> None:  # noqa: FBT001 - a cell
    edition = jiangsu()
    story = Story(edition, purchase(item(price), edition=edition))
    if accepted:
        if role == THIRD:
            assert refused(story, "routed", THIRD) == ("purchasing.mandate_missing",)
            story.mandated()
        assert story.routed(role).started().opined().state.state == "opinion_issued"
    else:
        own = UNIT if story.state.band == "middle" else "service_centre"
        assert not_to_be_routed(story, role) == f"{own}, third_party_institution"


def test_JS_12_2_across_the_band_the_units_opinion_is_void() -> None:
    edition = jiangsu()
    story = Story(edition, purchase(item("1999999.99"), edition=edition)).routed(UNIT).started().opined()
    repriced(story, "2000000.00")
    assert (story.state.state, story.state.opinion, story.state.reviewer_role) == ("requested", None, None)
    assert refused(story, "approved") == ("purchasing.not_reviewed",)
    assert refused(story, "routed", UNIT) == ("purchasing.reviewer_not_allowed",)
    assert story.routed("service_centre").started().opined().state.state == "opinion_issued"


def test_JS_12_2_inside_the_band_the_opinion_is_kept() -> None:
    edition = jiangsu()
    story = Story(edition, purchase(item("600000.00"), edition=edition)).routed(UNIT).started().opined()
    repriced(story, "700000.00")
    assert story.state.state == "opinion_issued"
    assert story.state.opinion is not None
    assert story.approved().state.state == "approved"


@pytest.mark.parametrize(
    ("act", "money", "reviewed"),
    [
        ("new_purchase", {"provincial_fiscal_funds": "0.01", "own_funds": "2999999.99"}, True),
        ("new_construction", {"provincial_fiscal_funds": "3000000.00"}, True),
        ("new_purchase", {"own_funds": "3000000.00"}, False),
        ("new_purchase", {"municipal_fiscal_funds": "3000000.00"}, False),
        ("new_purchase", {"central_fiscal_funds": "3000000.00", "provincial_fiscal_funds": "0.00"}, False),
        ("repair", {"provincial_fiscal_funds": "3000000.00"}, False),
    ],
)
def test_JS_12_3_provincial_funds_for_new_purchase_or_construction(
    act: str,
    money: dict[str, str],
    reviewed: bool,  # noqa: FBT001 - a cell
) -> None:
    edition = jiangsu()
    story = Story(edition, purchase(item("3000000.00"), edition=edition, act=act, funding=shares(money)))
    assert story.state.finding.required is reviewed
    assert judged_by(story)["review.funding_in_scope"] == "provincial_fiscal_funds"
    assert judged_by(story)["review.acts"] == "new_purchase, new_construction"


def shares(money: dict[str, str]) -> tuple[FundingShare, ...]:
    return tuple(
        FundingShare.model_validate({"source": source, "amount_fen": fen_from_yuan(amount)})
        for source, amount in money.items()
    )


def test_JS_12_4_an_opinion_in_three_parts_is_accepted() -> None:
    story = Story(jiangsu()).routed(UNIT).started()
    assert story.opined(reviewing.Form(PARTS, "positive")).state.state == "opinion_issued"


@pytest.mark.parametrize("part", ["necessity", "reasonableness", "service_performance"])
@pytest.mark.parametrize("said", [None, " "])
def test_JS_12_4_an_opinion_without_a_part_is_refused(part: str, said: str | None) -> None:
    story = Story(jiangsu()).routed(UNIT).started()
    rest = {name: text for name, text in PARTS.items() if name != part}
    with pytest.raises(DomainError) as error:
        story.opined(reviewing.Form(rest if said is None else rest | {part: said}, "positive"))
    [violation] = error.value.violations
    assert (violation.code, violation.parameters) == ("purchasing.opinion_part_missing", {"part": part})


def test_JS_12_4_a_match_in_the_warning_catalogue_is_shown_and_refuses_nothing() -> None:
    edition = jiangsu()
    figures = (ClassFigures("010102", 6, 2999, 10000), ClassFigures("010103", 6, 3000, 10000))
    survey = Survey(figures, "2025-04", "2026-03", 42)
    drafted = warning.draft(None, survey, threshold=Decimal("0.3"), least_instruments=6, edition=edition)
    catalogue = WARNING_CATALOGUE.fold(drafted)
    assert catalogue is not None
    published = warning.publish(
        catalogue, draft_number=1, left_out=(), document_number="1号", edition=edition, today=TODAY
    )
    catalogue = WARNING_CATALOGUE.fold(published, catalogue)
    assert catalogue is not None
    assert [entry.class_code for entry in catalogue.entries] == ["010102"]
    flagged = warning.matches_of(catalogue, purchase(item("600000.00"), edition=edition))
    assert flagged == (WarningMatch(catalogue_version=1, class_code="010102", item=0),)
    story = Story(edition, None, *flagged)
    assert story.state.warnings == flagged
    story.routed(UNIT).started().opined()
    assert story.state.opinion is not None
    assert (story.state.opinion.conclusion, story.state.opinion.warnings) == ("positive", flagged)
    assert story.approved().state.state == "approved"


def test_JS_12_5_without_opinion_or_exception_nothing_is_approved_or_procured() -> None:
    story = Story(jiangsu())
    for step, code in (("approved", "purchasing.not_reviewed"), ("procured", "purchasing.not_approved")):
        with pytest.raises(DomainError) as error:
            getattr(story, step)()
        [violation] = error.value.violations
        assert violation.code == code
        assert violation.parameters["effects"] == "no_purchase_funds, no_government_procurement"
        assert violation.citation is not None
        assert violation.citation.quotation == "未经评议的，原则上不安排购置资金，不纳入政府采购"


def test_JS_12_5_an_exception_needs_the_finance_department_and_a_reason() -> None:
    story = Story(jiangsu())
    assert refused(story, "excepted", " ") == ("purchasing.exception_without_reason",)
    with pytest.raises(DomainError, match="not_the_authority"):
        story.excepted(role=Role.SCIENCE_DEPARTMENT)
    story.excepted("应急", role=Role.FINANCE_DEPARTMENT).approved()
    assert story.state.state == "approved"
    assert story.procured().state.state == "procured"


def test_JS_12_5_an_opinion_alone_does_not_approve() -> None:
    story = Story(jiangsu()).reviewed("positive")
    assert refused(story, "procured") == ("purchasing.not_approved",)
    assert story.approved().procured().state.state == "procured"


@pytest.mark.parametrize(("price", "reviewed"), [("500000.00", True), ("499999.99", False)])
def test_CQ_22_1_single_price(price: str, reviewed: bool) -> None:  # noqa: FBT001 - a cell
    edition = chongqing()
    story = Story(edition, purchase(item(price), edition=edition))
    assert (story.state.finding.required, story.state.finding.set_price_fen) == (reviewed, None)
    if reviewed:
        story.routed()
        assert refused(story, "started") == ("purchasing.duplicate_check_missing",)
        assert story.checked().started().opined().state.state == "opinion_issued"


SETS: dict[str, tuple[tuple[tuple[str, int], ...], str | None, bool]] = {
    "set 1,000,000.00": ((("499999.99", 1), ("400000.00", 1)), "1000000.00", True),
    "set 999,999.99, every single below 500,000": ((("499999.99", 1), ("400000.00", 1)), "999999.99", False),
    "3 times 400,000.00": ((("400000.00", 3),), None, True),
    "2 times 499,999.99": ((("499999.99", 2),), None, False),
    "set 600,000.00 with one at 500,000.00": ((("500000.00", 1), ("100000.00", 1)), None, True),
}


@pytest.mark.parametrize("name", SETS)
def test_CQ_22_2_set_price(name: str) -> None:
    parts, stated, reviewed = SETS[name]
    edition = chongqing()
    items = [item(price, quantity) for price, quantity in parts]
    set_price_fen = None if stated is None else fen_from_yuan(stated)
    wanted = purchase(*items, edition=edition, one_system=True, set_price_fen=set_price_fen)
    assert Story(edition, wanted).state.finding.required is reviewed


def test_CQ_22_2_what_is_no_set_has_no_set_price() -> None:
    edition = chongqing()
    assert not review_required(purchase(item("400000.00", 3), edition=edition), edition).required


@pytest.mark.parametrize(
    ("act", "money", "reviewed"),
    [
        ("new_purchase", {"municipal_fiscal_funds": "0.01", "own_funds": "599999.99"}, True),
        ("new_purchase", {"district_fiscal_funds": "0.01", "enterprise": "599999.99"}, True),
        ("new_purchase", {"central_fiscal_funds": "0.01", "own_funds": "599999.99"}, True),
        ("new_purchase", {"own_funds": "600000.00"}, False),
        ("new_purchase", {"own_funds": "600000.00", "district_fiscal_funds": "0.00"}, False),
        ("new_construction", {"municipal_fiscal_funds": "600000.00"}, False),
    ],
)
def test_CQ_22_3_fiscal_funds_of_any_level(
    act: str,
    money: dict[str, str],
    reviewed: bool,  # noqa: FBT001 - a cell
) -> None:
    edition = chongqing()
    story = Story(edition, purchase(item("600000.00"), edition=edition, act=act, funding=shares(money)))
    assert story.state.finding.required is reviewed
    assert judged_by(story)["review.funding_in_scope"] == "fiscal_funds"
    assert judged_by(story)["review.acts"] == "new_purchase"


def test_CQ_22_3_facilities_and_instruments_are_named_and_nothing_else() -> None:
    edition = chongqing()
    for kind in ("research_facility", "instrument"):
        assert Story(edition, purchase(edition=edition, object_kind=kind)).state.state == "requested"
    with pytest.raises(DomainError) as error:
        Story(edition, purchase(edition=edition, object_kind="large_instrument"))
    assert error.value.codes == ("purchasing.unknown_object",)
    assert error.value.violations[0].parameters["known"] == "research_facility, instrument"


def test_CQ_22_4_the_check_comes_before_the_opinion() -> None:
    story = Story(chongqing()).routed()
    assert refused(story, "opined") == ("purchasing.duplicate_check_missing",)
    assert refused(story, "started") == ("purchasing.duplicate_check_missing",)
    assert story.checked().started().opined().state.state == "opinion_issued"


def test_CQ_22_4_nothing_found_is_recorded_as_0() -> None:
    story = Story(chongqing()).routed().checked(Matches(count=0, candidates=(), position=7))
    assert (story.state.state, story.state.matches) == ("duplicate_checked", 0)


def test_CQ_22_4_matches_are_listed_with_their_utilisation_and_refuse_nothing() -> None:
    shared = Facility(UUID(int=5), UUID(int=6), ("扫描电子显微镜",), "s1", "010102", "重庆市", "北碚区", 1)
    [candidate] = rank(Search((Sought("扫描电子显微镜", "010102", "S-1"),), city="重庆"), [shared])
    assert [reason.code for reason in candidate.reasons] == ["same_class", "same_model", "similar_name", "same_city"]
    usage = Usage(
        first_month="2025-04",
        last_month="2026-03",
        used_minutes=60,
        external_minutes=0,
        opened_minutes=600,
        rated_minutes=1200,
        utilisation="0.1000",
        rated_utilisation="0.0500",
    )
    found = Matches(count=1, candidates=(candidate.model_copy(update={"usage": usage}),), position=7)
    story = Story(chongqing()).routed().checked(found).started().opined()
    assert (story.state.state, story.state.matches) == ("opinion_issued", 1)


def test_CQ_22_5_without_a_conclusion_nothing_is_bought() -> None:
    story = Story(chongqing())
    with pytest.raises(DomainError) as error:
        story.approved()
    [violation] = error.value.violations
    assert (violation.code, violation.parameters["effects"]) == ("purchasing.not_reviewed", "no_purchase")
    assert refused(story, "procured") == ("purchasing.not_approved",)


def test_CQ_22_5_except_by_a_reasoned_exception() -> None:
    story = Story(chongqing())
    assert refused(story, "excepted", "") == ("purchasing.exception_without_reason",)
    story.excepted("应急", role=Role.SCIENCE_DEPARTMENT).approved()
    assert story.procured().state.state == "procured"


def test_CQ_22_5_the_conclusion_is_the_centres() -> None:
    story = Story(chongqing())
    assert not_to_be_routed(story, UNIT) == "service_centre, third_party_institution"
    with pytest.raises(DomainError) as error:
        story.routed("service_centre", role=Role.FINANCE_DEPARTMENT)
    assert error.value.codes == ("purchasing.not_the_organiser",)
    story.routed("service_centre", role=Role.COUNCIL_OFFICE).checked().started()
    with pytest.raises(DomainError) as error:
        story.opined(role=Role.MANAGING_UNIT)
    assert error.value.codes == ("purchasing.not_the_reviewer",)
    assert story.opined(role=Role.SERVICE_CENTRE).state.state == "opinion_issued"


def test_CQ_22_5_the_centre_may_mandate_a_third_party() -> None:
    story = Story(chongqing())
    assert refused(story, "routed", THIRD) == ("purchasing.mandate_missing",)
    story.mandated(role=Role.SERVICE_CENTRE).routed(THIRD).checked().started()
    assert story.opined().state.state == "opinion_issued"


def test_CQ_22_5_the_conclusion_does_not_itself_approve() -> None:
    story = Story(chongqing()).reviewed("positive")
    assert refused(story, "procured") == ("purchasing.not_approved",)
    assert story.approved(role=Role.SCIENCE_DEPARTMENT).procured().state.state == "procured"
