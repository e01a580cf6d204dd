# SPDX-License-Identifier: Apache-2.0
"""Every deciding fact elsewhere refers to a registered decision (JS 5, CQ 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from domain.governance.claims import number_of
from domain.governance.decision import APPROVAL, DECISION, Decision, require_body, require_house, require_standing
from domain.governance.values import BODIES, Body
from domain.kernel.actor import Role
from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from application.work import Loaded, Work
    from domain.policy import Edition

COUNCIL = (Role.COUNCIL, Role.COUNCIL_OFFICE)
"""Whose decisions everybody may act on; beside them, an authority acts on its own (JS 5, CQ 6)."""


def require_decision(
    work: Work, number: str, *, bodies: Collection[Role] | None = None, field: str = "decision_reference"
) -> Loaded[Decision]:
    """The decision of that number, which is registered, not annulled, and of a body that the actor may act on.

    `bodies` are those; by default the acting authority itself, the council and its office. What an authority decides,
    alone or with others, serves its own officers alone, not those of another department or place. An import may cite
    any decision.
    `field` is the input that names the number. The commit proves that the decision was still not annulled.
    Raises `DomainError` `governance.decision_of_another_body`, `governance.decision_of_another_organisation` and what
    `require_registered` raises.
    """
    actor = work.actor
    own = (actor.role,) if actor.role in BODIES else ()
    allowed = [body.value for body in dict.fromkeys((*own, *COUNCIL) if bodies is None else bodies)]
    found = require_registered(work, number, preferred=allowed, field=field)
    if actor.role is Role.SYSTEM:
        return found
    edition = work.edition()
    require_body(found.state, allowed, edition, APPROVAL, field=field)
    if not {body.value for body in COUNCIL}.intersection(found.state.bodies, allowed):
        _require_own_house(work, found.state, edition, field=field)
    return found


def require_registered(
    work: Work, number: str, *, preferred: Iterable[str] = (), field: str = "decision_reference"
) -> Loaded[Decision]:
    """The decision of that number, for a matter whose own rule says which body decides it.

    Bodies may use one number: that of a preferred body is meant, or one that it took with others, then that of the
    council, its office and so on; of these the first that is not annulled.
    Raises `DomainError` `governance.decision_not_registered`, `governance.decision_annulled`.
    """
    wanted = tuple(preferred)
    standing: Loaded[Decision] | None = None
    annulled: Loaded[Decision] | None = None
    for body in dict.fromkeys((*wanted, *get_args(Body))):
        stream = work.claims.owner(number_of(body), number)
        found = work.load(DECISION, stream) if stream else None
        if found is None:
            continue
        if found.state.annulled:
            annulled = annulled or found
        elif not wanted or set(wanted).intersection(found.state.bodies):
            return found
        else:
            standing = standing or found
    if standing is not None:
        return standing
    if annulled is None:
        citation = work.edition().citation(APPROVAL)
        raise refusal("governance.decision_not_registered", citation=citation, field=field, number=number)
    require_standing(annulled.state, work.edition(), field=field)
    return annulled


def _require_own_house(work: Work, decision: Decision, edition: Edition, *, field: str) -> None:
    """Of the authorities of the actor's kind, the one that decided is the actor's own."""
    role = work.actor.role.value
    if role in decision.bodies:
        require_house(decision, role, work.actor.organisation, edition, field=field)


def require_same_day(decision: Decision, decided_on: date, *, field: str = "decided_on") -> None:
    """Who states the day of a decision states that of the register: `governance.decided_on_another_day`."""
    if decision.decided_on != decided_on:
        raise refusal(
            "governance.decided_on_another_day",
            field=field,
            number=decision.number,
            decided_on=decision.decided_on.isoformat(),
        )
