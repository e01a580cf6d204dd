# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from uuid import UUID

import pytest

from application.resources.schemas import schema_for
from domain.resources import submission as decide
from domain.resources.events import (
    ResourceDataAccepted,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourceUpdated,
)
from domain.resources.events import SubmissionCertificateIssued as Certified
from domain.resources.records import Standard
from domain.resources.registration import schema_of, update
from domain.resources.registry_events import CorrectionItem, CorrectionRequested, StandardApplied
from domain.resources.resource import RESOURCE
from domain.resources.submission import MANDATORY, digest_of
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import (
    ACCEPTED,
    CERTIFIED,
    OPERATOR,
    OWNER,
    RETURNED,
    STANDARD,
    SUBMITTED,
    TODAY,
    history,
    registered,
)

SCHEMA = schema_of("condition")
STATED = {"schema_name": SCHEMA, "schema": schema_for("condition"), "edition": JIANGSU}


def test_JS_10_1_a_complete_submission_goes_to_the_platform() -> None:
    outcome = given(RESOURCE, registered()).when(decide.submit, **STATED)
    digest = digest_of(given(RESOURCE, registered()).state)
    outcome.then(ResourceDataSubmitted(schema_name=SCHEMA, data_digest=digest))


@pytest.mark.parametrize("name", [*MANDATORY, "model", "manufacturer", "class_code", "location"])
def test_JS_10_1_each_missing_field_is_refused(name: str) -> None:
    refused = (
        given(RESOURCE, registered(**{name: ""})).when(decide.submit, **STATED).then_refused("resources.incomplete")
    )
    assert refused.violations[0].field == name


def test_JS_10_1_the_schema_of_another_type_and_all_missing_fields_are_named() -> None:
    empty = registered(model="", manufacturer="", original_value_fen=1001)
    given(RESOURCE, empty).when(decide.submit, **STATED | {"schema_name": schema_of("talent")}).then_refused(
        "resources.wrong_schema", "resources.incomplete", "resources.incomplete", "resources.funding_incomplete"
    )


def test_an_instrument_that_nobody_books_needs_no_model() -> None:
    data = registered(bookable=False, model="", manufacturer="", location="")
    assert given(RESOURCE, data).when(decide.submit, **STATED).refused is None


def test_what_is_not_known_for_an_instrument_has_to_be_described() -> None:
    data = registered(bookable=False, class_code="")
    given(RESOURCE, data).when(decide.submit, **STATED).then_refused("resources.not_described")


def test_the_digest_is_of_what_is_submitted() -> None:
    one, other = (given(RESOURCE, registered(**changes)).state for changes in ({}, {"model": "SU9000"}))
    assert digest_of(one) == digest_of(given(RESOURCE, registered(), SUBMITTED).state)
    assert digest_of(one) != digest_of(other)


def test_a_return_states_its_reasons() -> None:
    submitted = given(RESOURCE, *history("submitted"))
    submitted.when(decide.send_back, reasons=("缺少型号",), edition=JIANGSU).then(RETURNED)
    submitted.when(decide.send_back, reasons=(), edition=JIANGSU).then_refused("resources.reasons_required")


def test_a_return_keeps_its_reasons_by_field_and_counts() -> None:
    item = CorrectionItem(field="model", reason="与铭牌不一致")
    again = given(RESOURCE, *history("submitted"), RETURNED, SUBMITTED)
    again.when(decide.send_back, reasons=(), items=(item,), edition=JIANGSU).then(
        ResourceDataReturned(reasons=("model: 与铭牌不一致",)), CorrectionRequested(items=(item,), return_count=2)
    )


def test_a_returned_resource_is_corrected_and_submitted_again() -> None:
    change = ResourceUpdated(reason="补正", model="SU9000")
    corrected = given(RESOURCE, *history("submitted"), RETURNED).when(update, change, edition=JIANGSU)
    assert corrected.then(change).state.model == "SU9000"
    again = given(RESOURCE, *history("submitted"), RETURNED, change).when(decide.submit, **STATED)
    assert again.state.state == "submitted"


def test_a_submission_is_accepted_under_a_version_of_a_standard_in_force() -> None:
    submitted = given(RESOURCE, *history("submitted"))
    checked = {"standard": STANDARD, "received_by": OPERATOR, "today": TODAY, "edition": JIANGSU}
    applied = StandardApplied(
        document=UUID(int=51), document_version=2, decision=UUID(int=52), decision_reference="标准〔2026〕1号"
    )
    outcome = submitted.when(decide.accept, **checked)
    outcome.then(ResourceDataAccepted(standard="信息汇交技术标准", received_by=OPERATOR), applied)


def test_without_a_standard_in_force_nothing_is_accepted() -> None:
    submitted = given(RESOURCE, *history("submitted"))
    none = Standard(UUID(int=51), "technical_standard", "信息汇交技术标准")
    norm = replace(STANDARD, kind="operating_norm")
    facts = {"received_by": OPERATOR, "today": TODAY}
    for edition, article in ((JIANGSU, "JS 6"), (CHONGQING, "CQ 9")):
        refused = submitted.when(decide.accept, standard=none, edition=edition, **facts)
        (broken,) = refused.then_refused("resources.standard_not_in_force").violations
        assert broken.citation is not None
        assert (broken.field, broken.citation.article) == ("standard", article)
        assert broken.parameters == {"title": "信息汇交技术标准", "day": "2026-03-02"}
        other = submitted.when(decide.accept, standard=norm, edition=edition, **facts)
        other.then_refused("resources.not_a_data_standard")
    both = submitted.when(decide.accept, standard=replace(none, kind="rule"), edition=JIANGSU, **facts)
    both.then_refused("resources.not_a_data_standard", "resources.standard_not_in_force")


@pytest.mark.parametrize("past", ["accepted", "published"])
def test_JS_11_2_nobody_certifies_for_no_organisation(past: str) -> None:
    received = given(RESOURCE, *history(past))
    by_nobody = {"number": "HJ-1", "issuer": None, "edition": JIANGSU}
    received.when(decide.certify, **by_nobody).then_refused("resources.issuer_without_organisation")
    unnamed = given(RESOURCE, registered(), SUBMITTED, ACCEPTED.model_copy(update={"received_by": None}))
    unnamed.when(decide.certify, **by_nobody).then_refused("resources.issuer_without_organisation")
    unnamed.when(decide.certify, **by_nobody | {"issuer": OWNER}).then(Certified(number="HJ-1"))


def test_JS_11_2_the_receiving_platform_certifies_once() -> None:
    accepted = given(RESOURCE, *history("accepted"))
    accepted.when(decide.certify, number="HJ-1", issuer=OPERATOR, edition=JIANGSU).then(Certified(number="HJ-1"))
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
