# SPDX-License-Identifier: Apache-2.0
"""A feed is given for one's own calendar, and taken back once."""

from uuid import UUID

from domain.calendars import feed
from domain.calendars.claims import claims_of
from domain.calendars.events import CalendarTokenIssued, CalendarTokenRevoked
from domain.calendars.feed import FEED, TOKEN
from domain.kernel.claims import ReleaseKey, TakeKey
from tests.domain.given import given

MINE = CalendarTokenIssued(user=UUID(int=1), scope="person", of=UUID(int=1), token_hash="a" * 64, language="zh")
REVOKED = CalendarTokenRevoked(token_hash="a" * 64, reason="外泄")


def test_ones_own_calendar_is_given_and_that_of_others_is_not() -> None:
    given(FEED).when(feed.issue, MINE).then(MINE)
    given(FEED).when(feed.issue, MINE.model_copy(update={"of": UUID(int=2)})).then_refused(
        "calendars.person_of_another"
    )


def test_it_is_taken_back_once() -> None:
    given(FEED, MINE).when(feed.revoke, reason="外泄").then(REVOKED)
    given(FEED, MINE, REVOKED).when(feed.revoke, reason="外泄").then_refused("calendars.revoked_already")


def test_a_secret_opens_one_feed_until_it_is_taken_back() -> None:
    stream = UUID(int=3)
    assert claims_of(stream, MINE) == [TakeKey(TOKEN, "a" * 64, stream)]
    assert claims_of(stream, REVOKED) == [ReleaseKey(TOKEN, "a" * 64)]
