# SPDX-License-Identifier: Apache-2.0
"""The rules of a request, all judged at once (JS 14, 15, 16.a; CQ 4, 14, 18; rulings 8.17, 8.18)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError, Rules
from domain.reservations.breach import breach_of, carried_over
from domain.reservations.rules import OVERRIDABLE, WHENEVER, asked
from domain.reservations.rules.case import Case
from domain.reservations.rules.quotas import EXCEEDED, passes_limit, quota_draws

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.kernel.errors import Violation
    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.reservations.facts import Asker, Offer, Opening, Wish
    from domain.reservations.judged_events import Breach, QuotaDraw, RuleOverridden


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that breaks no rule, or none that was not set aside.

    `held` is the span with set-up and clean-down, `draws` what it takes of counters, `overridden` the codes of the
    broken rules that the unit's staff set aside, `carried` those set aside before, for a move that breaks them no
    further; `breaches` say by code how far each of them is broken.
    """

    wish: Wish
    asker: Asker
    offer: Offer
    opening: Opening
    quote: Quote
    held: Span
    draws: tuple[QuotaDraw, ...] = ()
    overridden: tuple[str, ...] = ()
    carried: tuple[RuleOverridden, ...] = ()
    breaches: dict[str, tuple[Breach, ...]] = field(default_factory=dict)


def admit(
    *, wish: Wish, asker: Asker, offer: Offer, edition: Edition, now: datetime, also: Sequence[Violation] = ()
) -> Admitted:
    """Let a request in, also one to move a reservation; `also` are rules found broken before.

    Raises `DomainError` with every broken rule; times are judged against `now`.
    """
    rules, broken = Rules(), broken_rules(wish=wish, asker=asker, offer=offer, edition=edition, now=now)
    set_aside = [violation for violation in broken if _may_be_set_aside(violation, wish, asker)]
    left = [violation for violation in broken if violation not in set_aside]
    carried = carried_over(wish, left, now)
    rules.broken.extend(also)
    rules.broken.extend(violation for violation in left if violation.code not in carried)
    _overrides(rules, wish, asker)
    _granted_for_less(rules, wish, now)
    rules.enforce()
    assert offer.opening is not None, "a missing opening is a broken rule"
    assert not isinstance(offer.price, DomainError), "a missing price is a broken rule"
    held = wish.span.widened(before_minutes=offer.opening.setup_minutes, after_minutes=offer.opening.cleanup_minutes)
    overridden = tuple(dict.fromkeys(violation.code for violation in set_aside))
    forced = wish.entered_afterwards or EXCEEDED in overridden or EXCEEDED in carried
    draws = _kept(quota_draws(wish, asker, offer), offer, forced=forced)
    breaches = {
        code: tuple(breach_of(each, wish.span, now) for each in broken if each.code == code)
        for code in (*overridden, *carried)
    }
    return Admitted(
        wish, asker, offer, offer.opening, offer.price, held, draws, overridden, tuple(carried.values()), breaches
    )


def broken_rules(*, wish: Wish, asker: Asker, offer: Offer, edition: Edition, now: datetime) -> list[Violation]:
    """Every rule that the request breaks, whether or not somebody may set it aside."""
    rules, case = Rules(), Case(wish, asker, offer, edition, now)
    for _, predicate in asked(wish):
        predicate(case, rules)
    return rules.broken


def broken_whenever(*, wish: Wish, asker: Asker, offer: Offer, edition: Edition, now: datetime) -> list[Violation]:
    """The broken rules of the user and of the form alone, which no time mends: those of `WHENEVER`."""
    known = verdicts(wish=wish, asker=asker, offer=offer, edition=edition, now=now)
    return [violation for name, broken in known if name in WHENEVER for violation in broken]


def verdicts(
    *, wish: Wish, asker: Asker, offer: Offer, edition: Edition, now: datetime
) -> list[tuple[str, list[Violation]]]:
    """Every rule by its name, with what it finds broken; the same rules as `broken_rules`, in the same order."""
    case = Case(wish, asker, offer, edition, now)
    found = []
    for name, predicate in asked(wish):
        rules = Rules()
        predicate(case, rules)
        found.append((name, rules.broken))
    return found


def _may_be_set_aside(violation: Violation, wish: Wish, asker: Asker) -> bool:
    return asker.staff and violation.code in wish.overrides and violation.overridable_by is not None


def _overrides(rules: Rules, wish: Wish, asker: Asker) -> None:
    """An override by the wrong person, or of a rule that nobody may set aside, is refused like any broken rule."""
    if not wish.overrides:
        return
    rules.require(asker.staff, "reservations.override_by_unit_only", field="overrides")
    for code in wish.overrides:
        rules.require(
            code in OVERRIDABLE,
            "reservations.not_overridable",
            field=f"overrides.{code}",
            rule=code,
            possible=", ".join(sorted(OVERRIDABLE)),
        )


def _granted_for_less(rules: Rules, wish: Wish, now: datetime) -> None:
    """What was set aside for the reservation does not reach this far: say so, and who could set it aside again."""
    granted = {each.rule: each for each in wish.granted}
    for each in [violation for violation in rules.broken if violation.code in granted]:
        former = granted[each.code].breaches
        rules.require(
            each.overridable_by is None,
            "reservations.new_override_needed",
            citation=each.citation,
            field="overrides",
            rule=each.code,
            role=each.overridable_by or "-",
            extent=breach_of(each, wish.span, now).extent,
            granted_extent=max((breach.extent for breach in former), default=0),
        )


def _kept(draws: tuple[QuotaDraw, ...], offer: Offer, *, forced: bool) -> tuple[QuotaDraw, ...]:
    """A counter that is passed all the same is not drawn upon: its constraint would refuse what is let in.

    That is so where its limit was set aside, and where the use took place already.
    """
    return tuple(draw for draw in draws if not passes_limit(draw, offer.house)) if forced else draws
