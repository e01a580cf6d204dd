# SPDX-License-Identifier: Apache-2.0
"""Addresses and preferences: what is taken, and every reason why something is not."""

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.personal import Personal
from domain.notices import inbox
from domain.notices.addressee import Addressee
from domain.notices.events import ContactAddressRemoved, ContactAddressSet, PreferencesSet, Way
from domain.notices.inbox import INBOX, Preferences
from tests.domain.given import given

SOMEBODY = Addressee(kind="person", id=UUID(int=1))
BY_DEFAULT: dict[str, Any] = {
    "channel": None,
    "language": "zh",
    "quiet_from": None,
    "quiet_until": None,
    "reminders": (1440, 60),
    "muted": (),
}


def address(way: Way, value: str) -> ContactAddressSet:
    return ContactAddressSet(addressee=SOMEBODY, way=way, address=Personal.of(SOMEBODY.id, value))


def wishes(**said: Any) -> PreferencesSet:  # noqa: ANN401 - any preference
    return PreferencesSet(addressee=SOMEBODY, **BY_DEFAULT | said)


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("email", "meng.zhiwei@example.edu.cn"),
        ("email", "a@b"),
        ("message", "+86 139-0000-0000"),
        ("message", "wx_meng"),
    ],
)
def test_an_address_is_taken(way: Way, value: str) -> None:
    given(INBOX).when(inbox.set_address, None, address(way, value)).then(address(way, value))


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("email", "meng.zhiwei"),
        ("email", "meng@example.edu.cn\nBcc: everybody@example.edu.cn"),
        ("email", "meng@example.edu.cn "),
        ("email", "<meng@example.edu.cn>"),
        ("email", "meng@example..edu.cn, other@example.edu.cn"),
        ("message", "139\r\n0000"),
        ("message", "1"),
    ],
)
def test_what_is_no_address_is_refused(way: Way, value: str) -> None:
    given(INBOX).when(inbox.set_address, None, address(way, value)).then_refused("notices.address_malformed")


def test_the_same_address_again_is_refused() -> None:
    known = address("email", "meng@example.edu.cn")
    given(INBOX, known).when(inbox.set_address, known).then_refused("notices.nothing_changed")


def test_an_address_of_registration_can_be_removed_and_stays_so() -> None:
    removal = ContactAddressRemoved(addressee=SOMEBODY, way="email")
    state = given(INBOX).when(inbox.remove_address, None, removal, registered={"email"}).then(removal).state
    assert inbox.ways_of(state, {"email", "message"}) == {"message"}
    given(INBOX, removal).when(inbox.remove_address, removal, registered={"email"}).then_refused(
        "notices.no_such_address"
    )


def test_preferences_are_set_in_full() -> None:
    said = wishes(
        channel="email", language="en", quiet_from=1320, quiet_until=420, reminders=(), muted=("bill_issued",)
    )
    state = given(INBOX).when(inbox.set_preferences, None, said, registered={"email"}).then(said).state
    assert state.preferences == Preferences("email", "en", 1320, 420, (), ("bill_issued",))


def test_every_broken_rule_is_said_at_once() -> None:
    said = wishes(channel="message", quiet_from=1320, reminders=(5, 4, 4, 90, 91, 92), muted=("weather",))
    given(INBOX).when(inbox.set_preferences, None, said, registered={"email"}).then_refused(
        "notices.no_address_for_channel",
        "notices.quiet_hours_incomplete",
        "notices.reminder_out_of_range",
        "notices.too_many_reminders",
        "notices.unknown_kind",
    )


@pytest.mark.parametrize("quiet", [(600, 600), (0, 1440), (-1, 60)])
def test_quiet_hours_that_are_none_are_refused(quiet: tuple[int, int]) -> None:
    said = wishes(quiet_from=quiet[0], quiet_until=quiet[1])
    given(INBOX).when(inbox.set_preferences, None, said, registered=set()).then_refused("notices.quiet_hours_malformed")


@pytest.mark.parametrize(
    ("hours", "minute", "quiet"),
    [
        ((1320, 420), 1319, False),
        ((1320, 420), 1320, True),
        ((1320, 420), 0, True),
        ((1320, 420), 419, True),
        ((1320, 420), 420, False),
        ((720, 840), 719, False),
        ((720, 840), 720, True),
        ((720, 840), 839, True),
        ((720, 840), 840, False),
        ((None, None), 0, False),
    ],
)
def test_quiet_hours_may_pass_over_midnight(hours: tuple[int | None, int | None], minute: int, quiet: bool) -> None:  # noqa: FBT001
    assert Preferences(quiet_from=hours[0], quiet_until=hours[1]).quiet_at(minute) is quiet
