# SPDX-License-Identifier: Apache-2.0
"""Contracts, call-offs, qualifications and series: who is told of each step, in whole sentences of both languages."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled
from domain.contracts.events import ContractTerminated, DisputeOpened, DisputeResolved
from domain.contracts.performing_events import DisputeStageBegun, DisputeStageEnded
from domain.governance.events import DeadlineReminded
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Event
from domain.reservations.series.events import Booked, SeriesRequested
from domain.resources.closure_events import ClosureAnnounced
from domain.standing.events import (
    QualificationLapsed,
    QualificationRenewed,
    QualificationWithdrawn,
    StandingOpened,
)
from infrastructure.notices.wordings import Wordings
from projections.deadlines.model import MODEL as DEADLINE_MODEL
from projections.deadlines.table import DEADLINES
from projections.notices.model import MODEL
from projections.notices.tables import NOTICES
from projections.readmodel import Row
from tests.projections.examples import CUSTOMER, PROVIDER, SEM, UNIT, USER, requested, span
from tests.projections.memory_rows import History, ident
from tests.projections.test_contract_register import DRAFTED

CONTRACT, CALL_OFF, STANDING, SERIES = (ident(name) for name in ("contract", "call-off", "standing", "series"))
THE_SYSTEM = Actor(user=ident("system"), role=Role.SYSTEM)
JUNE = date(2026, 6, 1)
NAMES = {UNIT: ("分析测试中心", "Analysis centre"), SEM: ("扫描电镜", "SEM")}


def some(kind: type[Event], **stated: Any) -> Any:  # noqa: ANN401 - what the notice rests on, and nothing else
    return kind.model_construct(**stated)


ORDERED = some(
    CallOffPlaced,
    number="D-1",
    contract=CONTRACT,
    unit=UNIT,
    provider=PROVIDER,
    customer=CUSTOMER,
    customer_user=USER,
    resource=SEM,
    ceiling_fen=200_000,
    framework_ceiling_fen=None,
    valid_from=date(2026, 3, 1),
    valid_until=JUNE,
    placed_by="user",
    opened_by_use=False,
)
STAGE = DisputeStageBegun(
    stage="mediation", body="调解委员会", begun_on=date(2026, 3, 2), due_on=JUNE, recorded_by="user"
)
ENDED = DisputeStageEnded(
    stage="mediation", outcome="failed", ended_on=date(2026, 3, 9), findings="只给双方看", recorded_by="user"
)
GIVEN_UP = CallOffCancelled(contract=CONTRACT, cancelled_by="provider", released_fen=200_000, reason="不再需要")
BEGUN = StandingOpened(unit=UNIT, user=USER)
RENEWED = some(
    QualificationRenewed,
    resource=SEM,
    valid_until=JUNE,
    remind_on=JUNE,
    lapse_months=None,
    reason="复训通过",
    versions={},
)


def reminded(kind: str, subject: UUID, item: str = "") -> Event:
    return DeadlineReminded(kind=kind, subject=subject, item=item, due_on=JUNE, days_before=7)


BOTH = {USER, UNIT}
CASES: list[Any] = [
    pytest.param([(CONTRACT, STAGE)], "dispute_stage_begun", BOTH, ["调解", "mediation", "2026-06-01"], id="stage"),
    pytest.param(
        [(ident("d"), reminded("dispute_stage", CONTRACT, "mediation"))],
        "dispute_stage_ending",
        BOTH,
        ["调解", "mediation", "2026-06-01"],
        id="stage nearly due",
    ),
    pytest.param([(CONTRACT, ENDED)], "dispute_stage_ended", BOTH, ["未达成一致", "failed"], id="stage ended"),
    pytest.param(
        [(CONTRACT, DisputeResolved(body="仲裁委员会", outcome="减收两成"))],
        "dispute_resolved",
        BOTH,
        ["仲裁委员会", "减收两成"],
        id="resolved",
    ),
    pytest.param(
        [(CONTRACT, ContractTerminated(by="both", reason="项目终止"))],
        "contract_terminated",
        BOTH,
        ["项目终止"],
        id="terminated",
    ),
    pytest.param(
        [(ident("d"), reminded("call_off_end", CALL_OFF))],
        "call_off_ending",
        BOTH,
        ["D-1", "¥2,000.00", "2026-06-01", "扫描电镜", "SEM"],
        id="call-off nearly over",
    ),
    pytest.param([(CALL_OFF, GIVEN_UP)], "call_off_cancelled", BOTH, ["不再需要", "¥2,000.00"], id="call-off given up"),
    pytest.param([(STANDING, RENEWED)], "training_renewed", {USER}, ["复训通过", "2026-06-01"], id="renewed"),
    pytest.param(
        [(STANDING, QualificationLapsed(resource=SEM, ground="disuse", ended_on=JUNE))],
        "training_lapsed",
        {USER},
        ["长期未使用", "was not used for too long", "2026-06-01"],
        id="lapsed",
    ),
    pytest.param(
        [(STANDING, QualificationWithdrawn(resource=SEM, reason="违规操作"))],
        "training_withdrawn",
        {USER},
        ["违规操作"],
        id="withdrawn",
    ),
]


@pytest.mark.parametrize(("events", "kind", "whom", "says"), CASES)
def test_each_step_is_told_to_those_concerned_in_whole_sentences(
    events: list[tuple[UUID, Event]], kind: str, whom: set[UUID], says: list[str]
) -> None:
    log = known()
    for stream, event in events:
        log.add(stream, event, actor=THE_SYSTEM)
    told = of_kind(log, kind)
    assert {row["addressee"] for row in told} == whom
    both = sentences(told[0])
    assert all(word in both for word in says), both
    assert "只给双方看" not in both, "findings stay on the platform"


def test_nobody_is_told_of_their_own_step() -> None:
    log = known().add(CONTRACT, STAGE, actor=Actor(user=USER, role=Role.USER))
    assert {row["addressee"] for row in of_kind(log, "dispute_stage_begun")} == {UNIT}


def test_a_call_off_that_a_use_opened_is_neither_reminded_of_nor_told() -> None:
    log, used = History(DEADLINE_MODEL), ORDERED.model_copy(update={"opened_by_use": True})
    assert log.add(CALL_OFF, used).rows.all(DEADLINES) == []
    told = History(MODEL).add(CALL_OFF, used, GIVEN_UP, actor=THE_SYSTEM)
    assert told.rows.all(NOTICES) == []


@pytest.mark.parametrize(
    "end", [GIVEN_UP, CallOffSettled(contract=CONTRACT, ceiling_fen=200_000, used_fen=1, framework_ceiling_fen=None)]
)
def test_a_call_off_is_due_on_its_last_day_until_it_is_over(end: Event) -> None:
    log = History(DEADLINE_MODEL).add(CALL_OFF, ORDERED)
    row = log.rows.one(DEADLINES)
    assert (row["kind"], row["due_on"], row["unit"], row["person"]) == ("call_off_end", JUNE, UNIT, USER)
    assert log.add(CALL_OFF, end).rows.one(DEADLINES)["lifted_at"] is not None


def test_whose_series_a_closure_hits_hears_of_it_once_with_its_days() -> None:
    log, times = History(MODEL), {}
    for day in ("03", "10", "17"):
        times[day] = ident(f"day {day}")
        log.add(times[day], requested(f"2026-03-{day} 09:00", f"2026-03-{day} 11:00"))
    alone = ident("alone")
    log.add(alone, requested("2026-03-11 09:00", "2026-03-11 11:00"))
    booked = tuple(
        Booked(span=span(f"2026-03-{day} 09:00", f"2026-03-{day} 11:00"), reservation=reservation)
        for day, reservation in times.items()
    )
    log.add(SERIES, some(SeriesRequested, resource=SEM, unit=UNIT, user=USER, requested_by=USER, booked=booked))
    closed = ClosureAnnounced(
        closure=ident("closed"),
        spans=(span("2026-03-10 00:00", "2026-03-18 00:00"),),
        calendar=None,
        lanes=None,
        reason="电源改造",
        kept=(times["17"],),
        cancelled=(times["10"], alone),
    )
    log.add(SEM, closed)
    (row,) = of_kind(log, "series_displaced")
    assert (row["addressee"], row["subject"], row["facts"]["cancelled"], row["facts"]["kept"]) == (USER, SERIES, 1, 1)
    both = sentences(row)
    assert all(word in both for word in ("2026-03-10", "2026-03-17", "电源改造"))
    assert "2026-03-11" not in both
    assert "2026-03-03" not in both


def known() -> History:
    """A contract, a call-off and a standing, and the instrument's name; all of it is the customer's and the unit's."""
    log = History(MODEL).add(CONTRACT, DRAFTED, DisputeOpened(opened_by="user", reason="数据不符"))
    return log.add(CALL_OFF, ORDERED).add(STANDING, BEGUN)


def of_kind(log: History, kind: str) -> list[Row]:
    return [row for row in log.rows.all(NOTICES) if row["kind"] == kind]


def sentences(row: Row) -> str:
    """A notice in both languages; nothing is left open in it, and no code stands where a word belongs."""
    texts = [Wordings(NAMES, {}).text({**row, "unit": UNIT}, language) for language in ("zh", "en")]
    both = "\n".join(part for text in texts for part in (text.subject, text.body))
    assert not re.search(r"[{}]|—|\b(disuse|expiry)\b", both), both
    return both
