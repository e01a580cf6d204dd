# SPDX-License-Identifier: Apache-2.0
"""Commands that speak of a user's standing with a unit: its version can be guarded though nobody states its id."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from application.command import Command
from domain.standing.ids import standing_id


class StandingCommand(Command):
    """Names the user and the unit; the standing they share follows from both."""

    TARGET: ClassVar[str | None] = "standing"

    user: UUID
    unit: UUID

    @property
    def standing(self) -> UUID:
        """The stream of the standing."""
        return standing_id(self.unit, self.user)
