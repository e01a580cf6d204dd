# SPDX-License-Identifier: Apache-2.0
"""Who may book and when: users of every kind (JS 14), own needs first and no time twice (JS 16.a)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from application.errors import SlotTaken
from application.resources.enter_internal_block import EnterInternalBlock
from application.resources.publish_opening_limit import PublishOpeningLimit
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.reservations import answering
from domain.reservations.admission import admit
from domain.reservations.facts import Limit
from domain.reservations.reservation import RESERVATION
from domain.resources.events import OpeningPublished
from domain.resources.values import BookingTerms, OpeningWindow
from tests.application.reservations.province import Province, at
from tests.concurrency.crowd import customers, rush
from tests.conformance.editions import jiangsu
from tests.domain.reservations.samples import ASKER, NOW, OFFER, REQUESTED, WISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.errors import Violation

KINDS = ("university", "research_institute", "enterprise", "social_rd_organisation", "individual")
"""JS 14 「高等学校、科研院所、企业、社会研发组织和个人」."""
LIMIT = 7


def refusals(kind: str, limit: Limit | None) -> list[Violation]:
    """What a user of a kind from outside is told who asks for a published resource."""
    asker = replace(ASKER, user_kind=kind, customer=None if kind == "individual" else ASKER.customer)
    try:
        admit(wish=WISH, asker=asker, offer=replace(OFFER, limit=limit), edition=jiangsu(), now=NOW)
    except DomainError as refused:
        return list(refused.violations)
    return []


@pytest.mark.parametrize("kind", KINDS)
def test_JS_14_1_each_of_the_five_kinds_may_ask_where_no_limit_is_published(kind: str) -> None:
    assert refusals(kind, None) == []


@pytest.mark.parametrize("kind", KINDS)
def test_JS_14_1_a_kind_is_refused_only_under_a_published_limit_and_told_which(kind: str) -> None:
    (told,) = refusals(kind, Limit(version=LIMIT, excluded_user_kinds=(kind,)))
    assert (told.code, told.parameters["limit"]) == ("reservations.user_kind_excluded", LIMIT)
    assert told.citation is not None
    assert told.citation.article == "JS 14"
    others = tuple(other for other in KINDS if other != kind)
    assert refusals(kind, Limit(version=LIMIT, excluded_user_kinds=others)) == []


def test_JS_14_1_a_limit_binds_from_the_second_of_its_publication(province: Province) -> None:
    """Published at 10:00: a request of 09:59:59 is accepted, one of 10:00:00 refused with that limit's id."""
    early = Span(start=at(9), end=at(10))
    province.ask(province.individual, at(9, 59, 59, day=2), span=early)
    limit = PublishOpeningLimit(resource=province.resource, excluded_user_kinds=("individual",), text="暂不向个人开放")
    province.do(limit, province.manager, at(10, day=2))
    with pytest.raises(DomainError) as refused:
        province.ask(province.individual, at(10, day=2), span=Span(start=at(10), end=at(11)))
    (told,) = refused.value.violations
    assert (told.code, told.parameters["limit"]) == ("reservations.user_kind_excluded", 1)
    province.ask(province.customer, at(10, day=2), span=Span(start=at(10), end=at(11)))


def _to_the_minute(province: Province) -> None:
    """Open all day on a grid of one minute, confirmed at once."""
    windows = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))
    terms = BookingTerms(slot_minutes=1, min_minutes=1, max_minutes=480, confirmation="automatic")
    opened = OpeningPublished(
        opening_version=2,
        effective_from=date(2026, 1, 1),
        windows=windows,
        terms=terms,
        rated_minutes_per_year=48_000,
    )
    province.add(province.resource, opened)


def _block(province: Province) -> None:
    block = EnterInternalBlock(resource=province.resource, span=Span(start=at(9), end=at(11)), purpose="本单位课题")
    province.do(block, province.manager)


def _reservation(province: Province) -> None:
    taken = province.ask(province.individual, span=Span(start=at(9), end=at(11)))
    assert taken.data["state"] == "confirmed"


SPANS = [
    ((10, 59), (12, 0), False),
    ((11, 0), (12, 0), True),
    ((8, 0), (9, 0), True),
    ((8, 0), (9, 1), False),
    ((9, 30), (10, 30), False),
    ((8, 0), (12, 0), False),
]
"""Beside 09:00 to 11:00; intervals are half-open."""


@pytest.mark.parametrize("taking", [_block, _reservation])
@pytest.mark.parametrize(("start", "end", "accepted"), SPANS)
def test_JS_16_1_no_request_from_outside_overlaps_a_block_or_a_confirmed_reservation(
    province: Province,
    taking: Callable[[Province], None],
    start: tuple[int, int],
    end: tuple[int, int],
    accepted: bool,  # noqa: FBT001 - a cell of the row
) -> None:
    _to_the_minute(province)
    taking(province)
    wish = Span(start=at(*start), end=at(*end))
    if accepted:
        assert province.ask(span=wish).data["state"] == "confirmed"
    else:
        with pytest.raises(SlotTaken):
            province.ask(span=wish)


def test_JS_16_1_of_two_at_the_same_moment_exactly_one_is_confirmed(province: Province) -> None:
    _to_the_minute(province)
    crowd = customers(province.home, 2, province.enterprise)
    outcome = rush([partial(province.ask, user, span=Span(start=at(9), end=at(11))) for user in crowd])
    assert [done.data["state"] for done in outcome.results] == ["confirmed"]
    assert outcome.refused == {"reservation.slot_taken": 1}


def test_JS_16_1_own_needs_come_first_is_what_a_refusal_for_them_rests_on() -> None:
    """「在满足本单位科研教学需要基础上」: stated by the regulation, so that it stands in what was decided by it."""
    asked = RESERVATION.fold([REQUESTED])
    assert asked is not None
    (rejected,) = answering.reject(asked, ground="own_needs", reason="本单位课题", edition=jiangsu())
    assert rejected.basis is not None
    assert rejected.basis.values["resource.internal_priority"] == "true"
    assert "JS 16" in rejected.basis.articles
