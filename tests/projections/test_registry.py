# SPDX-License-Identifier: Apache-2.0
"""The registry as a read model: the gap, what is due, what is overdue as of a moment."""

from datetime import date, timedelta

import pytest

from domain.kernel.citation import Citation
from domain.kernel.event import Event
from domain.purchasing.events import Asset, ProcurementCompleted
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


NEEDED = registry.ReviewNeeded(
    band="upper", limit_fen=200_000_000, citation=Citation(document="苏科技规〔2020〕217号", article="JS 12")
)
PROCURED = ProcurementCompleted(
    unit=UNIT,
    contract_number="CG-1",
    prices=(),
    set_price_fen=None,
    total_fen=200_000_000,
    assets=(Asset(item=0, asset_number="a-1"),),
    accepted_on=date(2026, 3, 2),
)
REVIEW = ident("review")


def test_a_purchase_in_a_band_is_in_the_gap_until_a_review_ends_in_its_asset() -> None:
    judged = assessed().model_copy(update={"review": NEEDED})
    history = History(MODEL).add(SEM, registered(asset_number="A-1"), judged, SUBMITTED, ACCEPTED, PUBLISHED)
    row = history.row(REGISTRY, SEM)
    assert (row["gap_reason"], row["review_gap"]) == (None, "review_missing")
    assert (row["review"]["band"], row["review"]["citation"]["article"]) == ("upper", "JS 12")
    version = row["version"]
    row = history.add(REVIEW, PROCURED).row(REGISTRY, SEM)
    assert (row["review_gap"], row["purchase_review"], row["version"]) == (None, REVIEW, version)


def test_a_review_that_came_first_is_found_by_unit_and_asset_number() -> None:
    judged = assessed().model_copy(update={"review": NEEDED})
    history = History(MODEL).add(REVIEW, PROCURED).add(SEM, registered(asset_number="Ａ-1"), judged)
    assert (history.row(REGISTRY, SEM)["review_gap"], history.row(REGISTRY, SEM)["gap_reason"]) == (None, "draft")
    elsewhere = History(MODEL).add(REVIEW, PROCURED.model_copy(update={"unit": ident("other unit")}))
    assert elsewhere.add(SEM, registered(asset_number="A-1"), judged).row(REGISTRY, SEM)["review_gap"]


def test_the_review_goes_with_the_thing_and_not_with_its_old_number() -> None:
    judged = assessed().model_copy(update={"review": NEEDED})
    moved = facts.ResourceTransferred(
        to_unit=ident("new unit"), to_legal_person=SEM, from_unit=UNIT, asset_number="B-7", reason="…"
    )
    reviewed = History(MODEL).add(REVIEW, PROCURED).add(SEM, registered(asset_number="A-1"), judged, moved)
    assert reviewed.row(REGISTRY, SEM)["review_gap"] is None
    late = History(MODEL).add(SEM, registered(asset_number="A-1"), judged, moved).add(REVIEW, PROCURED)
    assert late.row(REGISTRY, SEM)["review_gap"] == "review_missing"


def test_doubts_and_a_withdrawal_are_no_certain_gap() -> None:
    doubtful = NEEDED.model_copy(update={"doubts": ("funding_unknown",)})
    judged = assessed().model_copy(update={"review": doubtful})
    history = History(MODEL).add(SEM, registered(), judged)
    assert history.row(REGISTRY, SEM)["review_gap"] == "review_perhaps_missing"
    history.add(SEM, facts.ResourceWithdrawn(ground="sold", reason="…"))
    assert history.row(REGISTRY, SEM)["review_gap"] is None


def test_the_gaps_are_counted_and_listed_together(stage: Stage) -> None:
    history = History(MODEL).add(SEM, registered(asset_number="A-1"), assessed().model_copy(update={"review": NEEDED}))
    history.add(ident("open"), registered(asset_number="A-2"), assessed(public=False))
    history.add(ident("old"), registered(asset_number="A-3"), SUBMITTED, ACCEPTED, PUBLISHED)
    cursor = stage.show(history)

    def numbers(**wanted: object) -> list[str]:
        return [row["asset_number"] for row in entries(cursor, **wanted).rows]  # type: ignore[arg-type]

    assert gap_totals(cursor, unit=UNIT) == {"draft": 1, "review_missing": 1}
    assert numbers(gaps=("draft", "submitted")) == numbers(gaps=("review_missing",)) == ["A-1"]
    assert numbers(gaps=("review_perhaps_missing",)) == []
    assert numbers(review_gap="review_missing") == ["A-1"]
    assert (numbers(assessed=False), numbers(assessed=True)) == (["A-3"], ["A-1", "A-2"])


def test_by_what_a_submission_was_accepted_is_kept_until_the_next() -> None:
    applied = registry.StandardApplied(document=SEM, document_version=2, decision=REVIEW, decision_reference="1号")
    history = History(MODEL).add(SEM, registered(), SUBMITTED, ACCEPTED, applied)
    standard = history.row(REGISTRY, SEM)["standard"]
    assert (standard["title"], standard["document"], standard["document_version"]) == ("GB/T 36073", str(SEM), 2)
    assert (standard["decision"], standard["decision_reference"]) == (str(REVIEW), "1号")
    assert history.add(SEM, RETURNED, SUBMITTED).row(REGISTRY, SEM)["standard"] is None


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
