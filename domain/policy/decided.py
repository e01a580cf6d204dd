# SPDX-License-Identifier: Apache-2.0
"""Everything decided in one jurisdiction, folded from one stream, and the editions as decisions complete them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate
from domain.policy import events as facts
from domain.policy.overlay import completed
from domain.policy.parameter import Decision
from domain.policy.version import Version

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy.edition import Edition

STREAM = UUID("6d3a1c52-7c1e-5b8e-9f55-2f0b7f3c9a01")
"""The stream of decisions: one in each jurisdiction, so that every command can name it without looking for it."""
KEPT = 1000


@dataclass(frozen=True)
class Decided:
    """Drafts and decisions: what something happened to last stands last."""

    versions: tuple[Version, ...] = ()

    @cached_property
    def _editions(self) -> dict[tuple[int, date, str], tuple[Edition, Edition]]:
        return {}

    def version(self, id_: UUID) -> Version | None:
        """One of them by its id."""
        return next((version for version in self.versions if version.id == id_), None)

    def in_force_on(self, day: date, territory: str = "") -> list[Version]:
        """What holds on a day in a territory: by effective date, later decisions last, its own at the end."""
        holding = [
            (bool(each.territory), each.decision.effective_from, place, each)
            for place, each in enumerate(self.versions)
            if each.decision is not None and each.territory in ("", territory) and each.holds_on(day)
        ]
        return [each for *_, each in sorted(holding, key=itemgetter(0, 1, 2))]

    def completing(self, edition: Edition, day: date, territory: str = "") -> Edition:
        """An edition with what has been decided for a day. Raises `DomainError` `policy.expired`.

        Kept for the next command of the same day; the kept edition holds the one it was made from, whose identity
        is part of the key.
        """
        key = (id(edition), day, territory)
        kept = self._editions.get(key)
        if kept is None:
            whole = completed(edition, self.in_force_on(day, territory))
            last_day = whole.optional("policy.expires_on")
            if last_day is not None and day > last_day:
                cited = whole.citation("policy.expires_on")
                raise refusal("policy.expired", citation=cited, regime=edition.regime, expires_on=last_day.isoformat())
            if len(self._editions) >= KEPT:
                self._editions.clear()
            kept = self._editions[key] = (edition, whole)
        return kept[1]


def evolve(state: Decided | None, event: Event) -> Decided:
    """All decisions after an event."""
    versions = state.versions if state else ()
    if (begin := _BEGINS.get(type(event))) is not None:
        return Decided((*versions, begin(event)))
    named, step = _STEPS[type(event)]
    rest = [each for each in versions if each.id != named(event)]
    return Decided((*rest, *(step(each, event) for each in versions if each.id == named(event))))


def _decision(reference: str, event: Any, territory: str = "") -> Decision:  # noqa: ANN401 - any event that decides
    return Decision(
        reference=reference,
        decided_by=event.decided_by,
        decided_on=event.decided_on,
        effective_from=event.effective_from,
        territory=territory,
    )


def _drafted(event: facts.PolicyVersionDrafted) -> Version:
    return Version(event.version, event.title, "drafted", event.values, event.entries, event.reason)


def _adopted(event: facts.LocalMeasuresAdopted) -> Version:
    return Version(
        event.measures,
        event.title,
        "approved",
        event.values,
        legal_person=event.legal_person,
        territory=event.territory,
        decision=_decision(event.document_number, event, event.territory),
    )


def _approved(version: Version, event: facts.PolicyVersionApproved) -> Version:
    return replace(version, state="approved", decision=_decision(event.decision, event))


def _repealed(number: Callable[[Any], str], version: Version, event: Any) -> Version:  # noqa: ANN401 - of two types
    return replace(version, state="repealed", repeal=_decision(number(event), event, version.territory))


_BEGINS: dict[type[Event], Callable[[Any], Version]] = {
    facts.PolicyVersionDrafted: _drafted,
    facts.LocalMeasuresAdopted: _adopted,
}
_STEPS: dict[type[Event], tuple[Callable[[Any], UUID], Callable[[Version, Any], Version]]] = {
    facts.PolicyVersionApproved: (lambda event: event.version, _approved),
    facts.PolicyVersionWithdrawn: (
        lambda event: event.version,
        lambda version, event: replace(version, state="withdrawn", reason=event.reason),
    ),
    facts.PolicyVersionRepealed: (lambda event: event.version, partial(_repealed, lambda event: event.decision)),
    facts.LocalMeasuresRepealed: (
        lambda event: event.measures,
        partial(_repealed, lambda event: event.document_number),
    ),
}
DECIDED = Aggregate("policy.Decisions", evolve, (*_BEGINS, *_STEPS))
