# SPDX-License-Identifier: Apache-2.0
"""Notices that must be read and questions that must be answered before booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def must_read(case: Case, rules: Rules) -> None:
    """The user says that the notices have been read."""
    notices = case.house.must_read
    rules.require(
        case.wish.rules_read or not notices,
        "reservations.notices_not_read",
        citation=case.published,
        field="rules_read",
        overridable_by=BY_THE_UNIT,
        notices="; ".join(notices),
        **case.versions,
    )


def questions(case: Case, rules: Rules) -> None:
    """Every question of the instrument has an answer."""
    for question in case.house.questions:
        rules.require(
            bool(case.wish.answers.get(question, "").strip()),
            "reservations.question_unanswered",
            citation=case.published,
            field=f"answers.{question}",
            overridable_by=BY_THE_UNIT,
            question=question,
            **case.versions,
        )
