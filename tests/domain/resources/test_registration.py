# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from domain.policy import Edition
from domain.resources import registration as decide
from domain.resources.events import ResourceDataSubmitted, ResourceUpdated, SubmissionCertificateIssued
from domain.resources.registration import MANDATORY, MANDATORY_IF_BOOKABLE, digest_of
from domain.resources.resource import RESOURCE
from domain.resources.values import FundingShare
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.resources.examples import (
    ACCEPTED,
    CERTIFIED,
    ITEMS,
    OPERATOR,
    OWNER,
    RETURNED,
    SUBMITTED,
    history,
    registered,
)

SCHEMA = "tongchou.resource.condition"


@pytest.mark.parametrize("kind", ["talent", "carrier", "condition", "results", "service"])
@pytest.mark.parametrize("holding", ["physical", "information"])
def test_JS_2_1_a_resource_of_each_type_is_registered(kind: str, holding: str) -> None:
    new = registered(type=kind, holding=holding)
    given(RESOURCE).when(decide.register, new, edition=JIANGSU).then(new)


def test_JS_2_1_an_unknown_type_is_refused_until_it_is_added() -> None:
    stock = registered(type="consumable_stock")
    refused = given(RESOURCE).when(decide.register, stock, edition=JIANGSU).then_refused("resources.unknown_type")
    assert refused.violations[0].citation == JIANGSU.citation("resource.types")
    added = with_value(JIANGSU, "resource.types", (*JIANGSU.value("resource.types"), "consumable_stock"))
    given(RESOURCE).when(decide.register, stock, edition=added).then(stock)


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
    given(RESOURCE).when(decide.register, new, edition=CHONGQING).then(new)


@pytest.mark.parametrize(("edition", "kind"), [(CHONGQING, "condition"), (JIANGSU, "research_facility")])
def test_CQ_3_1_the_types_of_the_other_regime_are_unknown(edition: Edition, kind: str) -> None:
    new = registered(type=kind)
    given(RESOURCE).when(decide.register, new, edition=edition).then_refused("resources.unknown_type")


def test_everything_wrong_with_a_registration_is_said_at_once() -> None:
    new = registered(type="…", original_value_fen=999, acquired_on=date(2021, 7, 10), accepted_on=date(2021, 7, 9))
    given(RESOURCE).when(decide.register, new, edition=JIANGSU).then_refused(
        "resources.unknown_type", "resources.funding_exceeds_value", "resources.accepted_before_acquired"
    )


def test_JS_10_1_a_complete_submission_goes_to_the_platform() -> None:
    outcome = given(RESOURCE, registered()).when(decide.submit, schema_name=SCHEMA)
    digest = digest_of(given(RESOURCE, registered()).state)
    outcome.then(ResourceDataSubmitted(schema_name=SCHEMA, data_digest=digest))


@pytest.mark.parametrize("name", [*MANDATORY, *MANDATORY_IF_BOOKABLE])
def test_JS_10_1_each_missing_field_is_refused(name: str) -> None:
    refused = (
        given(RESOURCE, registered(**{name: ""}))
        .when(decide.submit, schema_name=SCHEMA)
        .then_refused("resources.incomplete")
    )
    assert refused.violations[0].field == name


def test_JS_10_1_the_schema_of_another_type_and_all_missing_fields_are_named() -> None:
    empty = registered(model="", manufacturer="", original_value_fen=1001)
    given(RESOURCE, empty).when(decide.submit, schema_name="tongchou.resource.talent").then_refused(
        "resources.wrong_schema", "resources.incomplete", "resources.incomplete", "resources.funding_incomplete"
    )


def test_what_nobody_books_needs_no_model() -> None:
    data = registered(bookable=False, model="", manufacturer="", class_code="", location="")
    assert given(RESOURCE, data).when(decide.submit, schema_name=SCHEMA).refused is None


def test_the_digest_is_of_what_is_submitted() -> None:
    one, other = (given(RESOURCE, registered(**changes)).state for changes in ({}, {"model": "SU9000"}))
    assert digest_of(one) == digest_of(given(RESOURCE, registered(), SUBMITTED).state)
    assert digest_of(one) != digest_of(other)


def test_a_return_states_its_reasons() -> None:
    submitted = given(RESOURCE, *history("submitted"))
    submitted.when(decide.send_back, reasons=("缺少型号",), edition=JIANGSU).then(RETURNED)
    submitted.when(decide.send_back, reasons=(), edition=JIANGSU).then_refused("resources.reasons_required")


def test_a_returned_resource_is_corrected_and_submitted_again() -> None:
    change = ResourceUpdated(reason="补正", model="SU9000")
    corrected = given(RESOURCE, *history("submitted"), RETURNED).when(decide.update, change, edition=JIANGSU)
    assert corrected.then(change).state.model == "SU9000"
    again = given(RESOURCE, *history("submitted"), RETURNED, change).when(decide.submit, schema_name=SCHEMA)
    assert again.state.state == "submitted"


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


def test_JS_11_2_the_receiving_platform_certifies_once() -> None:
    accepted = given(RESOURCE, *history("accepted"))
    accepted.when(decide.certify, number="HJ-1", issuer=OPERATOR, edition=JIANGSU).then(
        SubmissionCertificateIssued(number="HJ-1")
    )
    accepted.when(decide.certify, number="HJ-1", issuer=OWNER, edition=JIANGSU).then_refused(
        "resources.received_by_another"
    )
    given(RESOURCE, *history("certified")).when(
        decide.certify, number="HJ-2", issuer=OPERATOR, edition=JIANGSU
    ).then_refused("resources.already_certified")


def test_JS_11_2_a_new_submission_may_be_certified_again() -> None:
    refused, again = (CERTIFIED, SUBMITTED)
    past = (registered(), SUBMITTED, ACCEPTED, refused)
    state = RESOURCE.fold((*past, again, ACCEPTED))
    assert state is not None
    assert state.certificate is None
