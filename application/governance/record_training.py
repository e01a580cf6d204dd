# SPDX-License-Identifier: Apache-2.0
"""Record a training or an academic exchange."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from application.command import Command, Result, Sha256, Words
from domain.governance import activity
from domain.governance.events import TrainingRecorded
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class RecordTraining(Command):
    """What was held, when, for how many people of how many organisations (JS 7(3), CQ 8(e)). No names."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "training",
                "topic": "扫描电镜开放机时管理",
                "held_on": "2026-02-18",
                "minutes": 360,
                "participants": 46,
                "organisations": 21,
                "place": "南京",
            }
        }
    )

    kind: Literal["training", "academic_exchange"]
    topic: Words
    held_on: date
    minutes: int = Field(gt=0, le=100_000)
    participants: int = Field(gt=0, le=1_000_000)
    organisations: int = Field(gt=0, le=1_000_000)
    place: Words
    digest: Sha256 | None = None


def record_training(command: RecordTraining, work: Work) -> Result:
    """Raises `DomainError`."""
    new = work.new_id()
    recorded = TrainingRecorded.model_validate(command.model_dump())
    work.append(new, *activity.record_training(recorded, edition=work.edition(), today=local_date(work.now)))
    return Result(id=new)
