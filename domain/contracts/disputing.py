# SPDX-License-Identifier: Apache-2.0
"""The stages of a dispute: negotiation, mediation, then arbitration or court, as the dispute clause names (JS 18).

Each stage is a step inside the dispute: `DisputeOpened` and `DisputeResolved` stay its frame, and the orders named
stay held from the first to the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.contracts.document import unseal
from domain.contracts.performing_events import DisputeStageBegun, DisputeStageEnded
from domain.contracts.state import require_state
from domain.kernel.errors import Rules, refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from domain.contracts.events import Side
    from domain.contracts.performing_events import Stage, StageOutcome
    from domain.contracts.state import Contract
    from domain.kernel.event import Event
    from domain.policy import Edition

ORDER: tuple[tuple[Stage, ...], ...] = (("negotiation",), ("mediation",), ("arbitration", "court"))
FORUMS: tuple[Stage, ...] = ("arbitration", "court")
_NAMED: Mapping[Stage, tuple[str, ...]] = {
    "mediation": ("调解", "mediat"),
    "arbitration": ("仲裁", "arbitrat"),
    "court": ("法院", "诉讼", "起诉", "court", "litigat"),
}
CLOSING: tuple[StageOutcome, ...] = ("agreed", "decided")
"""After these the dispute is resolved; nothing further begins."""
CLAUSE = "contract.required_clauses"


def agreed_stages(contract: Contract) -> tuple[Stage, ...]:
    """The stages that the dispute clause allows, in order; the parties may always negotiate and have mediated.

    Arbitration needs a clause that names it, court one that does not leave the dispute to arbitration alone.
    Raises `contracts.text_unreadable`.
    """
    named = _named(contract)
    forums = [forum for forum in FORUMS if forum in named] or ["court"]
    return ("negotiation", "mediation", *forums)


def following(contract: Contract) -> tuple[Stage, ...]:
    """The stages that may come next: mediation is passed over only where the clause does not name it."""
    if contract.stages and contract.stages[-1].outcome in CLOSING:
        return ()
    tried = {held.stage for held in contract.stages}
    last = max((place for place, level in enumerate(ORDER) if tried.intersection(level)), default=-1)
    allowed, named = agreed_stages(contract), _named(contract)
    possible: list[Stage] = []
    for level in ORDER[last + 1 :]:
        possible.extend(stage for stage in level if stage in allowed)
        if level == ("negotiation",) or named.intersection(level):
            break
    return tuple(possible)


def _named(contract: Contract) -> set[Stage]:
    clauses = unseal(contract.clauses)
    if clauses is None:
        raise refusal("contracts.text_unreadable")
    text = clauses.dispute_handling.lower()
    return {stage for stage, words in _NAMED.items() if any(word in text for word in words)}


def begin_stage(  # noqa: PLR0913 - a stage, and all that it is judged by
    contract: Contract,
    *,
    stage: Stage,
    body: str,
    begun_on: date,
    due_on: date | None,
    case_number: str,
    by: Side,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Begin a stage: in the clause's order, after the one before has failed or was withdrawn.

    Raises `DomainError` with every broken rule; a stage out of order names the one that comes next.
    """
    require_state(contract, "begin_dispute_stage", "disputed")
    allowed, citation, rules = agreed_stages(contract), edition.citation(CLAUSE), Rules()
    rules.require(
        stage in allowed,
        "contracts.stage_not_agreed",
        citation=citation,
        field="stage",
        stage=stage,
        allowed_stages=", ".join(allowed),
    )
    running = contract.stages[-1] if contract.stages and contract.stages[-1].outcome is None else None
    rules.require(running is None, "contracts.stage_running", field="stage", stage=running.stage if running else "")
    possible = following(contract)
    rules.require(
        stage not in allowed or stage in possible,
        "contracts.stage_out_of_order",
        citation=citation,
        field="stage",
        stage=stage,
        allowed_stages=", ".join(possible) or "-",
    )
    earliest = contract.stages[-1].ended_on or contract.stages[-1].begun_on if contract.stages else begun_on
    rules.require(earliest <= begun_on <= today, "contracts.stage_date_wrong", field="begun_on")
    rules.require(due_on is None or due_on >= begun_on, "contracts.stage_due_before_begun", field="due_on")
    rules.enforce()
    return [
        DisputeStageBegun(
            stage=stage,
            body=body,
            begun_on=begun_on,
            due_on=due_on,
            case_number=case_number,
            recorded_by=by,
            basis=edition.basis(CLAUSE),
        )
    ]


def end_stage(
    contract: Contract, *, stage: Stage, outcome: StageOutcome, ended_on: date, findings: str, by: Side, today: date
) -> list[Event]:
    """End the stage that runs. Only a body decides: negotiation and mediation end agreed, failed or withdrawn.

    Raises `contracts.no_such_stage_running`, `contracts.outcome_does_not_fit`, `contracts.stage_date_wrong`.
    """
    require_state(contract, "end_dispute_stage", "disputed")
    running = contract.stages[-1] if contract.stages else None
    if running is None or running.outcome is not None or running.stage != stage:
        raise refusal("contracts.no_such_stage_running", field="stage", stage=stage)
    rules = Rules()
    rules.require(outcome != "decided" or stage in FORUMS, "contracts.outcome_does_not_fit", field="outcome")
    rules.require(running.begun_on <= ended_on <= today, "contracts.stage_date_wrong", field="ended_on")
    rules.enforce()
    return [DisputeStageEnded(stage=stage, outcome=outcome, ended_on=ended_on, findings=findings, recorded_by=by)]
