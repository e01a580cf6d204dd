# SPDX-License-Identifier: Apache-2.0
"""Answer the questions after a use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.billing.fund_cards import charge_to
from application.command import Code, Command, Result
from application.guards import own_self
from application.standing.rules import bound_by
from domain.kernel.house_rules import FeedbackRule, Name
from domain.reservations import records
from domain.reservations.reservation import RESERVATION
from domain.standing import feedback
from domain.standing.ids import standing_id
from domain.standing.standing import STANDING

if TYPE_CHECKING:
    from application.work import Work


Answer = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class GiveFeedback(Command):
    """Answer, as the user, the questions that were published before the request; a score also rates the use."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "answers": {"仪器状态": "正常"},
                "score": "4.5",
            }
        }
    )

    reservation_id: UUID
    answers: dict[Name, Answer] = Field(default_factory=dict, max_length=30)
    score: Decimal | None = Field(default=None, ge=1, le=5, decimal_places=1)
    fund_card: Code | None = Field(default=None, description="The fund card to be charged, where it is named only now")


def give_feedback(command: GiveFeedback, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    own_self(work, loaded.state.user)
    stream = standing_id(loaded.state.unit, loaded.state.user)
    found = work.find(STANDING, stream)
    decided = feedback.give(
        found.state if found else None,
        reservation=loaded.id,
        answers=command.answers,
        score=command.score,
        rule=bound_by(work, loaded.state).rules.feedback or FeedbackRule(),
    )
    work.append(stream, *decided)
    if command.score is not None:
        work.append(loaded.id, *records.rate(loaded.state, score=command.score, comment=""))
    if command.fund_card is not None:
        charge_to(work, work.claims.owner("order.reservation", f"service:{loaded.id}"), command.fund_card)
    return Result(stream)
