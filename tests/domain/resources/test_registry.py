# SPDX-License-Identifier: Apache-2.0
"""Projects, quality, conceded returns, exceptions: what is recorded beside the lifecycle."""

from datetime import date, timedelta

from domain.resources import listing, projects, quality
from domain.resources.registry_events import (
    ListingExceptionGranted,
    ProjectAccepted,
    ProjectLinked,
    QualityChecked,
    ResourceAssessed,
    ReturnConceded,
)
from domain.resources.resource import RESOURCE
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import NOW, RETURNED, SUBMITTED, TODAY, history, registered

PROJECT = {"project_number": "BE2023001", "project_title": "蓝藻", "planned_acceptance_at": NOW}
LINKED = ProjectLinked.model_validate({**PROJECT, "binding": True})
DUE = ResourceAssessed(public=True, counted=True, listing_due_on=TODAY, listing_binding=True)
EXCUSE = {"reason": "搬迁", "document": "7号", "decided_on": TODAY, "today": TODAY, "edition": CHONGQING}


def test_a_project_is_linked_and_binds_only_where_the_regime_says_so() -> None:
    draft = given(RESOURCE, registered())
    draft.when(projects.link, **PROJECT, edition=JIANGSU).then(LINKED)
    free = LINKED.model_copy(update={"binding": False})
    draft.when(projects.link, **PROJECT, edition=CHONGQING).then(free)


def test_a_project_is_accepted_once_and_not_before_its_time() -> None:
    stated = {"document": "18号", "now": NOW, "edition": JIANGSU}
    draft = given(RESOURCE, registered())
    draft.when(projects.accept, accepted_at=NOW, **stated).then_refused("resources.no_project")
    linked = given(RESOURCE, registered(), LINKED)
    ahead = NOW + timedelta(seconds=1)
    linked.when(projects.accept, accepted_at=ahead, **stated).then_refused("resources.acceptance_ahead")
    accepted = ProjectAccepted(project_number="BE2023001", accepted_at=NOW, document="18号")
    linked.when(projects.accept, accepted_at=NOW, **stated).then(accepted)
    over = given(RESOURCE, registered(), LINKED, accepted)
    over.when(projects.accept, accepted_at=NOW, **stated).then_refused("resources.project_already_accepted")
    over.when(projects.link, **PROJECT, edition=JIANGSU).then_refused("resources.project_already_accepted")


def test_a_failed_check_says_what_and_where_and_only_of_a_known_dimension() -> None:
    submitted = given(RESOURCE, *history("submitted"))
    stated = {"dimension": "accuracy", "passed": False, "finding": "型号", "fields": ("model",), "evidence": "照片"}
    submitted.when(quality.check, **stated, edition=JIANGSU).then(QualityChecked.model_validate(stated))
    bare = stated | {"dimension": "truthfulness", "finding": "", "evidence": ""}
    submitted.when(quality.check, **bare, edition=JIANGSU).then_refused(
        "resources.unknown_quality_dimension", "resources.finding_required", "resources.evidence_required"
    )
    passed = bare | {"passed": True}
    assert submitted.when(quality.check, **passed, edition=CHONGQING).refused is None


def test_the_platform_concedes_each_return_once() -> None:
    returned = given(RESOURCE, *history("submitted"), RETURNED)
    conceded = ReturnConceded(return_count=1, reason="规则有误")
    returned.when(quality.concede_return, reason="规则有误", edition=JIANGSU).then(conceded)
    past = (*history("submitted"), RETURNED, conceded)
    given(RESOURCE, *past).when(quality.concede_return, reason="…", edition=JIANGSU).then_refused(
        "resources.no_return_to_concede"
    )
    again = given(RESOURCE, *past, SUBMITTED, RETURNED).when(quality.concede_return, reason="…", edition=JIANGSU)
    again.then(ReturnConceded(return_count=2, reason="…"))


def test_CQ_12_2_a_late_listing_is_excused_with_reason_and_document_and_once() -> None:
    due = given(RESOURCE, registered(), DUE)
    granted = ListingExceptionGranted(reason="搬迁", document="7号", decided_on=TODAY)
    due.when(listing.grant_exception, **EXCUSE).then(granted)
    bare = EXCUSE | {"reason": " ", "document": "", "decided_on": date(2026, 3, 3)}
    due.when(listing.grant_exception, **bare).then_refused(
        "resources.exception_without_reason",
        "resources.exception_without_document",
        "resources.exception_decided_ahead",
    )
    given(RESOURCE, registered(), DUE, granted).when(listing.grant_exception, **EXCUSE).then_refused(
        "resources.already_excused"
    )


def test_what_is_only_warned_of_needs_no_exception() -> None:
    for judged in ((), (DUE.model_copy(update={"listing_binding": False}),)):
        given(RESOURCE, registered(), *judged).when(listing.grant_exception, **EXCUSE).then_refused(
            "resources.no_listing_duty"
        )
