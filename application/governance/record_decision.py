# SPDX-License-Identifier: Apache-2.0
"""Register a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import ConfigDict, Field

from application.command import Result, Words
from application.governance.authority import body_of
from application.governance.decision_command import EXAMPLE, DecisionStatement
from domain.governance import recording
from domain.governance.values import Body, JointParty
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Work


class RecordDecision(DecisionStatement):
    """Enter what an authority decided, with its number; also what was decided long ago (JS 5, CQ 6).

    The authority is that of the actor's role; only an import states it. `jointly_with` are the others that took it
    together: the decision serves each of them as their own. State secrets must never be entered.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"number": "苏科统理〔2026〕1号", **EXAMPLE}})

    number: Words
    body: Body | None = None
    jointly_with: Annotated[tuple[JointParty, ...], Field(max_length=20)] = ()


def record_decision(command: RecordDecision, work: Work) -> Result:
    """Raises `DomainError` with every broken rule; `KeyTaken` where the authority has registered the number already.

    Raises `NotFound` for a legal person that is not known.
    """
    decision = work.new_id()
    for party in command.jointly_with:
        if party.organisation is not None:
            work.load(LEGAL_PERSON, party.organisation)
    events = recording.record(
        number=command.number,
        body=body_of(work, command.body),
        organisation=work.actor.organisation,
        content=command.content(decision),
        edition=work.edition(),
        today=local_date(work.now),
        jointly_with=command.jointly_with,
    )
    work.append(decision, *events)
    return Result(id=decision)
