# SPDX-License-Identifier: Apache-2.0
"""What the log says about reservations: folded claims, and the times that are held."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from domain.catalogue import claims_of
from domain.kernel.time import Span
from infrastructure.bootstrap import Jurisdiction
from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.tail import read_between
from infrastructure.history.claim_fold import ClaimFold

END = 2**62
Held = tuple[int, Span]
"""A lane, and the time held on it."""


@dataclass
class Following:
    """The claims of the whole history, folded as it grows, beside the tables."""

    home: Jurisdiction
    fold: ClaimFold = field(default_factory=ClaimFold)
    position: int = 0
    known: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Look from here on, so that what one example broke is not found again in the next."""
        self.known += self.problems()

    def problems(self) -> list[str]:
        """Where the tables are not what history says."""
        return [problem for problem in self._problems() if problem not in self.known]

    def _problems(self) -> list[str]:
        mapper = EventMapper(None)
        with self.home.database.connect() as connection:
            for item in read_between(connection, self.position, END, 10_000):
                recorded = mapper.to_recorded(item.event, item.position, item.recorded_at)
                self.fold.apply(claims_of(recorded.stream, recorded.event), recorded.event.TYPE)
                self.position = item.position
            return self.fold.compare(connection).problems

    def held(self, resource: UUID) -> list[Held]:
        """The times held on a resource according to history."""
        slots = (slot for slot in self.fold.slots.values() if slot[0] == resource)
        return [(lane, Span(start=start, end=end)) for _, lane, start, end in slots]


def overlapping(held: Iterable[Held]) -> list[tuple[Held, Held]]:
    """Pairs on one lane that share a moment."""
    known = list(held)
    return [
        (first, second)
        for place, first in enumerate(known)
        for second in known[:place]
        if first[0] == second[0] and first[1].overlaps(second[1])
    ]
