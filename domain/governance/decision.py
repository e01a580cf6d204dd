# SPDX-License-Identifier: Apache-2.0
"""A recorded decision of an authority: what every other deciding fact may refer to (JS 5, CQ 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.governance.events import DecisionAnnulled, DecisionCorrected, DecisionRecorded, DecisionTakenJointly
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from domain.governance.values import Body, JointParty, Minutes
    from domain.kernel.personal import Personal
    from domain.policy import Edition

APPROVAL = "policy.council_approval_required"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands, registered by `body`; `jointly_with` are the others who took it.

    `organisation` is the legal person of the authority, where it has one here.
    """

    number: str
    body: Body
    organisation: UUID | None
    title: str
    decided_on: date
    digest: str
    minutes: Minutes | None
    names: Personal | None
    annulled: bool = False
    jointly_with: tuple[JointParty, ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """The kinds of authorities that took it, the one that registered it first."""
        return tuple(dict.fromkeys((self.body, *(party.body for party in self.jointly_with))))

    def houses(self, body: str) -> frozenset[UUID | None]:
        """The legal persons of the authorities of a kind that took it; None stands for one that states none."""
        own = {self.organisation} if body == self.body else set()
        return frozenset(own | {party.organisation for party in self.jointly_with if party.body == body})


Change = DecisionTakenJointly | DecisionCorrected | DecisionAnnulled


def evolve(state: Decision | None, event: DecisionRecorded | Change) -> Decision:
    """The decision after an event."""
    if isinstance(event, DecisionRecorded):
        return Decision(**{name: value for name, value in event if name != "basis"})
    assert state is not None
    if isinstance(event, DecisionAnnulled):
        return replace(state, annulled=True)
    if isinstance(event, DecisionTakenJointly):
        return replace(state, jointly_with=event.parties)
    return replace(state, **{name: value for name, value in event if name not in ("basis", "reason")})


DECISION = Aggregate(
    "governance.Decision", evolve, (DecisionRecorded, DecisionTakenJointly, DecisionCorrected, DecisionAnnulled)
)


def require_standing(state: Decision, edition: Edition, *, field: str | None = None) -> None:
    """Refuse what would rest on an annulled decision: `governance.decision_annulled`."""
    if state.annulled:
        citation = edition.citation(APPROVAL)
        raise refusal("governance.decision_annulled", citation=citation, field=field, number=state.number)


def require_body(state: Decision, bodies: Iterable[str], edition: Edition, parameter: str, *, field: str) -> None:
    """Refuse a decision that no body took that may decide the matter: `governance.decision_of_another_body`."""
    allowed = tuple(bodies)
    if not set(allowed).intersection(state.bodies):
        raise refusal(
            "governance.decision_of_another_body",
            citation=edition.citation(parameter),
            field=field,
            number=state.number,
            body=", ".join(state.bodies),
            possible_body=", ".join(allowed),
        )


def require_house(state: Decision, body: str, organisation: UUID | None, edition: Edition, *, field: str) -> None:
    """Refuse what other departments or places decided for themselves: `governance.decision_of_another_organisation`.

    `body` is the kind of authority that acts. A decision without an organisation is of a time or an import that did
    not state one.
    """
    houses = state.houses(body)
    if not houses.intersection((None, organisation)):
        raise refusal(
            "governance.decision_of_another_organisation",
            citation=edition.citation(APPROVAL),
            field=field,
            number=state.number,
            body=body,
            organisation=", ".join(sorted(map(str, houses))),
            expected=str(organisation or ""),
        )
