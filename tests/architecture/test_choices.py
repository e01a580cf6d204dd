# SPDX-License-Identifier: Apache-2.0
"""Whoever chooses wrongly is told the choices in words: those of booking, fees, contracts and conduct have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from application.catalogue import ENTRIES
from application.command import Command
from infrastructure.words import load_words

ROOMS = ("reservations", "contracts", "samples", "standing", "billing")
BESIDE = ("PublishHouseRules", "PublishFeeStandard", "PublishOpening", "AnnounceClosure", "ScheduleMaintenance")
NO_WORDS = {"part"}
"""What no person writes."""


def commands() -> list[type[Command]]:
    """Those of the rooms, and those by which an instrument is opened to users."""
    named = [entry.command for entry in ENTRIES]
    return [each for each in named if each.__module__.split(".")[1] in ROOMS or each.__name__ in BESIDE]


def choices(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    """Each field that takes one of several codes, with each code, models inside included."""
    seen.add(model)
    for name, field in model.model_fields.items():
        for kind in parts(field.annotation):
            if get_origin(kind) is Literal:
                yield from ((name, code) for code in get_args(kind) if isinstance(code, str))
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
                yield from choices(kind, seen)


def parts(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - an annotation
    yield kind
    for part in get_args(kind):
        yield from parts(part)


@pytest.mark.parametrize("command", commands(), ids=lambda command: command.__name__)
def test_every_choice_is_told_in_words(command: type[Command]) -> None:
    terms = load_words().terms
    told = {(name, code) for name, codes in terms.items() for code in codes}
    assert {each for each in choices(command, set()) if each[0] not in NO_WORDS} - told == set()
