# SPDX-License-Identifier: Apache-2.0
"""State a demand."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result, Words
from application.network.permits import Text
from application.work import Work
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.network import demand
from domain.network.events import DemandStated
from domain.parties.user import USER

Keyword = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
MOST_FEN = 10**15


class StateDemand(Command):
    """Say what is needed, where, for how much and until when. State secrets must never be entered (ruling 8.23).

    `class_code` is (the beginning of) a national instrument class; `keywords` name the instrument or the method.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "text": "观察纳米粉体形貌，需能谱分析",
                "keywords": ["扫描电镜", "能谱"],
                "class_code": "010102",
                "city": "南京市",
                "budget_fen": 300000,
                "minutes": 240,
                "needed_by": "2026-06-30",
            }
        }
    )

    text: Words
    keywords: tuple[Keyword, ...] = Field(default=(), max_length=8)
    class_code: str = Field(default="", pattern=r"^(\d{2}){0,3}$")
    city: Text = ""
    district: Text = ""
    budget_fen: int | None = Field(default=None, ge=0, le=MOST_FEN)
    minutes: int | None = Field(default=None, gt=0, le=1_000_000)
    samples: int | None = Field(default=None, gt=0, le=100_000)
    needed_by: date | None = None
    on_behalf_of: UUID | None = Field(default=None, description="The user, where a broker or the centre asks for them")


def state_demand(command: StateDemand, work: Work) -> Result:
    """Raises `NotFound` and what `demand.state_demand` raises."""
    theirs = work.actor.role is not Role.USER and command.on_behalf_of is not None
    user = command.on_behalf_of if theirs and command.on_behalf_of else work.actor.user
    found = work.load(USER, user).state
    new = work.new_id()
    stated = DemandStated.model_validate(
        command.model_dump(exclude={"on_behalf_of"})
        | {"user": user, "customer": found.legal_person, "user_kind": found.user_kind}
    )
    work.append(new, *demand.state_demand(stated, active=found.active, today=local_date(work.now)))
    return Result(id=new)
