# SPDX-License-Identifier: Apache-2.0
"""Decisions, documents, tasks and activities as people read them."""

from datetime import date
from typing import Any

from domain.governance.events import (
    ActivityStruck,
    DecisionAnnulled,
    DecisionCorrected,
    DecisionRecorded,
    DecisionTakenJointly,
    DocumentAdopted,
    DocumentDrafted,
    DocumentRepealed,
    DraftRevised,
    DraftWithdrawn,
    OfficeTaskDone,
    OfficeTaskGiven,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
    PlanYearTaken,
    ResultTransferRecorded,
    StandardReviewed,
    TrainingRecorded,
)
from domain.governance.values import Conflict, JointParty, Minutes, Seat
from projections import activities, decisions, documents, office_tasks
from tests.projections.conftest import Stage
from tests.projections.examples import personal
from tests.projections.memory_rows import History, at, ident

FIRST, SECOND = ident("first"), ident("second")
MINUTES = Minutes(seats=(Seat(seat="省科学技术厅"),), conflicts=(Conflict(seat="省科学技术厅", reason="r"),))
DECIDED: dict[str, Any] = {"title": "计划", "decided_on": date(2026, 1, 5), "digest": "d1"}
RECORDED = DecisionRecorded(
    number="1号", body="council", organisation=None, minutes=MINUTES, names=personal("王五"), **DECIDED
)
APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)


def test_a_decision_is_shown_as_corrected_and_annulled_without_names(stage: Stage) -> None:
    corrected = DecisionCorrected(**{**DECIDED, "title": "年度计划"}, minutes=None, reason="r")
    log = History(decisions.MODEL).add(FIRST, RECORDED, corrected, DecisionAnnulled(reason="r"))
    log.add(SECOND, RECORDED.model_copy(update={"number": "2号", "decided_on": MAY}))
    assert "王五" not in str(log.rows.tables)
    cursor = stage.show(log)
    first = decisions.decision(cursor, FIRST)
    assert first is not None
    assert (first["title"], first["corrections"], first["annulled"]) == ("年度计划", 1, True)
    assert [row["number"] for row in decisions.decisions(cursor).rows] == ["2号", "1号"]
    assert [row["number"] for row in decisions.decisions(cursor, annulled=False, since=MAY).rows] == ["2号"]
    assert decisions.decisions(cursor, number="3号").rows == []


def test_a_joint_decision_is_listed_for_each_body_that_took_it(stage: Stage) -> None:
    together = DecisionTakenJointly(parties=(JointParty(body="science_department", organisation=SECOND),))
    by_finance = RECORDED.model_copy(update={"body": "finance_department"})
    cursor = stage.show(History(decisions.MODEL).add(FIRST, by_finance, together).add(SECOND, RECORDED))
    for body, listed in (
        ("finance_department", [FIRST]),
        ("science_department", [FIRST]),
        ("council", [SECOND]),
        ("local_government", []),
    ):
        rows = decisions.decisions(cursor, body=body).rows
        assert [row["id"] for row in rows] == listed, body
    first = decisions.decision(cursor, FIRST)
    assert first is not None
    assert first["jointly_with"] == [{"body": "science_department", "organisation": str(SECOND)}]


def drafted(**changes: Any) -> DocumentDrafted:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {"kind": "rule", "title_zh": "办法", "title_en": "Rules", "year": None, "digest": "d1"}
    return DocumentDrafted(**stated | {"location": "", "drafted_by": "service_centre"} | changes)


def revised(version: int) -> DraftRevised:
    return DraftRevised(
        document_version=version,
        title_zh=f"办法{version}",
        title_en="Rules",
        digest=f"d{version}",
        location="",
        changes="c",
    )


def adopted(version: int, effective_from: date) -> DocumentAdopted:
    return DocumentAdopted(
        document_version=version,
        decision=SECOND,
        decision_reference="1号",
        decided_on=date(2026, 1, 5),
        effective_from=effective_from,
    )


def repealed(effective_from: date) -> DocumentRepealed:
    return DocumentRepealed(
        decision=SECOND,
        decision_reference="2号",
        decided_on=date(2026, 1, 5),
        effective_from=effective_from,
        successor=None,
        reason="r",
    )


def test_the_version_in_force_is_that_of_the_day(stage: Stage) -> None:
    log = History(documents.MODEL).add(FIRST, drafted(), adopted(1, APRIL), revised(2), adopted(2, MAY))
    cursor = stage.show(log.add(FIRST, repealed(JUNE)))

    def on(day: date) -> list[int]:
        return [row["document_version"] for row in documents.in_force(cursor, as_of=day).rows]

    days = [date(2026, 3, 31), APRIL, date(2026, 4, 30), MAY, date(2026, 5, 31), JUNE]
    assert [on(day) for day in days] == [[], [1], [1], [2], [2], []]
    assert documents.in_force(cursor, as_of=MAY, kinds=("technical_standard",)).rows == []


def test_a_repeal_before_a_version_begins_lets_it_never_begin(stage: Stage) -> None:
    log = History(documents.MODEL).add(FIRST, drafted(), adopted(1, APRIL), revised(2), adopted(2, JUNE))
    cursor = stage.show(log.add(FIRST, repealed(MAY)))
    assert [len(documents.in_force(cursor, as_of=day).rows) for day in (APRIL, MAY, JUNE)] == [1, 0, 0]


