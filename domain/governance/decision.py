# SPDX-License-Identifier: Apache-2.0
"""A recorded decision of an authority: what every other deciding fact may refer to (JS 5, CQ 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.governance.events import DecisionAnnulled, DecisionCorrected, DecisionRecorded
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from domain.governance.values import Body, Minutes
    from domain.kernel.personal import Personal
    from domain.policy import Edition

APPROVAL = "policy.council_approval_required"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands. `organisation` is the legal person of the authority, where it has one here."""

    number: str
    body: Body
    organisation: UUID | None
    title: str
    decided_on: date
    digest: str
    minutes: Minutes | None
    names: Personal | None
    annulled: bool = False


def evolve(state: Decision | None, event: DecisionRecorded | DecisionCorrected | DecisionAnnulled) -> Decision:
    """The decision after an event."""
    if isinstance(event, DecisionRecorded):
        return Decision(**{name: value for name, value in event if name != "basis"})
    assert state is not None
    if isinstance(event, DecisionAnnulled):
        return replace(state, annulled=True)
    return replace(state, **{name: value for name, value in event if name not in ("basis", "reason")})


DECISION = Aggregate("governance.Decision", evolve, (DecisionRecorded, DecisionCorrected, DecisionAnnulled))


def require_standing(state: Decision, edition: Edition, *, field: str | None = None) -> None:
    """Refuse what would rest on an annulled decision: `governance.decision_annulled`."""
    if state.annulled:
        citation = edition.citation(APPROVAL)
        raise refusal("governance.decision_annulled", citation=citation, field=field, number=state.number)


def require_body(state: Decision, bodies: Iterable[str], edition: Edition, parameter: str, *, field: str) -> None:
    """Refuse a decision of a body that may not decide the matter: `governance.decision_of_another_body`."""
    allowed = tuple(bodies)
    if state.body not in allowed:
        raise refusal(
            "governance.decision_of_another_body",
            citation=edition.citation(parameter),
            field=field,
            number=state.number,
            body=state.body,
            possible_body=", ".join(allowed),
        )


def require_house(state: Decision, organisation: UUID | None, edition: Edition, *, field: str) -> None:
    """Refuse what another department or place decided for itself: `governance.decision_of_another_organisation`.

    A decision without an organisation is of a time or an import that did not state one.
    """
    if state.organisation not in (None, organisation):
        raise refusal(
            "governance.decision_of_another_organisation",
            citation=edition.citation(APPROVAL),
            field=field,
            number=state.number,
            body=state.body,
            organisation=str(state.organisation),
            expected=str(organisation or ""),
        )
