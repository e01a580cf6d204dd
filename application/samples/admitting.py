# SPDX-License-Identifier: Apache-2.0
"""Which rules of a request an application breaks: the same predicates, but for those that speak of a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.reservations.house import facts_for, house_of
from domain.kernel.errors import Rules
from domain.kernel.time import Span
from domain.reservations.approval_chain import leader_asked
from domain.reservations.facts import Wish
from domain.reservations.rules import PREDICATES
from domain.reservations.rules.case import Case
from domain.reservations.rules.group import leader_steps
from domain.samples.events import SampleApprovalAsked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.kernel.errors import Violation
    from domain.reservations.facts import Asker
    from domain.reservations.judged_events import AskedApproval
    from domain.resources.resource import Resource
    from domain.samples.events import CustomerKindStated

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
        "conduct.credit_line",
    }
)
"""Rules that bind whoever sends samples; those on hours, lengths and quotas are judged with each test."""
NOMINAL = timedelta(hours=1)
"""Any length: a span is needed to ask for a price at all, and no rule above looks at it."""


def judged(  # noqa: PLR0913 - what a wish says
    work: Work,
    found: Loaded[Resource],
    user: UUID,
    *,
    purpose: str,
    items: dict[str, int],
    samples: int,
    voucher_grant: UUID | None,
    group: UUID | None,
    kind: CustomerKindStated | None = None,
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
        group=group,
        price_kind=kind.user_kind if kind else None,
        kind_reason=kind.reason if kind else "",
        requested_by=work.actor.user,
    )
    edition = work.edition()
    asker, offer = facts_for(work, found.id, found.state, user, wish, edition, counters=False)
    rules, case = Rules(), Case(wish, asker, offer, edition, work.now)
    for name, predicate in PREDICATES:
        if name in TIMELESS:
            predicate(case, rules)
    return asker, rules.broken


def leader_of(work: Work, resource: Resource, asker: Asker) -> tuple[AskedApproval | None, bool]:
    """The leader who has to approve, if any, with time limit and declared outcome; and whether none is there to ask.

    House rules demand it of everybody without an exempt tag, a group of its members; of both the stricter terms count,
    as for a booking. A leader needs no approval. No price is known before the samples: none exempts.
    """
    house = house_of(work, resource)
    steps = leader_steps((house.rules.approval or ()) if house else ())
    by_rule = next((step for step in steps if not asker.conduct.tags & set(step.exempt_tags)), None)
    if asker.group is None or not asker.group.books:
        return None, by_rule is not None or asker.group is not None
    return leader_asked(asker, by_rule, fee_fen=None), False


def time_limit(asked: AskedApproval | None, now: datetime) -> SampleApprovalAsked | None:
    """Until when the leader decides; it runs from the application on. None where nobody set a limit."""
    if asked is None or asked.user is None or asked.limit_hours is None:
        return None
    due_at = now + timedelta(hours=asked.limit_hours)
    return SampleApprovalAsked(leader=asked.user, due_at=due_at, on_time_out=asked.on_time_out)
