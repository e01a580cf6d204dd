# SPDX-License-Identifier: Apache-2.0
"""One jurisdiction on the first day after its demonstration, and how figures of it are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.kernel.time import midnight
from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.readable import Terms
    from projections.paging import Cursor

ALL = 10_000
"""More than the demonstration has of anything listed here."""
AT = midnight(AFTERMATH)
Line = tuple[str, str]


class Gaps(Protocol):
    """What is counted of a unit's gap list."""

    @property
    def in_ledger(self) -> int:
        """Assets of the ledger."""

    @property
    def kinds(self) -> dict[str, int]:
        """How many gaps there are of each kind."""


class GapList(Protocol):
    """Compares a unit's ledger with the registry (ruling 8.24)."""

    def __call__(self, cursor: Cursor, home: Jurisdiction, unit: UUID, now: datetime, /) -> Gaps:
        """The gaps of a unit at a moment."""


@dataclass(frozen=True)
class View:
    """What there is to look at, and the words to tell it in."""

    home: Jurisdiction
    cursor: Cursor
    terms: Terms
    gap_list: GapList

    def counts(self, name: str, values: Iterable[str]) -> str:
        """How many there are of each of the values of a field."""
        return self.told(name, Counter(values))

    def told(self, name: str, counts: dict[str, int]) -> str:
        """`12: 草稿 3, 已发布 9`: the whole, then each in its words."""
        parts = (f"{readable(name, value, 'zh', self.terms)} {count}" for value, count in sorted(counts.items()))
        return f"{sum(counts.values())}: {', '.join(parts)}" if counts else "0"
