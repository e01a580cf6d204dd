# SPDX-License-Identifier: Apache-2.0
"""Publish the warning catalogue."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.work import Work
from domain.kernel.time import local_date
from domain.purchasing import warning
from domain.purchasing.events import LeftOut
from domain.purchasing.warning import CATALOGUE_ID, WARNING_CATALOGUE


class PublishWarningCatalogue(Command):
    """Publish the latest draft as the next version, without the entries left out for a reason (JS 12.b).

    A request that matches it is flagged from then on, never refused (JS-12.4).
    """

    TARGET: ClassVar[UUID] = CATALOGUE_ID
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "draft": 1,
                "left_out": [{"class_code": "010102", "reason": "两所高校新专业在建"}],
                "document_number": "苏财教〔2026〕77号",
            }
        }
    )

    draft: int = Field(ge=1)
    left_out: Annotated[tuple[LeftOut, ...], Field(max_length=1000)] = ()
    document_number: Code


def publish_warning_catalogue(command: PublishWarningCatalogue, work: Work) -> Result:
    """Raises `NotFound` before the first draft, and what `warning.publish` raises."""
    state = work.load(WARNING_CATALOGUE, CATALOGUE_ID).state
    events = warning.publish(
        state,
        draft_number=command.draft,
        left_out=command.left_out,
        document_number=command.document_number,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(CATALOGUE_ID, *events)
    return Result(id=CATALOGUE_ID, data={"version": state.version + 1})
