# SPDX-License-Identifier: Apache-2.0
"""What the words of a room must be: complete, needed, and filled only with what is there."""

import re
import string
from pathlib import Path

from application.bus import Entry
from domain.kernel.event import Event
from infrastructure.words import load_words

ROOT = Path(__file__).parents[2]


def assert_refusals_have_words(room: str) -> None:
    """Every refusal code of the room has a sentence, and no sentence stands for nothing; whichever layer refuses."""
    sources = [
        path.read_text("utf-8")
        for layer in ("domain", "application", "infrastructure")
        for path in (ROOT / layer).rglob("*.py")
    ]
    known = {code for code in load_words().errors if code.startswith(f"{room}.")}
    assert known <= set(re.findall(rf'"({room}\.[a-z_]+)"', "\n".join(sources)))
    own = [
        path.read_text("utf-8") for layer in ("domain", "application") for path in (ROOT / layer / room).rglob("*.py")
    ]
    assert set(re.findall(rf'"({room}\.[a-z_]+)"', "\n".join(own))) <= known


def assert_events_have_words(events: tuple[type[Event], ...]) -> None:
    """Every event has a sentence in both languages that names only its own fields."""
    words = load_words()
    for event in events:
        text = words.events[event.TYPE]
        for sentence in (text.zh, text.en):
            named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert named <= set(event.model_fields), event.TYPE


def assert_commands_have_words(entries: tuple[Entry, ...]) -> None:
    """Every command has a label and an example that is valid."""
    for entry in entries:
        assert entry.command.__name__ in load_words().commands
        example = entry.command.model_config["json_schema_extra"]
        assert isinstance(example, dict)
        entry.command.model_validate(example["example"])
