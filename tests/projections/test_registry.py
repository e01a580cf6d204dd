# SPDX-License-Identifier: Apache-2.0
"""The registry as a read model: the gap, what is due, what is overdue as of a moment."""

from datetime import date, timedelta

import pytest

from domain.kernel.event import Event
from domain.resources import events as facts
from domain.resources import registry_events as registry
from domain.resources.described import TextValue
from projections.registry import MODEL, REGISTRY
from projections.registry_lists import entries, entry, gap_totals, overdue, stale, standings
from tests.projections.conftest import Stage
from tests.projections.examples import PUBLISHED, SEM, UNIT, registered
from tests.projections.memory_rows import History, at, ident

SUBMITTED = facts.ResourceDataSubmitted(schema_name="s", data_digest="d")
RETURNED = facts.ResourceDataReturned(reasons=("…",))
ACCEPTED = facts.ResourceDataAccepted(standard="GB/T 36073")
CLAIMED = facts.ExemptionClaimed(ground="secrecy", reason="…", review_on=date(2027, 1, 1))
EXEMPT = facts.ExemptionConfirmed(review_on=date(2027, 1, 1))
DAY = timedelta(hours=24)


def assessed(
    *, public: bool = True, counted: bool = True, due_on: date | None = None, binding: bool = True
) -> registry.ResourceAssessed:
    return registry.ResourceAssessed(
        public=public, counted=counted, listing_due_on=due_on, listing_binding=binding and due_on is not None
    )


def gap(*events: Event) -> str | None:
    reason: str | None = History(MODEL).add(SEM, registered(), *events).row(REGISTRY, SEM)["gap_reason"]
    return reason


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((), "not_assessed"),
        ((assessed(),), "draft"),
        ((assessed(public=False),), None),
        ((assessed(counted=False),), None),
        ((assessed(), SUBMITTED), "submitted"),
        ((assessed(), SUBMITTED, RETURNED), "draft"),
        ((assessed(), SUBMITTED, ACCEPTED), "accepted"),
        ((assessed(), SUBMITTED, ACCEPTED, facts.SubmissionCertificateIssued(number="1")), "accepted"),
        ((assessed(), SUBMITTED, ACCEPTED, PUBLISHED), None),
        ((assessed(), CLAIMED), "exemption_claimed"),
        ((assessed(), CLAIMED, EXEMPT), None),
        ((assessed(), CLAIMED, EXEMPT, facts.ExemptionEnded(reason="…")), "draft"),
        ((assessed(), facts.ResourceWithdrawn(ground="sold", reason="…")), None),
        ((assessed(public=False), assessed()), "draft"),
    ],
)
def test_the_gap_is_what_must_be_open_and_is_not(events: tuple[Event, ...], reason: str | None) -> None:
    assert gap(*events) == reason


def test_A10_a_returned_submission_counts_only_where_the_platform_concedes() -> None:
    history = History(MODEL).add(SEM, registered())
    history.add(SEM, SUBMITTED, occurred_at=at("2026-03-01 09:00"))
    assert history.row(REGISTRY, SEM)["submitted_at"] == at("2026-03-01 09:00")
    item = registry.CorrectionItem(field="model", reason="…")
    history.add(SEM, RETURNED, registry.CorrectionRequested(items=(item,), return_count=1))
    row = history.row(REGISTRY, SEM)
    assert (row["submitted_at"], row["returns"]) == (None, 1)
    assert row["corrections"]["items"] == [{"field": "model", "reason": "…"}]
    history.add(SEM, SUBMITTED, occurred_at=at("2026-03-09 09:00"))
    assert history.row(REGISTRY, SEM)["submitted_at"] == at("2026-03-09 09:00")
    history.add(SEM, registry.ReturnConceded(return_count=1, reason="…"))
    assert history.row(REGISTRY, SEM)["submitted_at"] == at("2026-03-01 09:00")


def test_a_description_and_the_last_check_of_each_dimension_are_kept() -> None:
    described = registry.ResourceDescribed(
        schema_name="s",
        kind="literature",
        schema_version=1,
        classification="restricted",
        values={"years": TextValue(kind="text", value="1950—2020")},
        declared_free_of_state_secrets=True,
    )
    wrong, right = (
        registry.QualityChecked(dimension="accuracy", passed=passed, finding="…", fields=(), evidence="…")
        for passed in (False, True)
    )
    history = History(MODEL).add(SEM, registered(), described, wrong)
    row = history.row(REGISTRY, SEM)
    assert row["described"] == {"years": {"kind": "text", "value": "1950—2020"}}
    assert (row["kind"], row["classification"], row["failed_dimensions"]) == ("literature", "restricted", ["accuracy"])
    assert history.add(SEM, right).row(REGISTRY, SEM)["failed_dimensions"] == []


