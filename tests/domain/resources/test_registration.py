# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from domain.policy import Edition
from domain.resources import registration as decide
from domain.resources.events import ResourceUpdated
from domain.resources.registry_events import ResourceAssessed
from domain.resources.resource import RESOURCE
from domain.resources.values import FundingShare
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.resources.examples import ITEMS, history, registered

JUDGED = ResourceAssessed(public=True, counted=True, listing_due_on=None, listing_binding=False)
"""Paid by the province, of a type that counts at any value; not known when it was accepted."""


@pytest.mark.parametrize("kind", ["talent", "carrier", "condition", "results", "service"])
@pytest.mark.parametrize("holding", ["physical", "information"])
def test_JS_2_1_a_resource_of_each_type_is_registered(kind: str, holding: str) -> None:
    new = registered(type=kind, holding=holding)
    given(RESOURCE).when(decide.register, new, edition=JIANGSU).then(new, JUDGED)


def test_JS_2_1_an_unknown_type_is_refused_until_it_is_added() -> None:
    stock = registered(type="consumable_stock")
    refused = given(RESOURCE).when(decide.register, stock, edition=JIANGSU).then_refused("resources.unknown_type")
    assert refused.violations[0].citation == JIANGSU.citation("resource.types")
    added = with_value(JIANGSU, "resource.types", (*JIANGSU.value("resource.types"), "consumable_stock"))
    given(RESOURCE).when(decide.register, stock, edition=added).then(stock, JUDGED)


@pytest.mark.parametrize(
    "kind",
    [
        "research_facility",
        "scientific_data",
        "results",
        "experimental_material",
        "natural_resource",
        "talent",
        "science_finance",
    ],
)
def test_CQ_3_1_seven_types_are_accepted_at_any_value(kind: str) -> None:
    new = registered(type=kind, original_value_fen=0, funding=())
    counted = kind != "research_facility"
    judged = JUDGED.model_copy(update={"public": False, "counted": counted})
    given(RESOURCE).when(decide.register, new, edition=CHONGQING).then(new, judged)


@pytest.mark.parametrize(("edition", "kind"), [(CHONGQING, "condition"), (JIANGSU, "research_facility")])
def test_CQ_3_1_the_types_of_the_other_regime_are_unknown(edition: Edition, kind: str) -> None:
    new = registered(type=kind)
    given(RESOURCE).when(decide.register, new, edition=edition).then_refused("resources.unknown_type")


def test_everything_wrong_with_a_registration_is_said_at_once() -> None:
    new = registered(type="…", original_value_fen=999, acquired_on=date(2021, 7, 10), accepted_on=date(2021, 7, 9))
    given(RESOURCE).when(decide.register, new, edition=JIANGSU).then_refused(
        "resources.unknown_type", "resources.funding_exceeds_value", "resources.accepted_before_acquired"
    )


def test_what_is_being_checked_does_not_change() -> None:
    change = ResourceUpdated(reason="…", model="SU9000")
    for standing in ("submitted", "accepted", "certified", "exempt_claimed", "exempt", "withdrawn"):
        given(RESOURCE, *history(standing)).when(decide.update, change, edition=JIANGSU).then_refused(
            "resources.wrong_state"
        )


def test_an_update_changes_something_and_keeps_public_items_complete() -> None:
    published = given(RESOURCE, *history("published"))
    same = ResourceUpdated(reason="…", location="A102")
    published.when(decide.update, same, edition=JIANGSU).then_refused("resources.nothing_changed")
    blank = ResourceUpdated(reason="…", items=ITEMS.model_copy(update={"fee_standard": " "}))
    published.when(decide.update, blank, edition=JIANGSU).then_refused("resources.publication_item_missing")
    more = ResourceUpdated(
        reason="…", funding=(FundingShare(source="own_funds", amount_fen=1001),), acquired_on=date(2021, 1, 1)
    )
    published.when(decide.update, more, edition=JIANGSU).then_refused("resources.funding_exceeds_value")


def test_a_resource_is_judged_anew_where_its_value_funding_or_acceptance_changes() -> None:
    draft = given(RESOURCE, *history("draft"))
    own = ResourceUpdated(reason="…", funding=(FundingShare(source="own_funds", amount_fen=1000),))
    draft.when(decide.update, own, edition=JIANGSU).then(own, JUDGED.model_copy(update={"public": False}))
    moved = ResourceUpdated(reason="…", location="B201")
    draft.when(decide.update, moved, edition=JIANGSU).then(moved)
    accepted = ResourceUpdated(reason="…", accepted_on=date(2026, 1, 31))
    due = JUDGED.model_copy(update={"listing_due_on": date(2026, 3, 2)})
    draft.when(decide.update, accepted, edition=JIANGSU).then(accepted, due)
    binding = due.model_copy(update={"listing_binding": True})
    draft.when(decide.update, accepted, edition=CHONGQING).then(accepted, binding)
