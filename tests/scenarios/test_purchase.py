# SPDX-License-Identifier: Apache-2.0
"""One purchase in each regime, from the request to the asset, with a price that crosses a band on the way."""

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.purchasing.warning import ClassFigures
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from projections import purchase_lists
from tests.scenarios.places import CHONGQING, JIANGSU
from tests.scenarios.purchasing_story import Purchasing
from tests.scenarios.story import Story, moment
from tests.scenarios.test_main_job import figures


def begun(platform: Platform, place: Any, money: str, object_kind: str) -> Purchasing:  # noqa: ANN401 - a place
    """An instrument is shared and was used for three hours; another unit thinks of buying the same."""
    story = Story(platform, place)
    story.register_parties()
    story.publish_instrument()
    story.grant_voucher()
    story.sign_contract()
    story.use_it()
    story.go_to(6, 9)
    purchasing = Purchasing(story, money, object_kind)
    purchasing.open_unit()
    project(story)
    return purchasing


def project(story: Story) -> None:
    with figures(story):
        pass


def codes(error: pytest.ExceptionInfo[DomainError]) -> tuple[str, ...]:
    return error.value.codes


def test_a_purchase_in_jiangsu(platform: Platform) -> None:
    buying = begun(platform, JIANGSU, "provincial_fiscal_funds", "large_instrument")
    asked = buying.request("1999999.99").data
    assert (asked["state"], buying.state.band) == ("requested", "middle")
    shown: Any = asked["shared_facilities"]
    assert [item["resource"] for item in shown["candidates"]] == [str(buying.story.ids["instrument"])]
    buying.route("managing_unit", "university", Role.FINANCE_DEPARTMENT)
    with pytest.raises(DomainError) as error:
        buying.start(buying.unit)
    assert codes(error) == ("purchasing.reviewer_is_asker",)
    buying.start(buying.reviewing_colleague)
    buying.conclude(buying.reviewing_colleague, "positive")
    the_survey_counts_what_the_report_counts(buying)
    across_the_band_it_begins_anew(buying)
    buying.check()
    buying.start(buying.centre)
    buying.conclude(buying.centre, "negative")
    with pytest.raises(DomainError) as error:
        buying.procure("2000000.00", "2026-03-06")
    assert codes(error) == ("purchasing.not_approved",)
    with pytest.raises(DomainError) as error:
        buying.approve(Role.FINANCE_DEPARTMENT)
    assert codes(error) == ("purchasing.reason_missing",)
    buying.approve(Role.FINANCE_DEPARTMENT, "省重点实验室必备")
    buying.revise("2100000.00", "contract")
    assert buying.state.state == "approved"
    it_ends_as_an_asset(platform, buying, "2100000.00", "opinion")


def the_survey_counts_what_the_report_counts(buying: Purchasing) -> None:
    survey = buying.story.home.bus.registry.survey(1, moment(6, 9))
    assert survey.classes == (ClassFigures("010102", 1, 180, 5 * 60 + 3 * 480),)
    assert buying.story.home.bus.registry.survey(2, moment(6, 9)).classes == ()


def across_the_band_it_begins_anew(buying: Purchasing) -> None:
    revised = buying.revise("2000000.00").data
    assert (revised["state"], revised["former_band"], revised["band"]) == ("requested", "middle", "upper")
    with pytest.raises(DomainError) as error:
        buying.route("managing_unit", "university", Role.FINANCE_DEPARTMENT)
    assert codes(error) == ("purchasing.reviewer_not_allowed",)
    buying.route("service_centre", "funder 0", Role.FINANCE_DEPARTMENT)


def test_a_purchase_in_chongqing(platform: Platform) -> None:
    buying = begun(platform, CHONGQING, "municipal_fiscal_funds", "instrument")
    buying.request("600000.00")
    assert (buying.state.state, buying.state.band) == ("requested", "all")
    with pytest.raises(DomainError) as error:
        buying.route("service_centre", "funder 0", Role.FINANCE_DEPARTMENT)
    assert codes(error) == ("purchasing.not_the_organiser",)
    buying.route("service_centre", "funder 0", Role.COUNCIL_OFFICE)
    with pytest.raises(DomainError) as error:
        buying.start(buying.centre)
    assert codes(error) == ("purchasing.duplicate_check_missing",)
    what_is_shared_is_found_with_its_use(buying)
    buying.start(buying.centre)
    buying.conclude(buying.centre, "positive")
    buying.approve(Role.SCIENCE_DEPARTMENT)
    the_contract_is_cheaper_than_any_review(buying)
    it_ends_as_an_asset(platform, buying, "499999.99", "not_required")


def what_is_shared_is_found_with_its_use(buying: Purchasing) -> None:
    found: Any = buying.check().data
    [candidate] = found["candidates"]
    assert (found["count"], found["position"] > 0) == (1, True)
    assert [reason["code"] for reason in candidate["reasons"]] == [
        "same_class",
        "same_model",
        "similar_name",
        "same_city",
    ]
    usage = candidate["usage"]
    assert (usage["used_minutes"], usage["external_minutes"]) == (180, 120)
    assert usage["opened_minutes"] == 5 * 60 + 3 * 480
    assert (usage["utilisation"], usage["first_month"], usage["last_month"]) == ("0.1034", "2025-04", "2026-03")
    assert (usage["rated_minutes"], usage["rated_utilisation"]) == (930, "0.1935")  # 240 a day from noon of the 2nd


def the_contract_is_cheaper_than_any_review(buying: Purchasing) -> None:
    with pytest.raises(DomainError) as error:
        buying.procure("499999.99", "2026-03-06")
    assert codes(error) == ("purchasing.band_crossed",)
    revised = buying.revise("499999.99", "contract").data
    assert (revised["state"], revised["band"]) == ("not_required", "none")


def it_ends_as_an_asset(platform: Platform, buying: Purchasing, price: str, way: str) -> None:
    buying.story.go_to(20, 9)
    buying.procure(price, "2026-03-18")
    with figures(buying.story) as cursor:
        row = purchase_lists.purchase_review(cursor, buying.ids["review"])
        [asset] = purchase_lists.purchased_assets(cursor, unit=buying.ids["unit"]).rows
    assert row is not None
    assert (row["state"], row["procurement"]["accepted_on"]) == ("procured", "2026-03-18")
    assert [step["state"] for step in row["steps"]][-1] == "procured"
    assert (asset["asset_number"], asset["review"], asset["way"]) == ("U02-1", buying.ids["review"], way)
    assert isinstance(asset["review"], UUID)
    assert moment(20, 9).isoformat() == row["steps"][-1]["occurred_at"]
    report = verify(platform)
    assert report.ok, report.as_dict()
