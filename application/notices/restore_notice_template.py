# SPDX-License-Identifier: Apache-2.0
"""Go back to the platform's wording of a kind of notice."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.guards import own_unit
from application.work import Work
from domain.notices import template
from domain.notices.addressee import templates_of
from domain.notices.events import Language
from domain.notices.template import WORDINGS


class RestoreNoticeTemplate(Command):
    """Use the platform's wording again, in one language, for notices that concern the unit."""

    TARGET: ClassVar[str | None] = "wordings"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "kind": "reservation_confirmed",
                "language": "zh",
                "reason": "平台模板已更新",
            }
        }
    )

    unit: UUID
    kind: Code
    language: Language
    reason: Words

    @property
    def wordings(self) -> UUID:
        """The stream of the unit's own wordings."""
        return templates_of(self.unit)


def restore_notice_template(command: RestoreNoticeTemplate, work: Work) -> Result:
    """Raises `NotPermitted` and what `template.restore` raises."""
    own_unit(work, command.unit)
    stream = command.wordings
    found = work.find(WORDINGS, stream)
    events = template.restore(found.state if found else None, **command.model_dump())
    work.append(stream, *events)
    return Result(id=stream)
