# SPDX-License-Identifier: Apache-2.0
"""Check for duplicates."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.purchasing.permits import edition_of
from application.succession import living
from application.work import Work
from domain.parties.unit import UNIT
from domain.purchasing.checking import complete_check
from domain.purchasing.facilities import search_for
from domain.purchasing.review import PURCHASE_REVIEW


class CompleteDuplicateCheck(Command):
    """Search the registry for shared facilities of the same class or model, and record what was found (CQ 22.b, A25).

    The answer explains each candidate; it informs the reviewer and refuses nothing.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a", "remarks": "同城一台机时利用率较低"}
        }
    )

    review: UUID
    remarks: str = Field(default="", max_length=4000)


def complete_duplicate_check(command: CompleteDuplicateCheck, work: Work) -> Result:
    """Raises `NotFound`, and what `checking.complete_check` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    unit = work.load(UNIT, living(work, found.state.unit))
    place = {"city": unit.state.city, "district": unit.state.district}
    search = search_for(found.state.purchase, unit=unit.id, **place)
    matches = work.registry.duplicates(search, work.now)
    edition = edition_of(work, found.state)
    work.append(found.id, *complete_check(found.state, matches, remarks=command.remarks, edition=edition))
    return Result(id=found.id, data=matches.model_dump(mode="json"))
