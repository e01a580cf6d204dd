# SPDX-License-Identifier: Apache-2.0
"""Keep a user from booking anywhere on the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.standing.keeping import kept, require_of_another
from domain.kernel.time import Instant
from domain.standing import bans
from domain.standing.ids import EVERYWHERE, standing_id

if TYPE_CHECKING:
    from application.work import Work


class BanUserEverywhere(Command):
    """Keep a user from booking with any unit that has published rules on conduct, by a registered decision."""

    TARGET = "standing"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "until": "2026-12-31T00:00:00+08:00",
                "ground": "breach",
                "reason": "多次转借账号",
                "decision_reference": "苏科统筹决〔2026〕1号",
            }
        }
    )

    user: UUID
    until: Instant | None = None
    ground: Literal["safety", "breach", "unpaid", "other"]
    reason: Words
    decision_reference: Words

    @property
    def standing(self) -> UUID:
        """The stream of what holds with all units."""
        return standing_id(EVERYWHERE, self.user)


def ban_user_everywhere(command: BanUserEverywhere, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    require_of_another(work, command.user)
    stream, state, opening = kept(work, EVERYWHERE, command.user)
    require_decision(work, command.decision_reference)
    ban = work.new_id()
    decided = bans.ban(
        state,
        ban=ban,
        scope="global",
        resource=None,
        until=command.until,
        ground=command.ground,
        reason=command.reason,
        versions=None,
        decision=command.decision_reference,
        published=True,
        edition=work.edition(),
        now=work.now,
    )
    work.append(stream, *opening, *decided)
    return Result(stream, {"ban": str(ban)})