def test_an_annual_plan_is_shown_with_its_place_in_the_year(stage: Stage) -> None:
    plan = drafted(kind="annual_plan", year=2026)
    cursor = stage.show(History(documents.MODEL).add(FIRST, plan, PlanYearTaken(year=2026, place=2), adopted(1, APRIL)))
    row = documents.document(cursor, FIRST, drafts=False)
    assert row is not None
    assert (row["year"], row["place_in_year"], row["adopted_version"]) == (2026, 2, 1)


def test_the_public_never_sees_a_draft(stage: Stage) -> None:
    log = History(documents.MODEL).add(FIRST, drafted(), adopted(1, APRIL), revised(2), revised(3))
    cursor = stage.show(log.add(SECOND, drafted()))
    inside, outside = (documents.document(cursor, FIRST, drafts=drafts) for drafts in (True, False))
    assert inside is not None
    assert outside is not None
    assert [row["state"] for row in inside["versions"]] == ["adopted", "superseded_draft", "draft"]
    assert (inside["title_zh"], outside["title_zh"]) == ("办法3", "办法")
    assert [row["document_version"] for row in outside["versions"]] == [1]
    assert documents.document(cursor, SECOND, drafts=False) is None
    assert sorted(row["document_version"] for row in documents.drafts(cursor).rows) == [1, 3]


def test_a_standard_shows_its_review_record() -> None:
    review = StandardReviewed(
        document_version=1, stance="objected", opinion="o", digest=None, given_on=date(2026, 1, 4)
    )
    log = History(documents.MODEL).add(FIRST, drafted(), review, DraftWithdrawn(document_version=1, reason="r"))
    row = log.row(documents.VERSIONS, FIRST, 1)
    assert row["opinions"] == [
        {"review": True, "stance": "objected", "opinion": "o", "digest": None, "given_on": "2026-01-04"}
    ]
    assert row["state"] == "withdrawn"


GIVEN = OfficeTaskGiven(
    title="简报",
    description="季度",
    given_by="council",
    assignee="service_centre",
    organisation=None,
    due_on=APRIL,
    decision_reference=None,
)


def test_how_a_task_stands_to_its_day_is_asked_when_it_is_read(stage: Stage) -> None:
    log = History(office_tasks.MODEL).add(FIRST, GIVEN)
    log.add(SECOND, GIVEN, OfficeTaskReported(report="x", digest=None), occurred_at=at("2026-03-30 09:00"))
    cursor = stage.show(log)

    def due(today: date) -> list[str]:
        return [row["due"] for row in office_tasks.tasks(cursor, today=today, states=("open",)).rows]

    assert [due(day) for day in (date(2026, 3, 31), APRIL, MAY)] == [["ahead"], ["today"], ["overdue"]]
    assert [row["id"] for row in office_tasks.tasks(cursor, today=MAY, overdue=True).rows] == [FIRST]
    settled = office_tasks.task(cursor, SECOND, MAY)
    assert settled is not None
    assert (settled["due"], settled["reports"][0]["report"]) == ("settled", "x")


def test_a_postponed_task_keeps_its_first_day() -> None:
    log = History(office_tasks.MODEL).add(
        FIRST, GIVEN, OfficeTaskOverdue(due_on=APRIL), OfficeTaskPostponed(due_on=JUNE, reason="r")
    )
    row = log.row(office_tasks.TASKS, FIRST)
    assert (row["due_on"], row["first_due_on"], row["overdue_noted_at"]) == (JUNE, APRIL, None)
    log.add(FIRST, OfficeTaskReported(report="x", digest=None), OfficeTaskDone(remark="y"))
    assert log.row(office_tasks.TASKS, FIRST)["state"] == "done"


def test_what_was_struck_counts_for_nothing(stage: Stage) -> None:
    training = TrainingRecorded(
        kind="training", topic="t", held_on=APRIL, minutes=60, participants=20, organisations=4, place="南京"
    )
    transfer = ResultTransferRecorded(
        title="t",
        transferred_on=MAY,
        kind="licence",
        provider=None,
        recipient=None,
        recipient_name="示例公司",
        amount_fen=500,
        contract_number="",
    )
    log = History(activities.MODEL).add(FIRST, training).add(SECOND, transfer)
    log.add(ident("third"), training, ActivityStruck(reason="r"))
    cursor = stage.show(log)
    counted = [
        {
            "category": "result_transfer",
            "kind": "licence",
            "held": 1,
            "participants": 0,
            "minutes": 0,
            "amount_fen": 500,
        },
        {"category": "training", "kind": "training", "held": 1, "participants": 20, "minutes": 60, "amount_fen": 0},
    ]
    assert activities.activity_counts(cursor, APRIL, MAY) == counted
    assert activities.activity_counts(cursor, JUNE, JUNE) == []
    assert [row["id"] for row in activities.activities(cursor, category="training").rows] == [FIRST]
    assert activities.activity(cursor, SECOND, "training") is None
