# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.policy import Edition
from domain.resources import publication as decide
from domain.resources.events import CustomsConditionRecorded, ResourceSuspended, ResourceTransferred
from domain.resources.publication import Holder
from domain.resources.resource import RESOURCE
from domain.resources.values import PublicationItems
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import (
    ACCEPTED,
    ITEMS,
    OTHER_UNIT,
    OWNER,
    PORTAL,
    PUBLISHED,
    RESUMED,
    SUBMITTED,
    TODAY,
    UNIT,
    history,
    registered,
)

RULES = Holder(has_sharing_rules=True)
NO_RULES = Holder(has_sharing_rules=False)
SIX = tuple(PublicationItems.model_fields)


def publish(
    *,
    edition: Edition = JIANGSU,
    items: PublicationItems = ITEMS,
    portal_url: str = PORTAL,
    holder: Holder = RULES,
    today: date = TODAY,
    **changes: Any,  # noqa: ANN401 - any field of the registration
) -> Outcome:
    return given(RESOURCE, *history("accepted", **changes)).when(
        decide.publish, items=items, portal_url=portal_url, holder=holder, edition=edition, today=today
    )


def without(item: str) -> PublicationItems:
    return ITEMS.model_copy(update={item: ""})


def test_JS_15_1_six_items_and_two_channels_are_published() -> None:
    outcome = publish().then(PUBLISHED)
    assert outcome.state.state == "published"
    assert outcome.state.portal_url == PORTAL


@pytest.mark.parametrize("item", SIX)
def test_JS_15_1_each_missing_item_is_refused(item: str) -> None:
    refused = publish(items=without(item)).then_refused("resources.publication_item_missing")
    (violation,) = refused.violations
    assert (violation.field, violation.parameters["item"]) == (f"items.{item}", item)
    assert violation.citation == JIANGSU.citation("resource.publication_items")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "instruments.yzut.example"])
def test_JS_15_1_without_a_portal_link_it_is_refused(link: str) -> None:
    publish(portal_url=link).then_refused("resources.portal_link_missing")


def test_JS_15_1_without_sharing_rules_it_is_refused() -> None:
    publish(holder=NO_RULES).then_refused("resources.sharing_rules_missing")


def test_CQ_14_2_without_sharing_rules_it_is_refused() -> None:
    publish(edition=CHONGQING, holder=NO_RULES).then_refused("resources.sharing_rules_missing")
    publish(edition=CHONGQING, items=without("sharing_rules")).then_refused("resources.publication_item_missing")


def test_CQ_14_2_the_platform_is_the_channel_and_derived_items_are_not_written() -> None:
    only_rules = PublicationItems(
        sharing_rules="…", service_mode="", service_content="", fee_standard="", opening_limit="", catalogue=""
    )
    assert publish(edition=CHONGQING, items=only_rules, portal_url="").refused is None


def test_everything_missing_is_said_at_once() -> None:
    nothing = PublicationItems(
        sharing_rules="", service_mode="", service_content="", fee_standard="", opening_limit="", catalogue=""
    )
    given(RESOURCE, registered(), SUBMITTED, ACCEPTED).when(
        decide.publish,
        items=nothing,
        portal_url="",
        holder=Holder(has_sharing_rules=False, admitted=False),
        edition=JIANGSU,
        today=TODAY,
    ).then_refused(
        *["resources.publication_item_missing"] * 6,
        "resources.portal_link_missing",
        "resources.sharing_rules_missing",
        "resources.institution_not_joined",
        "resources.opening_missing",
        "resources.tariff_missing",
    )


def test_what_nobody_books_needs_neither_opening_nor_tariff() -> None:
    outcome = given(RESOURCE, registered(bookable=False), SUBMITTED, ACCEPTED).when(
        decide.publish, items=ITEMS, portal_url=PORTAL, holder=RULES, edition=JIANGSU, today=TODAY
    )
    outcome.then(PUBLISHED)


def test_JS_19_1_an_institution_offers_only_while_joined() -> None:
    publish(holder=Holder(has_sharing_rules=True, admitted=False)).then_refused("resources.institution_not_joined")


def test_CQ_18_1_a_duty_free_import_needs_its_customs_condition() -> None:
    publish(edition=CHONGQING, duty_free=True).then_refused("resources.customs_condition_missing")
    publish(edition=CHONGQING, duty_free=False).then(PUBLISHED)
    publish(edition=JIANGSU, duty_free=True).then(PUBLISHED)


def test_CQ_18_1_the_condition_holds_to_its_last_day() -> None:
    condition = CustomsConditionRecorded(
        notice_number="DEMO-1", valid_from=date(2024, 1, 1), valid_until=date(2024, 6, 30)
    )
    imported = given(RESOURCE, *history("accepted", duty_free=True), condition)
    stated: dict[str, Any] = {"items": ITEMS, "portal_url": "", "holder": RULES, "edition": CHONGQING}
    assert imported.when(decide.publish, **stated, today=date(2024, 6, 30)).refused is None
    imported.when(decide.publish, **stated, today=date(2024, 7, 1)).then_refused("resources.customs_condition_missing")
    assert not imported.state.customs_valid_on(date(2024, 1, 1) - timedelta(days=1))


def test_a_suspension_lists_open_reservations_for_decision() -> None:
    hit = (UUID(int=91), UUID(int=92))
    given(RESOURCE, *history("published")).when(
        decide.suspend, ground="fault", reason="电子枪", open_reservations=hit
    ).then(ResourceSuspended(ground="fault", reason="电子枪", open_reservations=hit))


def test_the_guard_holds_again_at_resumption() -> None:
    suspended = given(RESOURCE, *history("suspended"))
    suspended.when(decide.resume, portal_url=PORTAL, holder=RULES, edition=JIANGSU, today=TODAY).then(RESUMED)
    suspended.when(decide.resume, portal_url="", holder=NO_RULES, edition=JIANGSU, today=TODAY).then_refused(
        "resources.portal_link_missing", "resources.sharing_rules_missing"
    )


def test_after_a_transfer_the_new_unit_names_its_own_portal() -> None:
    moved = ResourceTransferred(
        from_unit=UNIT, asset_number="A-1", to_unit=OTHER_UNIT, to_legal_person=OWNER, reason="整合"
    )
    state = given(RESOURCE, *history("published"), moved).state
    assert (state.state, state.unit, state.portal_url) == ("suspended", OTHER_UNIT, "")
