# SPDX-License-Identifier: Apache-2.0
"""Word a kind of notice in the unit's own way."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Code, Command, Result, Words
from application.guards import own_unit
from application.work import Work
from domain.notices import template
from domain.notices.addressee import templates_of
from domain.notices.events import Language
from domain.notices.template import WORDINGS, Wording
from domain.parties.unit import UNIT


class ChangeNoticeTemplate(Command):
    """Put a wording of one's own in the place of the platform's, for notices that concern the unit.

    Placeholders stand in braces; `GET /notice-templates` names those of each kind, and
    `GET /notice-templates/preview` shows a wording filled with examples before it is set.
    """

    TARGET: ClassVar[str | None] = "wordings"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "kind": "reservation_confirmed",
                "language": "zh",
                "subject": "预约成功：{instrument}",
                "body": "请于 {starts_at} 到分析测试中心101室，凭证件登记入场。",
                "reason": "写明到场地点",
            }
        }
    )

    unit: UUID
    kind: Code
    language: Language
    subject: Annotated[str, StringConstraints(max_length=1000)]
    body: Annotated[str, StringConstraints(max_length=20000)]
    reason: Words

    @property
    def wordings(self) -> UUID:
        """The stream of the unit's own wordings."""
        return templates_of(self.unit)


def change_notice_template(command: ChangeNoticeTemplate, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `template.change` raises."""
    own_unit(work, command.unit)
    stream = command.wordings
    found = work.find(WORDINGS, stream)
    work.load(UNIT, command.unit)
    events = template.change(
        found.state if found else None,
        Wording(command.subject, command.body),
        unit=command.unit,
        kind=command.kind,
        language=command.language,
        reason=command.reason,
    )
    work.append(stream, *events)
    return Result(id=stream)
