# SPDX-License-Identifier: Apache-2.0
"""What the regime makes of a resource: must it be shared, does it count, when is it due, was its purchase reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.resources.facts import Facts
from domain.resources.funding import is_encouraged, is_public
from domain.resources.registry_events import ResourceAssessed
from domain.resources.review import RULE, review_needed
from domain.resources.state import LIVE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.citation import Basis
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.events import ResourceRegistered
    from domain.resources.state import Resource

FACILITY = "research_facility"
"""The only type that a minimum value applies to (CQ 3)."""
DAYS = "resource.listing_deadline_days"
RESTS_ON = (
    "scope.mandatory_funding",
    "scope.mixed_funding_min_share",
    "scope.voluntary_funding",
    "resource.facility_min_value",
    "resource.facility_min_value_inclusive",
)
PERIOD = (DAYS, "resource.listing_deadline_start", "resource.listing_deadline_day_kind")
"""What the edition of the day of acceptance says, as that is the day the duty began on (A04)."""


@dataclass(frozen=True, slots=True)
class Then:
    """The editions of the days of its acceptance and of its purchase; None where that is the one in force (A04)."""

    accepted: Edition | None = None
    bought: Edition | None = None


NOW = Then()


def counts(type_: str, value_fen: int, edition: Edition) -> bool:
    """Whether the regime counts it as a resource at all: a facility from the minimum value on (CQ 3, A07; CQ-3.1)."""
    least = edition.optional("resource.facility_min_value")
    if type_ != FACILITY or least is None:
        return True
    least_fen = edition.fen("resource.facility_min_value")
    inclusive = edition.optional("resource.facility_min_value_inclusive")
    return value_fen >= least_fen if inclusive else value_fen > least_fen


def last_day(new_on: date, edition: Edition) -> date | None:
    """The last day of the listing period, included; the day it starts on is not counted (CQ 12, A13; CQ-12.1).

    None where neither the regime nor a decision gives a number of days. Counted in calendar days, without a shift for
    holidays: the regimes let nobody decide otherwise (A13).
    """
    days = edition.optional(DAYS)
    return None if days is None else new_on + timedelta(days=days)


def assess(facts: Facts, edition: Edition, then: Then = NOW) -> ResourceAssessed:
    """Judge a resource by the edition in force; its listing and its purchase by those of their own days (A04).

    Only what is public and counted is ever due (A84), and only what became new under the regime (CQ 12 「新增」).
    A number of days that the regulation itself does not give is a warning, never overdue (A14, A79).
    """
    public, counted = is_public(facts.funding, edition), counts(facts.type, facts.value_fen, edition)
    new_on, accepted, bought = facts.accepted_on, then.accepted or edition, then.bought or edition
    is_new = new_on is not None and new_on >= accepted.value("policy.effective_from")
    due_on = last_day(new_on, accepted) if new_on and is_new and public and counted else None
    return ResourceAssessed(
        public=public,
        encouraged=is_encouraged(facts.funding, edition),
        counted=counted,
        listing_due_on=due_on,
        listing_binding=due_on is not None and not accepted.parameter(DAYS).silent,
        review=review_needed(facts, bought),
        basis=_basis(edition, accepted, bought),
    )


def _basis(edition: Edition, accepted: Edition, bought: Edition) -> Basis:
    """That of the edition in force, completed by what the period and the review were taken from."""
    bases = (edition.basis(*RESTS_ON), accepted.basis(*PERIOD), bought.basis(*RULE))
    articles = tuple(dict.fromkeys(place for basis in bases for place in basis.articles))
    values = {name: value for basis in bases for name, value in basis.values.items()}
    return bases[0].model_copy(update={"articles": articles, "values": values})


def facts_of(stated: Resource | ResourceRegistered) -> Facts:
    """The particulars of a resource that decide, as they are or as they are about to be registered."""
    return Facts(
        type=stated.type,
        value_fen=stated.original_value_fen,
        funding=stated.funding,
        accepted_on=stated.accepted_on,
        acquired_on=stated.acquired_on,
        equipment=stated.type == FACILITY or stated.bookable or stated.large or bool(stated.class_code),
    )


def reassess(state: Resource, edition: Edition, then: Then = NOW) -> list[Event]:
    """Judge again, after a change of particulars or of policy; nothing follows where the judgement stays the same."""
    found = assess(facts_of(state), edition, then)
    same = state.assessment is not None and state.assessment.says_the_same(found)
    return [] if same else [found]


def judge_again(state: Resource, *, edition: Edition, then: Then = NOW) -> list[Event]:
    """Judge on demand: what was registered before there were judgements, or after a decision changed the rule.

    Raises `resources.wrong_state`, `resources.nothing_changed`.
    """
    require_state(state, "assess", *LIVE)
    found = reassess(state, edition, then)
    if not found:
        raise refusal("resources.nothing_changed")
    return found
