# SPDX-License-Identifier: Apache-2.0
"""What is stated of a decision, at its registration and when that is corrected."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue, StringConstraints

from application.command import Command, Sha256, Words
from domain.governance.recording import Content
from domain.governance.values import Minutes, SeatName
from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from uuid import UUID

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
EXAMPLE: dict[str, JsonValue] = {
    "title": "2026年度科技资源统筹服务工作计划",
    "decided_on": "2026-01-05",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "minutes": {
        "seats": [{"seat": "省科学技术厅"}, {"seat": "省财政厅"}, {"seat": "省教育厅", "present": False}],
        "conflicts": [{"seat": "省财政厅", "reason": "下属单位为受益方"}],
        "votes": [{"seat": "省科学技术厅", "choice": "for"}],
    },
    "names": {"省科学技术厅": "示例委员甲", "省财政厅": "示例委员乙"},
}


class DecisionStatement(Command):
    """Title, day, digest of the signed paper, and for a council attendance, conflicts and votes."""

    title: Words
    decided_on: date
    digest: Sha256
    minutes: Minutes | None = None
    names: dict[SeatName, PersonName] = Field(
        default_factory=dict, description="Who filled a seat; stored as personal data"
    )

    def content(self, decision: UUID) -> Content:
        """As the domain takes it; the names are sealed together under a key of the decision's own."""
        sealed = json.dumps(self.names, ensure_ascii=False, sort_keys=True) if self.names else None
        return Content(
            title=self.title,
            decided_on=self.decided_on,
            digest=self.digest,
            minutes=self.minutes,
            names=None if sealed is None else Personal.of(decision, sealed),
            named=tuple(self.names),
        )
