# SPDX-License-Identifier: Apache-2.0
"""Which rules of a request an application breaks: the same predicates, but for those that speak of a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.reservations.house import facts_for, house_of
from domain.kernel.errors import Rules
from domain.kernel.time import Span
from domain.parties.group import GROUP
from domain.reservations.facts import Wish
from domain.reservations.rules import PREDICATES
from domain.reservations.rules.case import Case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.kernel.errors import Violation
    from domain.reservations.facts import Asker
    from domain.resources.resource import Resource

TIMELESS = frozenset(
    {
        "resource.published",
        "resource.provider_takes_part",
        "limit.user_kind",
        "person.purpose",
        "person.audience",
        "person.active",
        "person.belongs",
        "person.organisation",
        "papers.voucher_for_others",
        "papers.voucher_owner",
        "price.priced",
        "conduct.feedback",
        "conduct.ban",
    }
)
"""Rules that bind whoever sends samples; those on hours, lengths and quotas are judged with each test."""
NOMINAL = timedelta(hours=1)
"""Any length: a span is needed to ask for a price at all, and no rule above looks at it."""


def judged(
    work: Work,
    found: Loaded[Resource],
    user: UUID,
    *,
    purpose: str,
    items: dict[str, int],
    samples: int,
    voucher_grant: UUID | None,
) -> tuple[Asker, Sequence[Violation]]:
    """For whom the order is, and every rule that it breaks. Raises `NotFound`."""
    wish = Wish(
        span=Span(start=work.now, end=work.now + NOMINAL),
        purpose=purpose,
        service_mode="commissioned_test",
        use_type="commissioned_test",
        samples=samples,
        items=items,
        voucher_grant=voucher_grant,
        requested_by=work.actor.user,
    )
    edition = work.edition()
    asker, offer = facts_for(work, found.id, found.state, user, wish, edition, counters=False)
    rules, case = Rules(), Case(wish, asker, offer, edition, work.now)
    for name, predicate in PREDICATES:
        if name in TIMELESS:
            predicate(case, rules)
    return asker, rules.broken


def leader_of(work: Work, resource: Resource, asker: Asker, group: UUID | None) -> tuple[UUID | None, bool]:
    """The leader who has to approve, if any; and whether one is demanded though no group is named.

    House rules demand it of everybody without an exempt tag, a group of its members. A leader needs no approval.
    """
    house = house_of(work, resource)
    steps = (house.rules.approval or ()) if house else ()
    by_rule = any(step.approver == "group_leader" and not asker.conduct.tags & set(step.exempt_tags) for step in steps)
    if group is None:
        return None, by_rule
    found = work.load(GROUP, group).state
    if not found.books_for(asker.user, asker.customer):
        return None, True
    wanted = by_rule or found.demand_for(asker.user) is not None
    return (found.leader if wanted and found.leader != asker.user else None), False
