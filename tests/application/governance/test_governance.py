# SPDX-License-Identifier: Apache-2.0
"""Decisions, documents and tasks by commands on the real database, in both regimes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.bus import Request
from application.command import Command, Result
from application.errors import KeyTaken, NotFound, NotPermitted
from application.governance import ENTRIES
from application.governance.adopt_document import AdoptDocument
from application.governance.annul_decision import AnnulDecision
from application.governance.cancel_office_task import CancelOfficeTask
from application.governance.correct_decision import CorrectDecision
from application.governance.deadline_command import DeadlineCommand
from application.governance.draft_document import DraftDocument
from application.governance.finish_office_task import FinishOfficeTask
from application.governance.give_office_task import GiveOfficeTask
from application.governance.note_overdue_task import NoteOverdueTask
from application.governance.postpone_office_task import PostponeOfficeTask
from application.governance.record_decision import RecordDecision
from application.governance.record_result_transfer import RecordResultTransfer
from application.governance.record_training import RecordTraining
from application.governance.remind_of_deadline import RemindOfDeadline
from application.governance.repeal_document import RepealDocument
from application.governance.report_on_office_task import ReportOnOfficeTask
from application.governance.review_document import ReviewDocument
from application.governance.revise_document import ReviseDocument
from application.governance.standing import ASK
from application.governance.strike_activity import StrikeActivity
from application.governance.withdraw_draft import WithdrawDraft
from domain.catalogue import AGGREGATE_OF
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Jurisdiction, Platform

DIGEST, OTHER = "a" * 64, "b" * 64
DECIDED_ON, APRIL = date(2026, 3, 1), date(2026, 4, 1)
DRAFTER = {"jiangsu": Role.SERVICE_CENTRE, "chongqing": Role.COUNCIL_OFFICE}
MINUTES: dict[str, Any] = {"seats": [{"seat": "科学技术厅"}], "votes": [{"seat": "科学技术厅", "choice": "for"}]}
BODIES = {
    Role.COUNCIL,
    Role.COUNCIL_OFFICE,
    Role.SCIENCE_DEPARTMENT,
    Role.FINANCE_DEPARTMENT,
    Role.COMPETENT_DEPARTMENT,
    Role.LOCAL_GOVERNMENT,
}
HEADS = {Role.COUNCIL, Role.COUNCIL_OFFICE}
MAY: dict[type[Command], set[Role]] = {
    RecordDecision: BODIES,
    CorrectDecision: BODIES,
    AnnulDecision: BODIES,
    DraftDocument: {Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE},
    ReviseDocument: {Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE},
    WithdrawDraft: {Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE},
    ReviewDocument: {Role.EXPERT_COMMITTEE},
    AdoptDocument: HEADS,
    RepealDocument: HEADS,
    GiveOfficeTask: HEADS,
    PostponeOfficeTask: HEADS,
    FinishOfficeTask: HEADS,
    CancelOfficeTask: HEADS,
    ReportOnOfficeTask: {Role.COUNCIL_OFFICE, Role.SERVICE_CENTRE, Role.EXPERT_COMMITTEE},
    RecordTraining: {Role.SERVICE_CENTRE},
    RecordResultTransfer: {Role.SERVICE_CENTRE},
    StrikeActivity: {Role.SERVICE_CENTRE},
}


@dataclass
class Hall:
    """Where everybody asks in a role of theirs."""

    home: Jurisdiction

    def do(self, command: Command, role: Role, *, organisation: UUID | None = None) -> Result:
        key = uuid4()
        actor = Actor(user=uuid4(), role=role, organisation=organisation)
        return self.home.bus.execute(Request(command, actor, key, key))

    def decide(self, number: str = "1号", role: Role = Role.COUNCIL, **changes: Any) -> UUID:  # noqa: ANN401 - any field
        stated: dict[str, Any] = {"title": "审定", "decided_on": DECIDED_ON, "digest": DIGEST, "minutes": MINUTES}
        command = RecordDecision.model_validate({"number": number, **stated, **changes})
        return self.do(command, role).id

    def draft(self, kind: str = "rule", **changes: Any) -> UUID:  # noqa: ANN401 - any field
        command = DraftDocument.model_validate({"kind": kind, "title_zh": "办法", "digest": DIGEST, **changes})
        return self.do(command, DRAFTER[self.home.name]).id

    def adopt(self, document: UUID, number: str = "1号", version: int = 1, on: date = APRIL) -> None:
        command = AdoptDocument(
            document=document, document_version=version, decision_reference=number, effective_from=on
        )
        self.do(command, Role.COUNCIL_OFFICE)

    def state(self, stream: UUID) -> Any:  # noqa: ANN401 - the state of any aggregate
        events = [item.event for item in self.home.log.stream(stream)]
        return AGGREGATE_OF[events[0].TYPE].fold(events)


@pytest.fixture(params=["jiangsu", "chongqing"])
def hall(request: pytest.FixtureRequest, platform: Platform) -> Hall:
    return Hall(platform.jurisdictions[request.param])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.command.__name__)
def test_a_command_is_for_the_roles_of_the_regulations_and_the_system(entry: Any) -> None:  # noqa: ANN401 - a line
    system_alone = issubclass(entry.command, DeadlineCommand) or entry.command is NoteOverdueTask
    assert entry.roles - {Role.SYSTEM} == (set() if system_alone else MAY[entry.command])


def test_the_authority_is_that_of_the_role(hall: Hall) -> None:
    department = uuid4()
    command = RecordDecision(number="财1号", title="…", decided_on=DECIDED_ON, digest=DIGEST)
    decision = hall.do(command, Role.FINANCE_DEPARTMENT, organisation=department).id
    assert (hall.state(decision).body, hall.state(decision).organisation) == ("finance_department", department)
    for body in ("council", "finance_department"):
        stated = command.model_copy(update={"body": body, "number": body, "minutes": None})
        if body == "finance_department":
            hall.do(stated, Role.FINANCE_DEPARTMENT)
        else:
            with pytest.raises(DomainError, match=r"governance\.body_is_the_role"):
                hall.do(stated, Role.FINANCE_DEPARTMENT)


def test_an_import_states_the_authority_and_may_be_of_long_ago(hall: Hall) -> None:
    with pytest.raises(DomainError, match=r"governance\.body_missing"):
        hall.decide(role=Role.SYSTEM)
    old = hall.decide(role=Role.SYSTEM, body="council", decided_on=date(2012, 5, 4))
    assert hall.state(old).decided_on == date(2012, 5, 4)


def test_a_number_stands_for_one_decision(hall: Hall) -> None:
    first = hall.decide()
    with pytest.raises(KeyTaken):
        hall.decide()
    hall.decide(role=Role.COUNCIL_OFFICE)
    hall.do(AnnulDecision(decision=first, reason="…"), Role.COUNCIL)
    with pytest.raises(KeyTaken):
        hall.decide()


def test_names_are_sealed_and_read_by_seat(hall: Hall) -> None:
    decision = hall.decide(names={"科学技术厅": "孟知微"})
    assert hall.state(decision).names.value == '{"科学技术厅": "孟知微"}'
    with hall.home.database.reading() as cursor:
        rows: Any = cursor.execute("SELECT state::text FROM events").fetchall()
    assert "孟知微" not in str(rows)


def test_only_its_own_authority_touches_a_decision(hall: Hall) -> None:
    decision = hall.do(
        RecordDecision(number="教1号", title="…", decided_on=DECIDED_ON, digest=DIGEST),
        Role.COMPETENT_DEPARTMENT,
        organisation=UUID(int=1),
    ).id
    annul = AnnulDecision(decision=decision, reason="…")
    for role, organisation in ((Role.COUNCIL, UUID(int=1)), (Role.COMPETENT_DEPARTMENT, UUID(int=2))):
        with pytest.raises(NotPermitted):
            hall.do(annul, role, organisation=organisation)
    hall.do(annul, Role.COMPETENT_DEPARTMENT, organisation=UUID(int=1))
    assert hall.state(decision).annulled


def test_a_decision_is_corrected_and_annulled_by_another(hall: Hall) -> None:
    decision = hall.decide()
    corrected = CorrectDecision.model_validate(
        {
            "decision": decision,
            "reason": "…",
            "title": "总体规划",
            "decided_on": DECIDED_ON,
            "digest": OTHER,
            "minutes": MINUTES,
        }
    )
    hall.do(corrected, Role.COUNCIL)
    assert (hall.state(decision).title, hall.state(decision).digest) == ("总体规划", OTHER)
    annul = AnnulDecision(decision=decision, reason="…", annulling_decision="2号")
    with pytest.raises(DomainError, match=r"governance\.decision_not_registered"):
        hall.do(annul, Role.COUNCIL)
    hall.decide("2号")
    hall.do(annul, Role.COUNCIL)
    assert hall.state(decision).annulled


def test_a_rule_goes_from_draft_to_repeal(hall: Hall) -> None:
    document = hall.draft()
    review = ReviewDocument(document=document, document_version=1, stance="agreed", opinion="…", given_on=DECIDED_ON)
    hall.do(review, Role.EXPERT_COMMITTEE)
    with pytest.raises(DomainError) as refused:
        hall.adopt(document)
    assert refused.value.codes == ("governance.decision_not_registered",)
    assert refused.value.violations[0].field == "decision_reference"
    hall.decide()
    hall.adopt(document)
    revise = ReviseDocument(document=document, title_zh="办法", digest=OTHER, changes="…")
    assert hall.do(revise, DRAFTER[hall.home.name]).data == {"document_version": 2}
    hall.adopt(document, version=2, on=date(2026, 5, 1))
    assert hall.state(document).in_force_on(APRIL).number == 1
    successor = hall.draft()
    repeal = RepealDocument(
        document=document,
        decision_reference="1号",
        effective_from=date(2026, 6, 1),
        successor=successor,
        reason="…",
    )
    with pytest.raises(NotFound):
        hall.do(repeal.model_copy(update={"successor": uuid4()}), Role.COUNCIL)
    hall.do(repeal, Role.COUNCIL)
    assert hall.state(document).in_force_on(date(2026, 6, 1)) is None


def test_a_year_has_one_annual_plan(hall: Hall) -> None:
    """The second document is refused until the first is repealed; its own next version is not (a race: the claim)."""
    hall.decide()
    first, second, of_next_year = (hall.draft("annual_plan", year=year) for year in (2026, 2026, 2027))
    hall.adopt(first)
    hall.adopt(of_next_year)
    with pytest.raises(DomainError) as refused:
        hall.adopt(second)
    assert refused.value.codes == ("governance.year_has_a_plan",)
    revise = ReviseDocument(document=first, title_zh="计划", digest=OTHER, changes="…")
    hall.do(revise, DRAFTER[hall.home.name])
    hall.adopt(first, version=2, on=date(2026, 5, 1))
    june = date(2026, 6, 1)
    repeal = RepealDocument(document=first, decision_reference="1号", effective_from=june, reason="…")
    hall.do(repeal, Role.COUNCIL)
    with pytest.raises(DomainError, match=r"governance\.year_has_a_plan"):
        hall.adopt(second, on=date(2026, 5, 31))
    hall.adopt(second, on=june)
    third = hall.draft("annual_plan", year=2026)
    with pytest.raises(DomainError, match=r"governance\.year_has_a_plan"):
        hall.adopt(third, on=date(2026, 7, 1))
    assert [hall.state(each).place_in_year for each in (first, second, third)] == [1, 2, None]


def test_an_annulled_decision_carries_nothing(hall: Hall) -> None:
    document = hall.draft()
    hall.do(AnnulDecision(decision=hall.decide(), reason="…"), Role.COUNCIL)
    with pytest.raises(DomainError, match=r"governance\.decision_annulled"):
        hall.adopt(document)


def test_a_draft_is_withdrawn_by_who_drafts(hall: Hall) -> None:
    document = hall.draft()
    withdraw = WithdrawDraft(document=document, document_version=1, reason="…")
    other = Role.COUNCIL_OFFICE if DRAFTER[hall.home.name] is Role.SERVICE_CENTRE else Role.SERVICE_CENTRE
    with pytest.raises(DomainError, match=r"governance\.not_the_drafter"):
        hall.do(withdraw, other)
    hall.do(withdraw, DRAFTER[hall.home.name])
    assert hall.state(document).last.withdrawn


def given_task(hall: Hall, **changes: Any) -> UUID:  # noqa: ANN401 - any field
    stated = {"title": "简报", "description": "…", "assignee": "service_centre", "due_on": APRIL}
    return hall.do(GiveOfficeTask.model_validate(stated | changes), Role.COUNCIL_OFFICE).id


def test_a_task_is_for_its_giver_and_its_assignee(hall: Hall) -> None:
    task = given_task(hall)
    report, finish = ReportOnOfficeTask(task=task, report="…"), FinishOfficeTask(task=task, remark="…")
    for role, command in ((Role.EXPERT_COMMITTEE, report), (Role.COUNCIL, finish)):
        with pytest.raises(NotPermitted) as refused:
            hall.do(command, role)
        assert refused.value.parameters["reason"] == "task"
    hall.do(PostponeOfficeTask(task=task, due_on=date(2026, 5, 1), reason="…"), Role.COUNCIL_OFFICE)
    hall.do(report, Role.SERVICE_CENTRE)
    hall.do(finish, Role.COUNCIL_OFFICE)
    assert hall.state(task).state == "done"
    other = given_task(hall)
    hall.do(CancelOfficeTask(task=other, reason="…"), Role.COUNCIL_OFFICE)
    assert hall.state(other).state == "cancelled"


def test_a_task_may_follow_from_a_decision_and_be_for_one_organisation(hall: Hall) -> None:
    with pytest.raises(DomainError, match=r"governance\.decision_not_registered"):
        given_task(hall, decision_reference="9号")
    with pytest.raises(NotFound):
        given_task(hall, organisation=str(uuid4()))


def test_the_centre_records_and_strikes_its_activities(hall: Hall) -> None:
    training = RecordTraining(
        kind="training",
        topic="…",
        held_on=DECIDED_ON,
        minutes=90,
        participants=10,
        organisations=2,
        place="南京",
    )
    recorded = hall.do(training, Role.SERVICE_CENTRE).id
    transfer = RecordResultTransfer(
        title="…", transferred_on=DECIDED_ON, kind="licence", recipient_name="示例公司", amount_fen=100
    )
    hall.do(transfer, Role.SERVICE_CENTRE)
    with pytest.raises(NotFound):
        hall.do(transfer.model_copy(update={"recipient": uuid4()}), Role.SERVICE_CENTRE)
    hall.do(StrikeActivity(activity=recorded, reason="…"), Role.SERVICE_CENTRE)
    assert hall.state(recorded).struck


def test_an_unknown_kind_of_deadline_is_refused_with_those_that_are_known(hall: Hall) -> None:
    command = RemindOfDeadline(kind="birthday", subject=uuid4(), due_on=APRIL)
    with pytest.raises(DomainError) as refused:
        hall.do(command, Role.SYSTEM)
    assert refused.value.codes == ("governance.deadline_kind_unknown",)
    assert refused.value.violations[0].parameters["known"] == ", ".join(ASK)
