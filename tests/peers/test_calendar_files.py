# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: `.ics` files with LF endings and no PRODID, which calendar programs refuse or read wrongly."""

import re

from icalendar import Calendar

from tests.api.desk import Desk
from tests.api.desk import Province as Market
from tests.api.test_calendars import fetched, reserve, subscribed

COMPONENT = re.compile(rb"^(BEGIN|END):(\w+)$")


def feeds(desk: Desk, market: Market) -> dict[str, bytes]:
    """A feed of each kind that shows one reservation, as it is sent."""
    reserve(desk, market)
    wanted = {
        "person": subscribed(desk, desk.customer(market), "person"),
        "instrument": subscribed(desk, desk.customer(market), "instrument", market.instrument),
        "unit": subscribed(desk, desk.manager(market), "unit", market.unit),
    }
    return {scope: fetched(desk, secret).content for scope, (secret, _) in wanted.items()}


def test_ics_with_LF_endings_every_line_of_every_feed_ends_with_CRLF(desk: Desk, market: Market) -> None:
    for scope, sent in feeds(desk, market).items():
        assert sent.endswith(b"END:VCALENDAR\r\n"), scope
        assert sent.count(b"\n") == sent.count(b"\r\n") == sent.count(b"\r"), scope
        assert max(map(len, sent.split(b"\r\n"))) <= 75, scope


def test_ics_without_PRODID_every_feed_names_it_and_the_version_once_at_its_head(desk: Desk, market: Market) -> None:
    for scope, sent in feeds(desk, market).items():
        head = sent.partition(b"BEGIN:V")[2].partition(b"BEGIN:V")[0]
        for line in (b"\r\nPRODID:", b"\r\nVERSION:2.0\r\n"):
            assert (head.count(line), sent.count(line)) == (1, 1), scope
        assert str(Calendar.from_ical(sent)["PRODID"]), scope


def test_ics_of_peers_is_refused_by_what_judges_ours(desk: Desk, market: Market) -> None:
    """The same bytes with LF endings would not pass."""
    sent = feeds(desk, market)["person"].replace(b"\r\n", b"\n")
    assert sent.count(b"\n") != sent.count(b"\r\n")


def test_components_of_a_feed_begin_and_end_in_pairs(desk: Desk, market: Market) -> None:
    for scope, sent in feeds(desk, market).items():
        stack: list[bytes] = []
        for line in sent.split(b"\r\n"):
            if found := COMPONENT.match(line):
                if found[1] == b"BEGIN":
                    stack.append(found[2])
                else:
                    assert stack.pop() == found[2], scope
        assert stack == [], scope
