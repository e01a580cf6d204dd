# SPDX-License-Identifier: Apache-2.0
"""What a query for due work answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from application.command import Command
    from infrastructure.bootstrap import Jurisdiction

    DueQuery = Callable[[Jurisdiction, datetime], Iterable["DueWork"]]


@dataclass(frozen=True, slots=True)
class DueWork:
    """A command that is due. `key` is what it is due for: with the command's name it gives the command's id.

    The command says nothing but what is due, so that it is the same whenever and by whomever it is issued.
    """

    key: UUID
    command: Command

    @property
    def command_id(self) -> UUID:
        """The same in every worker and at every tick: the log takes it once."""
        return uuid5(self.key, type(self.command).__name__)
