# SPDX-License-Identifier: Apache-2.0
"""The group that a request is made for: who books for it, and what its leader lets them spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError
from domain.reservations.judged_events import QuotaDraw
from domain.reservations.rules.case import BY_THE_UNIT
from domain.reservations.rules.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.errors import Rules
    from domain.kernel.house_rules import ApprovalStep, Recurrence
    from domain.reservations.facts import Asker, Offer, Wish
    from domain.reservations.rules.case import Case

PERIODS: tuple[Recurrence, ...] = ("monthly", "yearly")


def membership(case: Case, rules: Rules) -> None:
    """The user leads the group named or belongs to it, and still works where its members do.

    Its name is told to nobody else: who guesses an id learns nothing of the group.
    """
    group = case.asker.group
    if group is not None:
        rules.require(group.books, "reservations.not_in_group", field="group_id")


def leader_named(case: Case, rules: Rules) -> None:
    """Where the leader's approval is published, somebody must be there to give it."""
    price = case.offer.price
    if case.asker.group is not None or isinstance(price, DomainError):
        return
    needed = any(
        not case.conduct.tags & set(step.exempt_tags)
        and (step.exempt_up_to_fen is None or price.total_fen > step.exempt_up_to_fen)
        for step in leader_steps(case.house.approval or ())
    )
    rules.require(
        not needed,
        "reservations.group_needed",
        citation=case.published,
        field="group_id",
        overridable_by=BY_THE_UNIT,
        **case.versions,
    )


def spending(case: Case, rules: Rules) -> None:
    """No more than the leader has set for the period of the use; a move counts only what it adds."""
    group = case.asker.group
    if group is None:
        return
    for draw in spending_draws(case.wish, case.asker, case.offer):
        before = group.used.get(draw.account, 0)
        rules.require(
            before + draw.amount <= draw.cap or draw.amount <= group.kept.get(draw.account, 0),
            "reservations.group_spending_exceeded",
            field="group_id",
            group=group.name,
            limit_fen=draw.cap,
            used_fen=before,
            asked_fen=draw.amount,
        )


def spending_draws(wish: Wish, asker: Asker, offer: Offer) -> tuple[QuotaDraw, ...]:
    """What the quote takes of what the leader lets this member spend; nothing of what costs nothing."""
    group, price = asker.group, offer.price
    if group is None or isinstance(price, DomainError) or not price.total_fen:
        return ()
    return tuple(
        QuotaDraw(
            quota=f"group_spending_{period}",
            account=f"group:{group.group}:{asker.user}:{period}:{period_of(period, wish.span.start)}",
            cap=group.limits[period],
            amount=price.total_fen,
        )
        for period in PERIODS
        if period in group.limits
    )


def leader_steps(steps: Iterable[ApprovalStep]) -> list[ApprovalStep]:
    """Those of a published chain that a group's leader takes."""
    return [step for step in steps if step.approver == "group_leader"]
