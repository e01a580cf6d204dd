# SPDX-License-Identifier: Apache-2.0
"""A look at a publication channel: of the regime's channels, at the recorded link, in the order of time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.resources import channels
from domain.resources.channels import CHANNEL, Channel, Look
from domain.resources.resource import RESOURCE
from domain.resources.state import Resource
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import INSTRUMENT, NOW, PORTAL, UNIT, history

LOOK = Look("unit_portal", PORTAL, reachable=True, detail="HTTP 200", checked_at=NOW)
SEEN = channels.PublicationChannelChecked(
    resource=INSTRUMENT, unit=UNIT, channel="unit_portal", url=PORTAL, reachable=True, detail="HTTP 200", checked_at=NOW
)


def standing(state: str) -> Resource:
    found = RESOURCE.fold(history(state))
    assert found is not None
    return found


def look(seen: Look, *, state: str = "published", before: Channel | None = None) -> list[str]:
    decided = given(CHANNEL).when(
        channels.record_look,
        before,
        resource=INSTRUMENT,
        published=standing(state),
        look=seen,
        edition=JIANGSU,
        now=NOW,
    )
    return sorted(decided.refused.codes) if decided.refused else []


def test_a_look_is_recorded_with_the_rule_it_serves() -> None:
    facts = {"resource": INSTRUMENT, "published": standing("suspended"), "look": LOOK, "edition": JIANGSU, "now": NOW}
    outcome = given(CHANNEL).when(channels.record_look, None, **facts)
    outcome.then(SEEN)
    assert outcome.state == Channel(INSTRUMENT, "unit_portal", PORTAL, reachable=True, checked_at=NOW)
    [event] = outcome.events
    assert event.basis is not None
    assert "JS 15" in str(event.basis)


def test_everything_wrong_is_said_at_once() -> None:
    wrong = Look("poster", PORTAL, reachable=True, detail="", checked_at=NOW + timedelta(seconds=1))
    assert look(wrong, state="exempt") == [
        "resources.check_in_the_future",
        "resources.not_public",
        "resources.unknown_channel",
    ]


@pytest.mark.parametrize(
    ("state", "codes"), [("published", []), ("suspended", []), ("withdrawn", ["resources.not_public"])]
)
def test_only_what_is_public_has_channels(state: str, codes: list[str]) -> None:
    assert look(replace(LOOK, url=standing(state).portal_url), state=state) == codes


def test_the_portal_is_looked_at_where_the_resource_was_published() -> None:
    assert look(replace(LOOK, url="https://elsewhere.example/")) == ["resources.channel_url_differs"]
    assert look(replace(LOOK, channel="coordination_platform", url="https://elsewhere.example/")) == []


def test_looks_come_in_the_order_of_time() -> None:
    later = Channel(INSTRUMENT, "unit_portal", PORTAL, reachable=True, checked_at=NOW + timedelta(seconds=1))
    assert look(LOOK, before=later) == ["resources.check_out_of_order"]
    assert look(LOOK, before=replace(later, checked_at=NOW)) == []


def test_a_regime_has_its_own_channels() -> None:
    facts = {"resource": INSTRUMENT, "published": standing("published"), "edition": CHONGQING, "now": NOW}
    refused = (
        given(CHANNEL).when(channels.record_look, None, look=LOOK, **facts).then_refused("resources.unknown_channel")
    )
    assert refused.violations[0].parameters["known"] == "sharing_platform"
    own = replace(LOOK, channel="sharing_platform")
    assert given(CHANNEL).when(channels.record_look, None, look=own, **facts).events
