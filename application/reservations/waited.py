# SPDX-License-Identifier: Apache-2.0
"""What is asked for once time is free, and what is wrong with it whatever the time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.reservations.house import facts_for
from domain.kernel.time import Span
from domain.reservations.admission import broken_whenever
from domain.reservations.facts import Wish

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.kernel.errors import Violation
    from domain.reservations.waiting_events import WaitlistJoined
    from domain.resources.resource import Resource


def broken_beforehand(work: Work, joined: WaitlistJoined, found: Loaded[Resource]) -> list[Violation]:
    """The rules of the user and of the form that the request breaks already: waiting would be in vain.

    They are asked of the first moment waited for; none of them speaks of time. Raises `NotFound`.
    """
    start = max(joined.earliest, work.now)
    wish, edition = wish_of(joined, Span(start=start, end=start + timedelta(minutes=joined.minutes))), work.edition()
    asker, offer = facts_for(work, found.id, found.state, joined.user, wish, edition, counters=False)
    return broken_whenever(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now)


def wish_of(joined: WaitlistJoined, span: Span) -> Wish:
    """The request that is made at `span` for whoever waits."""
    asked = joined.request
    return Wish(
        span=span,
        purpose=asked.purpose,
        use_type=asked.use_type,
        project_type=asked.project_type,
        service_mode=asked.service_mode,
        samples=asked.samples,
        contract=asked.contract,
        voucher_grant=asked.voucher_grant,
        requested_by=joined.requested_by,
        answers=dict(asked.answers),
        accessories=asked.accessories,
        group=asked.group,
        items=dict(asked.items),
        fund_card=asked.fund_card,
        rules_read=asked.rules_read,
    )
