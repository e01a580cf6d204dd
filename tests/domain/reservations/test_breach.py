# SPDX-License-Identifier: Apache-2.0
"""What was set aside for a reservation holds for a move that breaks the rule no further, and for no other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules
from domain.kernel.time import Span
from domain.reservations.admission import Admitted, admit
from domain.reservations.facts import Banned, Closed, Conduct, House
from domain.reservations.judged_events import Breach, OverrideCarriedOver, RuleOverridden
from domain.reservations.judgement import overrides
from tests.domain.editions import JIANGSU
from tests.domain.reservations.samples import ASKER, NOW, OFFER, WISH, at

STAFF = UUID(int=91)
CLOSURE = UUID(int=92)


def let_in(
    rules: dict[str, Any],
    when: Span = WISH.span,
    *,
    granted: tuple[RuleOverridden, ...] = (),
    closed: tuple[Closed, ...] = (),
    conduct: Conduct | None = None,
    override: str | None = None,
) -> Admitted:
    house = HouseRules.model_validate(rules)
    offer = replace(OFFER, house=House(rules=house, resource=house, unit=None, resource_version=1, unit_version=None))
    wish = replace(WISH, span=when, granted=granted, overrides={override: "验收"} if override else {})
    asker = replace(ASKER, conduct=conduct or Conduct(), staff=override is not None)
    return admit(wish=wish, asker=asker, offer=replace(offer, closed=closed), edition=JIANGSU, now=NOW)


def granted_by(admitted: Admitted) -> tuple[RuleOverridden, ...]:
    events = overrides(admitted, STAFF, edition=JIANGSU)
    return tuple(event for event in events if isinstance(event, RuleOverridden))


LENGTHS = {"lengths": [{"max_minutes": 60}]}
LONGER = "reservations.longer_than_house_rules"


@pytest.mark.parametrize(("end", "goes_along"), [(10, False), (11, True)])
def test_up_to_what_was_set_aside(end: int, *, goes_along: bool) -> None:
    granted = granted_by(let_in(LENGTHS, override=LONGER))
    assert [each.breaches for each in granted] == [(Breach(what="", extent=60),)]
    admitted = let_in(LENGTHS, Span(start=at(9), end=at(end)), granted=granted)
    expected = OverrideCarriedOver(
        rule=LONGER,
        approver=STAFF,
        reason="验收",
        breaches=(Breach(what="", extent=60),),
        basis=JIANGSU.basis("resource.publication_items"),
    )
    assert overrides(admitted, UUID(int=5), edition=JIANGSU) == ([expected] if goes_along else [])


def test_no_further_than_that_and_the_refusal_says_who_could_set_it_aside() -> None:
    granted = granted_by(let_in(LENGTHS, override=LONGER))
    with pytest.raises(DomainError) as refused:
        let_in(LENGTHS, Span(start=at(9), end=at(12)), granted=granted)
    assert refused.value.codes == (LONGER, "reservations.new_override_needed")
    (_, needed) = refused.value.violations
    assert needed.parameters == {"rule": LONGER, "role": "managing_unit", "extent": 120, "granted_extent": 60}
    assert needed.field == "overrides"


def test_the_same_closure_and_no_other() -> None:
    hour = timedelta(hours=1)
    closed = Closed(closure=CLOSURE, level="unit", start=at(10), end=at(11), reason="停电")
    granted = granted_by(let_in({}, closed=(closed,), override="reservations.closed"))
    assert let_in({}, closed=(closed,), granted=granted).carried
    longer = replace(closed, start=closed.start - hour)
    other = replace(closed, closure=UUID(int=93))
    for each in ((longer,), (other,), (closed, other)):
        with pytest.raises(DomainError, match="new_override_needed"):
            let_in({}, closed=each, granted=granted)


def test_the_same_ban_and_no_later_one() -> None:
    ban = Banned(scope="unit", until=at(9, day=20), reason="late")
    rules: dict[str, Any] = {"conduct": {}}
    granted = granted_by(let_in(rules, conduct=Conduct(bans=(ban,)), override="reservations.banned"))
    assert let_in(rules, conduct=Conduct(bans=(ban,)), granted=granted).carried
    later = replace(ban, until=at(9, day=21))
    with pytest.raises(DomainError, match="new_override_needed"):
        let_in(rules, conduct=Conduct(bans=(ban, later)), granted=granted)
    everywhere = replace(ban, scope="global")
    with pytest.raises(DomainError) as refused:
        let_in(rules, conduct=Conduct(bans=(everywhere,)), granted=granted)
    assert refused.value.codes == ("reservations.banned",), "nobody at the unit could set it aside"


def test_an_override_of_which_nothing_is_known_covers_nothing() -> None:
    old = RuleOverridden(rule=LONGER, approver=STAFF, reason="验收")
    with pytest.raises(DomainError, match="new_override_needed"):
        let_in(LENGTHS, granted=(old,))
