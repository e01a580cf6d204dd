# SPDX-License-Identifier: Apache-2.0
"""What the regime makes of a resource: whether it must be shared, whether it counts, and until when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.resources.funding import is_encouraged, is_public
from domain.resources.registry_events import ResourceAssessed
from domain.resources.state import LIVE, require_state

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.citation import Basis
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource
    from domain.resources.values import FundingShare

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
class Facts:
    """The particulars that decide. `accepted_on` is the day of the asset's acceptance, from which it is new (A13)."""

    type: str
    value_fen: int
    funding: tuple[FundingShare, ...]
    accepted_on: date | None


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


def assess(facts: Facts, edition: Edition, accepted_under: Edition | None = None) -> ResourceAssessed:
    """Judge a resource by the edition in force, and its listing period by that of the day of its acceptance (A04).

    `accepted_under` is the latter, by default the same: also for what was accepted before any was in force.
    Only what is public and counted is ever due (A84), and only what became new under the regime (CQ 12 「新增」).
    A number of days that the regulation itself does not give is a warning, never overdue (A14, A79).
    """
    public, counted = is_public(facts.funding, edition), counts(facts.type, facts.value_fen, edition)
    new_on, then = facts.accepted_on, accepted_under or edition
    is_new = new_on is not None and new_on >= then.value("policy.effective_from")
    due_on = last_day(new_on, then) if new_on and is_new and public and counted else None
    return ResourceAssessed(
        public=public,
        encouraged=is_encouraged(facts.funding, edition),
        counted=counted,
        listing_due_on=due_on,
        listing_binding=due_on is not None and not then.parameter(DAYS).silent,
        basis=_basis(edition, then),
    )


def _basis(edition: Edition, then: Edition) -> Basis:
    """That of the edition in force, completed by what the period was taken from."""
    now, period = edition.basis(*RESTS_ON), then.basis(*PERIOD)
    articles = tuple(dict.fromkeys([*now.articles, *period.articles]))
    return now.model_copy(update={"articles": articles, "values": now.values | period.values})


def facts_of(state: Resource) -> Facts:
    """The particulars of a resource that decide."""
    return Facts(state.type, state.original_value_fen, state.funding, state.accepted_on)


def reassess(
    state: Resource, edition: Edition, facts: Facts | None = None, accepted_under: Edition | None = None
) -> list[Event]:
    """Judge again, after a change of particulars or of policy; nothing follows where the judgement stays the same."""
    found = assess(facts or facts_of(state), edition, accepted_under)
    same = state.assessment is not None and state.assessment.says_the_same(found)
    return [] if same else [found]


def judge_again(state: Resource, *, edition: Edition, accepted_under: Edition | None = None) -> list[Event]:
    """Judge on demand: what was registered before there were judgements, or after a decision changed the rule.

    Raises `resources.wrong_state`, `resources.nothing_changed`.
    """
    require_state(state, "assess", *LIVE)
    found = reassess(state, edition, accepted_under=accepted_under)
    if not found:
        raise refusal("resources.nothing_changed")
    return found
