# SPDX-License-Identifier: Apache-2.0
"""A worker that stood still, two that race, one that meets a refusal: each reminder and each end once, on its day."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.governance.deadline_command import DeadlineCommand
from application.governance.give_office_task import GiveOfficeTask
from application.governance.pass_deadline import PassDeadline
from application.governance.postpone_office_task import PostponeOfficeTask
from application.governance.report_on_office_task import ReportOnOfficeTask
from application.parties.record_tech_sme_evidence import RecordTechSmeEvidence
from application.resources.authorise_operation import AuthoriseOperation
from application.resources.claim_exemption import ClaimExemption
from application.resources.confirm_exemption import ConfirmExemption
from application.resources.end_exemption import EndExemption
from application.resources.record_customs_condition import RecordCustomsCondition
from domain.governance.deadline import Due
from domain.governance.events import DeadlinePassed, DeadlineReminded, OfficeTaskOverdue
from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.identity.sources import SetClock
from infrastructure.scheduling.due import do_due_work
from infrastructure.scheduling.due.deadlines import overdue_tasks, passed, reminders
from infrastructure.scheduling.due.line import DueWork
from infrastructure.scheduling.schedule import Schedule
from tests.application.office import CODES, Office
from tests.fixtures import NOON
from tests.log.waiting import until

MONDAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
THREE_DAYS_LATER = NOON + timedelta(days=3, hours=12)
"""Friday, just after midnight in Shanghai: all three days are over."""
Issued = Counter[tuple[str, str, date]]


@dataclass
class Scene:
    """A province on Monday in which five things fall due before Friday."""

    platform: Platform
    office: Office

    @property
    def home(self) -> Jurisdiction:
        return self.office.home

    def project(self) -> None:
        projector = self.home.projector()
        assert projector.lead()
        projector.catch_up()
        projector.close()

    def go_to(self, now: datetime) -> None:
        clock = self.platform.clock
        assert isinstance(clock, SetClock)
        clock.now = now

    def work(self) -> int:
        """One tick with everything known, as soon as it is projected."""
        self.project()
        return do_due_work(self.home, self.platform.clock())

    def issued(self) -> Issued:
        """What, of which kind, due when: how often it stands in the log."""
        found: Issued = Counter()
        with self.home.database.reading() as cursor:
            rows = cursor.execute(
                "SELECT DISTINCT stream FROM events WHERE type LIKE 'governance.Deadline%%' OR type = %s",
                (OfficeTaskOverdue.TYPE,),
            ).fetchall()
        for (stream,) in rows:
            for recorded in self.home.log.stream(stream):
                event = recorded.event
                if isinstance(event, DeadlineReminded | DeadlinePassed):
                    found[type(event).__name__, event.kind, event.due_on] += 1
                elif isinstance(event, OfficeTaskOverdue):
                    found[type(event).__name__, "office_task", event.due_on] += 1
        return found


@pytest.fixture
def scene(platform: Platform) -> Scene:
    return Scene(platform, Office(platform.jurisdictions["jiangsu"]))


def fill(scene: Scene) -> dict[str, UUID]:
    office = scene.office
    university = office.legal_person()
    firm = office.legal_person(CODES[1], kind="enterprise", name_zh="企业")
    unit = office.unit(university)
    exempt = office.register(unit)
    office.do(ClaimExemption(resource=exempt, ground="secrecy", reason="…", review_on=TUESDAY))
    office.rules(unit)
    scanned = office.published(unit, asset_number="A-2", duty_free=True)
    office.do(RecordCustomsCondition(resource=scanned, notice_number="1", valid_from=MONDAY, valid_until=WEDNESDAY))
    run = AuthoriseOperation(resource=scanned, operator=firm, scope="…", valid_from=MONDAY, valid_until=THURSDAY)
    office.do(run)
    office.do(RecordTechSmeEvidence(legal_person=firm, number="1", valid_from=MONDAY, valid_until=WEDNESDAY))
    task = GiveOfficeTask(
        title="简报", description="…", assignee="service_centre", due_on=TUESDAY, given_by="council_office"
    )
    return {"exempt": exempt, "scanned": scanned, "firm": firm, "task": office.do(task).id}


EVERYTHING: Issued = Counter(
    {
        (what, kind, day): 1
        for kind, day in {
            "exemption_review": TUESDAY,
            "customs_condition": WEDNESDAY,
            "operator_authorisation": THURSDAY,
            "sme_evidence": WEDNESDAY,
            "office_task": TUESDAY,
        }.items()
        for what in ("DeadlineReminded", "OfficeTaskOverdue" if kind == "office_task" else "DeadlinePassed")
    }
)


def test_a_worker_stopped_for_three_days_issues_each_once_with_its_original_day(scene: Scene) -> None:
    fill(scene)
    scene.project()
    scene.go_to(THREE_DAYS_LATER)
    schedule = Schedule(scene.platform)
    schedule.start()
    try:
        until(lambda: scene.issued().total() >= EVERYTHING.total(), "everything due is issued", limit=20)
    finally:
        schedule.stop()
    assert scene.issued() == EVERYTHING
    assert do_due_work(scene.home, THREE_DAYS_LATER) == 0, "read models are behind, and nothing is issued twice"
    assert scene.work() == 0
    assert scene.issued() == EVERYTHING


def test_a_worker_that_runs_every_day_issues_the_same(scene: Scene) -> None:
    fill(scene)
    after = []
    for day in range(5):
        scene.go_to(NOON + timedelta(days=day))
        scene.work()
        after.append(sum(count for (what, _, _), count in scene.issued().items() if what != "DeadlineReminded"))
    assert scene.issued() == EVERYTHING
    assert after == [0, 0, 2, 4, 5], "an end is noted on the day after it, never before"


def test_two_workers_that_race_issue_each_once(scene: Scene) -> None:
    fill(scene)
    scene.project()
    scene.go_to(THREE_DAYS_LATER)
    with another(scene.platform) as other, ThreadPoolExecutor(2) as workers:
        homes = (scene.home, other.jurisdictions[scene.home.name])
        for _ in range(3):
            ticks = [workers.submit(do_due_work, home, THREE_DAYS_LATER) for home in homes]
            assert all(tick.result() >= 0 for tick in ticks)
    assert scene.issued() == EVERYTHING


@contextmanager
def another(platform: Platform) -> Iterator[Platform]:
    with open_platform(platform.settings, platform.dsn, clock=platform.clock) as other:
        yield other


def test_neither_a_refusal_nor_a_broken_query_holds_up_the_rest(scene: Scene) -> None:
    fill(scene)
    scene.project()

    def refused(_home: Jurisdiction, _now: datetime) -> list[DueWork]:
        unknown = PassDeadline(kind="no_such_kind", subject=uuid4(), due_on=TUESDAY)
        return [DueWork(uuid4(), unknown), DueWork(uuid4(), unknown)]

    def broken(_home: Jurisdiction, _now: datetime) -> list[DueWork]:
        raise KeyError("…")

    queries = (refused, broken, reminders, refused, passed, overdue_tasks)
    assert do_due_work(scene.home, THREE_DAYS_LATER, queries) == EVERYTHING.total()
    assert scene.issued() == EVERYTHING


def test_what_is_done_in_time_is_not_over(scene: Scene) -> None:
    made = fill(scene)
    assert scene.work() == 5, "the reminders"
    scene.office.do(ConfirmExemption(resource=made["exempt"], review_on=THURSDAY))
    scene.office.do(ReportOnOfficeTask(task=made["task"], report="…"))
    scene.office.do(
        RecordCustomsCondition(
            resource=made["scanned"], notice_number="2", valid_from=WEDNESDAY, valid_until=date(2027, 3, 1)
        )
    )
    scene.go_to(NOON + timedelta(days=3))
    scene.work()
    ends = {(kind, day) for what, kind, day in scene.issued() if what != "DeadlineReminded"}
    assert ends == {("sme_evidence", WEDNESDAY)}
    again = ("DeadlineReminded", "exemption_review", THURSDAY)
    assert scene.issued()[again] == 1, "another day is another deadline"


def test_a_read_model_behind_does_not_let_a_deadline_pass_that_was_lifted(scene: Scene) -> None:
    made = fill(scene)
    scene.project()
    scene.office.do(ConfirmExemption(resource=made["exempt"], review_on=THURSDAY))
    scene.office.do(EndExemption(resource=made["exempt"], reason="…"))
    scene.office.do(PostponeOfficeTask(task=made["task"], due_on=date(2026, 6, 1), reason="…"))
    do_due_work(scene.home, THREE_DAYS_LATER)
    assert {kind for _, kind, _ in scene.issued()} == {"customs_condition", "operator_authorisation", "sme_evidence"}


def test_a_command_says_only_what_is_due_so_that_its_repetition_is_known() -> None:
    due = Due("exemption_review", UUID(int=1), "", TUESDAY)
    same: list[Any] = [DueWork(due.id, PassDeadline(kind=due.kind, subject=due.subject, due_on=TUESDAY))] * 2
    assert len({work.command_id for work in same}) == 1
    assert set(DeadlineCommand.model_fields) == {"kind", "subject", "item", "due_on"}


def test_a_review_that_was_put_off_is_not_over_while_the_list_is_behind(scene: Scene) -> None:
    made = fill(scene)
    scene.project()
    scene.office.do(ConfirmExemption(resource=made["exempt"], review_on=date(2027, 3, 2)))
    do_due_work(scene.home, THREE_DAYS_LATER)
    assert "exemption_review" not in {kind for _, kind, _ in scene.issued()}
