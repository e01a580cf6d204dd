# SPDX-License-Identifier: Apache-2.0
"""What was proposed or decided together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.policy.parameter import Decision
    from domain.policy.values import ListEntry, ParameterValue

Standing = Literal["drafted", "withdrawn", "approved", "repealed"]


@dataclass(frozen=True, slots=True)
class Version:
    """What was proposed or decided together. `ends_on` is the first day on which it holds no more."""

    id: UUID
    title: str
    state: Standing
    values: tuple[ParameterValue, ...]
    entries: tuple[ListEntry, ...] = ()
    reason: str = ""
    legal_person: UUID | None = None
    territory: str = ""
    decision: Decision | None = None
    repeal: Decision | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a local day."""
        begun = self.decision is not None and self.decision.effective_from <= day
        return begun and (self.repeal is None or day < self.repeal.effective_from)
