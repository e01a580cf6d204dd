# SPDX-License-Identifier: Apache-2.0
"""What is written down beside a request: by which rules it was judged, what it draws on, what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.price_facts import PriceFacts
from domain.reservations.judged_events import OverrideCarriedOver, RequestJudged, RuleOverridden
from domain.reservations.rules import NAMES
from domain.reservations.rules.quotas import counted_group

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.facts import Conduct, Wish
    from domain.reservations.judged_events import AskedApproval, HeldAccessory, QuotaDraw


def judgement(
    admitted: Admitted,
    *,
    draws: tuple[QuotaDraw, ...] | None = None,
    accessories: tuple[HeldAccessory, ...] = (),
    approvals: tuple[AskedApproval, ...] = (),
    anew: bool = False,
    edition: Edition,
) -> list[Event]:
    """The judgement of a request or a move; nothing where no house rule is published and nothing of it is needed.

    `draws` are those of the request itself unless a move draws only the difference. `anew` says it all the same: what
    was judged before for somebody else holds no longer.
    """
    wish, house, conduct = admitted.wish, admitted.offer.house, admitted.asker.conduct
    if house is None and not anew and not _says_more(admitted, approvals):
        return []
    return [
        RequestJudged(
            rules=NAMES,
            resource_rules=house.resource_version if house else None,
            unit_rules=house.unit_version if house else None,
            tags=tuple(sorted(conduct.tags)),
            group=wish.group,
            draws=admitted.draws if draws is None else draws,
            accessories=accessories,
            approvals=approvals,
            price=price_facts(conduct, wish),
            series=wish.series,
            fund_card=wish.fund_card,
            held_from=admitted.held.start,
            held_until=admitted.held.end,
            counted_group=counted_group(wish, admitted.asker),
            basis=edition.basis("resource.publication_items"),
        )
    ]


def price_facts(conduct: Conduct, wish: Wish) -> PriceFacts:
    """What the price of a request depends on beside its time."""
    tags = tuple(sorted(conduct.tags))
    return PriceFacts(
        tags=tags,
        minutes_so_far=conduct.minutes_this_year,
        items=wish.items,
        user_kind=wish.price_kind,
        kind_reason=wish.kind_reason,
    )


def overrides(admitted: Admitted, approver: UUID, *, edition: Edition) -> list[Event]:
    """Who set which rule aside, now or for the reservation that moves, and why: one event for each."""
    basis = edition.basis("resource.publication_items")
    now = [
        RuleOverridden(
            rule=code,
            approver=approver,
            reason=admitted.wish.overrides[code],
            breaches=admitted.breaches[code],
            basis=basis,
        )
        for code in admitted.overridden
    ]
    before = [
        OverrideCarriedOver(
            rule=each.rule,
            approver=each.approver,
            reason=each.reason,
            breaches=admitted.breaches[each.rule],
            basis=basis,
        )
        for each in admitted.carried
    ]
    return [*now, *before]


def _says_more(admitted: Admitted, approvals: tuple[AskedApproval, ...]) -> bool:
    wish, conduct = admitted.wish, admitted.asker.conduct
    priced = bool(conduct.tags or conduct.minutes_this_year)
    asked = (wish.accessories, wish.group, wish.items, wish.fund_card, wish.series, wish.price_kind)
    return bool(approvals or admitted.overridden or admitted.carried) or priced or any(asked)
