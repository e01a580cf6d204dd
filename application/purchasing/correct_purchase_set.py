# SPDX-License-Identifier: Apache-2.0
"""Correct what counts as a set."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.purchasing.permits import edition_of, given
from application.work import Work
from domain.purchasing import pricing
from domain.purchasing.review import PURCHASE_REVIEW


class CorrectPurchaseSet(Command):
    """A reviewer finds that the items do, or do not, work as one system (A19, A20)."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "one_system": True,
                "reason": "主机与能谱不可分离使用",
            }
        }
    )

    review: UUID
    one_system: bool
    reason: Words


def correct_purchase_set(command: CorrectPurchaseSet, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `pricing.correct_set` raises."""
    found = given(work, command.review)
    events = pricing.correct_set(
        found.state,
        one_system=command.one_system,
        corrector=work.actor.user,
        reason=command.reason,
        edition=edition_of(work, found.state),
    )
    work.append(found.id, *events)
    after = work.load(PURCHASE_REVIEW, found.id).state
    return Result(id=found.id, data={"state": after.state, "band": after.band})
