# SPDX-License-Identifier: Apache-2.0
"""Draft the warning catalogue."""

from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from application.command import Command, Result
from application.work import Work
from domain.purchasing import warning
from domain.purchasing.warning import CATALOGUE_ID, WARNING_CATALOGUE

Threshold = Annotated[Decimal, Field(gt=0, le=1, max_digits=7, decimal_places=6)]


class DraftWarningCatalogue(Command):
    """Find the classes whose published instruments are little used over the last twelve months (JS 12.b).

    `threshold` is a share of the published open hours (A28), `least_instruments` how many a class must have; both
    are practice, stored with the draft.
    """

    TARGET: ClassVar[UUID] = CATALOGUE_ID
    model_config = ConfigDict(json_schema_extra={"example": {"threshold": "0.30", "least_instruments": 5}})

    threshold: Threshold
    least_instruments: int = Field(ge=1, le=100_000)


def draft_warning_catalogue(command: DraftWarningCatalogue, work: Work) -> Result:
    """Raises `DomainError` `purchasing.no_warning_catalogue`."""
    catalogue, edition = work.find(WARNING_CATALOGUE, CATALOGUE_ID), work.edition()
    events = warning.draft(
        catalogue.state if catalogue else None,
        work.registry.survey(command.least_instruments, work.now),
        threshold=command.threshold,
        least_instruments=command.least_instruments,
        edition=edition,
    )
    work.append(CATALOGUE_ID, *events)
    state = work.load(WARNING_CATALOGUE, CATALOGUE_ID).state
    entries: list[JsonValue] = [entry.model_dump(mode="json") for entry in state.drafted]
    return Result(id=CATALOGUE_ID, data={"draft": state.draft, "entries": entries})
