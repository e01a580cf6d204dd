# SPDX-License-Identifier: Apache-2.0
"""Issuing commands on an injected clock, with ids that are the same in every run of a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from application.bus import Request
from application.errors import QuotaExhausted, SlotTaken
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from application.command import Command, Result
    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Jurisdiction

NAMESPACE = UUID("2a4f8c52-7f86-5a0e-a4a3-6d6b4f5f1f0e")


@dataclass
class Issuer:
    """One jurisdiction's command line in the hands of the demonstration.

    Command ids come from a running number, so that a run that was cut off goes on where it stopped: what is already
    in the log answers with its first result.
    """

    jurisdiction: Jurisdiction
    seed: int
    issued: Callable[[], None] = lambda: None
    count: int = field(default=0)

    def do(self, command: Command, actor: Actor, at: datetime) -> Result:
        """Issue a command as if it came at `at`. Raises what the bus raises."""
        self.count += 1
        command_id = uuid5(NAMESPACE, f"{self.jurisdiction.name}/{self.seed}/{self.count}")
        result = self.jurisdiction.bus.execute(Request(command, actor, command_id, command_id, occurred_at=at))
        self.issued()
        return result

    def attempt(self, command: Command, actor: Actor, at: datetime) -> Result | None:
        """Issue a command that may rightly be refused; None then."""
        try:
            return self.do(command, actor, at)
        except (DomainError, SlotTaken, QuotaExhausted):
            return None
