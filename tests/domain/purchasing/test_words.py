# SPDX-License-Identifier: Apache-2.0
from application.purchasing import ENTRIES
from domain.catalogue import EVENT_TYPES
from tests.domain.wording import assert_commands_have_words, assert_events_have_words, assert_refusals_have_words


def test_every_refusal_has_words_and_all_words_are_needed() -> None:
    assert_refusals_have_words("purchasing")


def test_every_event_is_told_with_its_own_fields() -> None:
    assert_events_have_words(tuple(event for name, event in EVENT_TYPES.items() if name.startswith("purchasing.")))


def test_every_command_has_a_label_and_a_valid_example() -> None:
    assert_commands_have_words(ENTRIES)
