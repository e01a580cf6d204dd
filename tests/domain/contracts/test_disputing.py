# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any

import pytest

from domain.contracts import disputing, performing
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.events import DisputeOpened, DisputeResolved
from domain.contracts.performing_events import DisputeStageBegun, DisputeStageEnded, Stage, StageOutcome
from domain.kernel.event import Event
from tests.domain.contracts.samples import SIX, drafted, signed
from tests.domain.editions import JIANGSU
from tests.domain.given import given

DAY = date(2026, 4, 1)
WITH_BOTH = "协商不成的，先行调解；调解不成的，提交仲裁"
ARBITRATION, COURT, NONE = "协商不成的，提交仲裁", "协商不成的，向法院起诉", "双方友好协商解决"
EITHER = "协商不成的，提交仲裁或者向法院起诉"


def disputed(clause: str, *stages: tuple[Stage, StageOutcome | None]) -> list[Event]:
    draft = drafted(clauses=Clauses.model_validate({**SIX, "dispute_handling": clause}))
    opened = DisputeOpened(opened_by="user", reason="数据不符")
    held: list[Event] = []
    for stage, outcome in stages:
        held.append(DisputeStageBegun(stage=stage, body="机构", begun_on=DAY, recorded_by="user"))
        if outcome:
            held.append(
                DisputeStageEnded(stage=stage, outcome=outcome, ended_on=DAY, findings="记录", recorded_by="user")
            )
    return [draft, signed("provider", of=draft), signed("user", of=draft), opened, *held]


def begin(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    facts: dict[str, Any] = {"stage": "negotiation", "body": "双方", "begun_on": DAY, "due_on": None}
    return {**facts, "case_number": "", "by": "user", "edition": JIANGSU, "today": DAY, **changes}


TALKED: tuple[Stage, StageOutcome] = ("negotiation", "failed")
MEDIATED: tuple[Stage, StageOutcome] = ("mediation", "failed")


@pytest.mark.parametrize(
    ("clause", "before", "stage", "broken"),
    [
        (WITH_BOTH, (), "negotiation", None),
        (WITH_BOTH, (), "mediation", "contracts.stage_out_of_order"),
        (WITH_BOTH, (), "arbitration", "contracts.stage_out_of_order"),
        (WITH_BOTH, (TALKED,), "mediation", None),
        (WITH_BOTH, (TALKED,), "arbitration", "contracts.stage_out_of_order"),
        (WITH_BOTH, (TALKED, MEDIATED), "arbitration", None),
        (WITH_BOTH, (TALKED, MEDIATED), "mediation", "contracts.stage_out_of_order"),
        (ARBITRATION, (TALKED,), "mediation", None),
        (ARBITRATION, (TALKED,), "arbitration", None),
        (ARBITRATION, (TALKED,), "court", "contracts.stage_not_agreed"),
        (COURT, (TALKED,), "court", None),
        (COURT, (TALKED,), "arbitration", "contracts.stage_not_agreed"),
        (EITHER, (TALKED,), "arbitration", None),
        (EITHER, (TALKED,), "court", None),
        (EITHER, (TALKED, ("arbitration", "withdrawn")), "court", "contracts.stage_out_of_order"),
        (NONE, (TALKED,), "court", None),
        (NONE, (TALKED,), "arbitration", "contracts.stage_not_agreed"),
        (WITH_BOTH, (("negotiation", "agreed"),), "mediation", "contracts.stage_out_of_order"),
    ],
)
def test_stages_follow_the_order_of_the_clause(
    clause: str, before: tuple[Any, ...], stage: Stage, broken: str | None
) -> None:
    outcome = given(CONTRACT, *disputed(clause, *before)).when(disputing.begin_stage, **begin(stage=stage))
    if broken:
        outcome.then_refused(broken)
    else:
        assert outcome.state.stages[-1].stage == stage


def test_one_stage_at_a_time_in_the_order_of_days() -> None:
    running = disputed(WITH_BOTH, ("negotiation", None))
    given(CONTRACT, *running).when(disputing.begin_stage, **begin(stage="mediation")).then_refused(
        "contracts.stage_running"
    )
    over = given(CONTRACT, *disputed(WITH_BOTH, TALKED))
    over.when(disputing.begin_stage, **begin(stage="mediation", begun_on=date(2026, 3, 31))).then_refused(
        "contracts.stage_date_wrong"
    )
    given(CONTRACT, *disputed(WITH_BOTH)).when(disputing.begin_stage, **begin(due_on=date(2026, 3, 31))).then_refused(
        "contracts.stage_due_before_begun"
    )


@pytest.mark.parametrize(
    ("stage", "outcome", "broken"),
    [
        ("negotiation", "failed", None),
        ("negotiation", "decided", "contracts.outcome_does_not_fit"),
        ("mediation", "failed", "contracts.no_such_stage_running"),
    ],
)
def test_a_stage_ends_as_it_can(stage: Stage, outcome: StageOutcome, broken: str | None) -> None:
    facts: dict[str, Any] = {"outcome": outcome, "ended_on": DAY, "findings": "记录", "by": "provider", "today": DAY}
    done = given(CONTRACT, *disputed(WITH_BOTH, ("negotiation", None))).when(disputing.end_stage, stage=stage, **facts)
    if broken:
        done.then_refused(broken)
    else:
        assert done.state.stages[-1].outcome == outcome


def test_the_dispute_is_resolved_between_stages_and_a_new_one_begins_anew() -> None:
    given(CONTRACT, *disputed(WITH_BOTH, ("negotiation", None))).when(
        performing.resolve_dispute, body="双方", outcome="和解"
    ).then_refused("contracts.stage_running")
    resolved = DisputeResolved(body="双方", outcome="和解")
    past = [*disputed(WITH_BOTH, ("negotiation", "agreed")), resolved]
    given(CONTRACT, *past[:-1]).when(performing.resolve_dispute, body="双方", outcome="和解").then(resolved)
    again = DisputeOpened(opened_by="provider", reason="拒付")
    assert given(CONTRACT, *past, again).state.stages == ()
