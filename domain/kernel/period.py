# SPDX-License-Identifier: Apache-2.0
"""A unit's lock on what is settled: changed by nobody but its head, who says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from domain.kernel.errors import Rules


@dataclass(frozen=True, slots=True)
class Lock:
    """A unit's lock: up to and with a day; `head` may set it aside."""

    through: date
    head: UUID

    def on(self, days: Iterable[date]) -> date | None:
        """The earliest of the days, where it is locked."""
        day = min(days)
        return day if day <= self.through else None

    def leaves(self, actor: UUID, reason: str | None) -> bool:
        """Whether it is the head, and says why."""
        return reason is not None and actor == self.head

    def refuse(self, rules: Rules, code: str, day: date) -> None:
        """Note that a day is locked, and who may touch it all the same."""
        rules.require(
            False,  # noqa: FBT003 - reads as a rule that does not hold
            code,
            field="lock_override",
            day=day.isoformat(),
            through=self.through.isoformat(),
            head=str(self.head),
        )
