# SPDX-License-Identifier: Apache-2.0
"""Uses that are looked back upon, and the feedback that is owed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.standing.events import FeedbackGiven, UseCorrected, UseNoted
from domain.standing.standing import month_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import FeedbackRule
    from domain.standing.standing import Standing


def note_use(
    state: Standing,
    *,
    reservation: UUID,
    resource: UUID,
    ended_at: datetime,
    minutes: int,
    feedback_owed: bool,
    feedback_from: datetime | None = None,
) -> list[Event]:
    """Note a use, once; `feedback_from` where feedback is not owed from its end on."""
    if month_of(reservation, state.uses) is not None:
        return []
    return [
        UseNoted(
            reservation=reservation,
            resource=resource,
            ended_at=ended_at,
            minutes=minutes,
            feedback_owed=feedback_owed,
            feedback_from=feedback_from,
        )
    ]


def correct_use(state: Standing, *, reservation: UUID, ended_at: datetime, minutes: int) -> list[Event]:
    """Follow a correction, where the use was noted at all."""
    if month_of(reservation, state.uses) is None:
        return []
    return [UseCorrected(reservation=reservation, ended_at=ended_at, minutes=minutes)]


def give(
    state: Standing | None,
    *,
    reservation: UUID,
    answers: Mapping[str, str],
    score: Decimal | None,
    rule: FeedbackRule,
) -> list[Event]:
    """Answer the questions that were published, each of them and no others.

    Raises `standing.feedback_not_owed` and, all at once, `standing.question_unanswered`, `standing.question_unknown`.
    """
    if state is None or reservation not in state.owed:
        raise refusal("standing.feedback_not_owed", field="reservation_id")
    rules = Rules()
    for question in rule.questions:
        given = answers.get(question, "").strip()
        rules.require(bool(given), "standing.question_unanswered", field="answers", question=question)
    for question in answers:
        rules.require(question in rule.questions, "standing.question_unknown", field="answers", question=question)
    rules.enforce()
    return [FeedbackGiven(reservation=reservation, answers=dict(answers), score=score)]


def settle(state: Standing, *, reservation: UUID, score: Decimal) -> list[Event]:
    """Let a rating given elsewhere count as the feedback, where any is owed."""
    return [FeedbackGiven(reservation=reservation, answers={}, score=score)] if reservation in state.owed else []


def owed(state: Standing) -> Sequence[datetime]:
    """Since when feedback is missing, use by use, the oldest first."""
    return sorted(state.owed.values())
