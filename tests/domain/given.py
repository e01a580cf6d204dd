# SPDX-License-Identifier: Apache-2.0
"""Given past events, when something is decided, then these events follow, or a refusal.

>>> given(UNIT, registered).when(unit.publish_sharing_rules, title="…", ...).then(SharingRulesPublished(...))
>>> given(UNIT).when(unit.register, code="U01", ...).then(UnitRegistered(...))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.kernel.event import Aggregate, Event


@dataclass(frozen=True)
class Outcome:
    """What a decision came to: events or a refusal."""

    aggregate: Aggregate[Any]
    past: tuple[Event, ...]
    events: tuple[Event, ...]
    refused: DomainError | None

    def then(self, *expected: Event) -> Outcome:
        """Exactly these events follow, and they fold. An expected event without `basis` says nothing about it."""
        if self.refused is not None:
            raise self.refused
        seen = (
            tuple(
                event if wanted.basis is not None else event.model_copy(update={"basis": None})
                for event, wanted in zip(self.events, expected, strict=False)
            )
            + self.events[len(expected) :]
        )
        assert seen == expected
        self.aggregate.fold((*self.past, *self.events))
        return self

    def then_refused(self, *codes: str) -> DomainError:
        """Exactly these rules are broken, in any order; the error is returned for a closer look."""
        assert self.refused is not None, f"not refused: {self.events!r}"
        assert sorted(self.refused.codes) == sorted(codes)
        return self.refused

    @property
    def state(self) -> Any:  # noqa: ANN401 - the state of any aggregate
        """The state after what followed."""
        return self.aggregate.fold((*self.past, *self.events))


@dataclass(frozen=True)
class Given:
    """A history to decide upon."""

    aggregate: Aggregate[Any]
    past: tuple[Event, ...]

    @property
    def state(self) -> Any:  # noqa: ANN401 - the state of any aggregate
        """The state after the past."""
        return self.aggregate.fold(self.past)

    def when(self, decision: Callable[..., Sequence[Event]], /, *args: object, **facts: object) -> Outcome:
        """Decide on the state; without a past (something new begins) the decision gets no state."""
        known = (self.state,) if self.past else ()
        try:
            events = tuple(decision(*known, *args, **facts))
        except DomainError as refused:
            return Outcome(self.aggregate, self.past, (), refused)
        return Outcome(self.aggregate, self.past, events, None)


def given(aggregate: Aggregate[Any], *past: Event) -> Given:
    """A history of one aggregate, oldest event first."""
    return Given(aggregate, past)
