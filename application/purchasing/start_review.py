# SPDX-License-Identifier: Apache-2.0
"""Start a review."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.purchasing.permits import edition_of, given
from application.work import Work
from domain.parties.user import USER
from domain.purchasing import reviewing
from domain.purchasing.events import Declaration


class StartReview(Command):
    """Begin, with the reviewing persons and what each declares of interests (A23). The actor is one of them."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "panel": [
                    {
                        "person": "4f2f2a9c-1f0e-4d0a-9d7f-0a1b2c3d4e5f",
                        "conflict": False,
                        "statement": "与申请单位及供应商无利害关系",
                    }
                ],
            }
        }
    )

    review: UUID
    panel: Annotated[tuple[Declaration, ...], Field(min_length=1, max_length=50)]


def start_review(command: StartReview, work: Work) -> Result:
    """Raises `NotFound`, also for a person nobody knows, `NotPermitted`, and what `reviewing.start` raises."""
    found = given(work, command.review)
    for declared in command.panel:
        if declared.person != work.actor.user:
            work.load(USER, declared.person)
    events = reviewing.start(
        found.state,
        role=work.actor.role,
        starter=work.actor.user,
        panel=command.panel,
        edition=edition_of(work, found.state),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
