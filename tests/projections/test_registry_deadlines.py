# SPDX-License-Identifier: Apache-2.0
"""Days of the registry in the list of deadlines, and whether the resource itself agrees that they stand."""

from datetime import date

import pytest

from domain.kernel.event import Event
from domain.resources import events as facts
from domain.resources import registry_events as registry
from domain.resources.due import listing_stands, submission_stands
from domain.resources.resource import RESOURCE
from projections.deadlines.model import MODEL
from projections.deadlines.table import DEADLINES
from tests.projections.examples import PUBLISHED, SEM, registered
from tests.projections.memory_rows import History, at

DUE = date(2026, 1, 31)
ASSESSED = registry.ResourceAssessed(public=True, counted=True, listing_due_on=DUE, listing_binding=True)
WARNED = ASSESSED.model_copy(update={"listing_binding": False})
NOT_DUE = registry.ResourceAssessed(public=False, counted=True, listing_due_on=None, listing_binding=False)
EXCUSED = registry.ListingExceptionGranted(reason="…", document="…", decided_on=DUE)
SUBMITTED = facts.ResourceDataSubmitted(schema_name="s", data_digest="d")
RETURNED = facts.ResourceDataReturned(reasons=("…",))
CONCEDED = registry.ReturnConceded(return_count=1, reason="…")
EXEMPT = (
    facts.ExemptionClaimed(ground="secrecy", reason="…", review_on=date(2027, 1, 1)),
    facts.ExemptionConfirmed(review_on=date(2027, 1, 1)),
)
LINKED = registry.ProjectLinked(
    project_number="1", project_title="", planned_acceptance_at=at("2026-06-30 00:00"), binding=True
)
ACCEPTED = registry.ProjectAccepted(project_number="1", accepted_at=at("2026-06-10 10:00"), document="…")


def running(*events: Event) -> dict[str, date]:
    """The days of the registry that run after a history; the state of the resource must say the same."""
    history = History(MODEL).add(SEM, registered(), *events)
    found = {
        row["kind"]: row["due_on"]
        for row in history.rows.all(DEADLINES)
        if row["lifted_at"] is None and row["kind"] != "exemption_review"
    }
    state = RESOURCE.fold((registered(), *events))
    assert state is not None
    for binding, kind in ((True, "resource_listing"), (False, "resource_listing_warning")):
        assert listing_stands(state, DUE, binding=binding) == (kind in found)
    days = (date(2026, 6, 29), date(2026, 6, 10))
    assert [submission_stands(state, day) for day in days] == [found.get("project_submission") == day for day in days]
    return found


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((ASSESSED,), {"resource_listing": DUE}),
        ((WARNED,), {"resource_listing_warning": DUE}),
        ((WARNED, ASSESSED), {"resource_listing": DUE}),
        ((ASSESSED, NOT_DUE), {}),
        ((ASSESSED, EXCUSED), {}),
        ((ASSESSED, SUBMITTED), {"resource_listing": DUE}),
        ((ASSESSED, SUBMITTED, PUBLISHED), {}),
        ((ASSESSED, SUBMITTED, PUBLISHED, WARNED), {}),
        ((ASSESSED, *EXEMPT), {}),
        ((ASSESSED, facts.ResourceWithdrawn(ground="sold", reason="…")), {}),
        ((LINKED,), {"project_submission": date(2026, 6, 29)}),
        ((LINKED.model_copy(update={"binding": False}),), {}),
        ((LINKED, ACCEPTED), {"project_submission": date(2026, 6, 10)}),
        ((LINKED, SUBMITTED), {}),
        ((LINKED, SUBMITTED, RETURNED), {"project_submission": date(2026, 6, 29)}),
        ((LINKED, SUBMITTED, RETURNED, CONCEDED), {}),
        ((LINKED, *EXEMPT), {}),
    ],
)
def test_a_day_runs_while_something_is_due(events: tuple[Event, ...], expected: dict[str, date]) -> None:
    assert running(*events) == expected