def test_every_event_of_a_resource_moves_its_version() -> None:
    history = History(MODEL).add(SEM, registered(), facts.InternalBlockLifted(block=SEM, lanes=(1,), reason="…"))
    assert history.row(REGISTRY, SEM)["version"] == 2


def test_what_is_overdue_is_read_as_of_a_moment(stage: Stage) -> None:
    late, listed, excused, exempt, warned = (ident(name) for name in ("late", "listed", "excused", "exempt", "warned"))
    due = assessed(due_on=date(2026, 1, 31))
    history = History(MODEL)
    for number, resource in enumerate((late, listed, excused, exempt, warned)):
        judged = due.model_copy(update={"listing_binding": resource != warned})
        history.add(resource, registered(asset_number=f"A-{number}"), judged)
    history.add(listed, SUBMITTED, ACCEPTED, occurred_at=at("2026-01-10 09:00"))
    history.add(listed, PUBLISHED, occurred_at=at("2026-02-05 09:00"))
    granted = registry.ListingExceptionGranted(reason="搬迁", document="7号", decided_on=date(2026, 2, 2))
    history.add(excused, granted).add(exempt, CLAIMED, EXEMPT)
    cursor = stage.show(history)

    def names(what: str, as_of: str, *, outstanding: bool = True) -> list[str]:
        page = overdue(cursor, what, as_of=at(as_of), outstanding=outstanding)  # type: ignore[arg-type]
        return [row["asset_number"] for row in page.rows]

    assert names("listing", "2026-01-31 23:59") == []
    assert names("listing", "2026-02-01 00:00") == ["A-0", "A-1"]
    assert names("listing", "2026-02-06 00:00") == ["A-0"]
    assert names("listing", "2026-02-06 00:00", outstanding=False) == ["A-0", "A-1"]
    assert names("warning", "2026-02-06 00:00") == ["A-4"]
    assert [row["asset_number"] for row in entries(cursor, excused=True).rows] == ["A-2"]
    assert gap_totals(cursor, unit=UNIT) == {"draft": 3}
    row = entry(cursor, excused)
    assert row is not None
    found = standings(row, as_of=at("2026-02-06 00:00"), latency=DAY)
    assert (found["listing"], found["listing_warning"]) == ("excused", False)


def test_a_project_moves_the_limit_from_plan_to_acceptance(stage: Stage) -> None:
    linked = registry.ProjectLinked(
        project_number="1", project_title="", planned_acceptance_at=at("2026-06-30 10:00"), binding=True
    )
    accepted = registry.ProjectAccepted(project_number="1", accepted_at=at("2026-05-30 10:00"), document="18号")
    free = ident("free")
    history = History(MODEL).add(SEM, registered(), linked, accepted)
    history.add(free, registered(asset_number="A-2"), linked.model_copy(update={"binding": False}), accepted)
    cursor = stage.show(history)
    assert overdue(cursor, "submission", as_of=at("2026-05-30 09:59")).rows == []
    (row,) = overdue(cursor, "submission", as_of=at("2026-05-30 10:00")).rows
    assert (row["id"], row["project"]["document"]) == (SEM, "18号")


def test_a_record_is_stale_after_the_latency_and_fresh_once_confirmed(stage: Stage) -> None:
    history = History(MODEL).add(SEM, registered(), occurred_at=at("2026-03-01 12:00"))
    history.add(ident("two"), registered(asset_number="A-2"), occurred_at=at("2026-03-01 12:00"))
    history.add(ident("two"), registry.ResourceDataConfirmed(), occurred_at=at("2026-03-02 12:00"))
    cursor = stage.show(history)
    assert stale(cursor, as_of=at("2026-03-02 12:00"), latency=DAY).rows == []
    just_after = at("2026-03-02 12:00") + timedelta(seconds=1)
    assert [row["id"] for row in stale(cursor, as_of=just_after, latency=DAY).rows] == [SEM]
