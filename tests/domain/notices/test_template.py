# SPDX-License-Identifier: Apache-2.0
"""Wordings: those that come along are sound, a unit's own is checked before it is taken."""

import tomllib
from importlib.resources import files
from typing import Any
from uuid import UUID

import pytest

from domain.notices import template
from domain.notices.events import TemplateChanged, TemplateRestored
from domain.notices.kinds import KINDS
from domain.notices.template import WORDINGS, Wording, require_sound
from tests.domain.given import given

UNIT = UUID(int=3)
HOW: dict[str, Any] = {"unit": UNIT, "kind": "reservation_confirmed", "language": "zh", "reason": "写明地点"}
OURS = Wording("预约成功：{instrument}", "请于 {starts_at} 到 101 室。")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_a_sound_wording_in_both_languages(language: str) -> None:
    text = (files("domain.notices") / "templates" / f"{language}.toml").read_text(encoding="utf-8")
    wordings = tomllib.loads(text)
    assert wordings.pop("version") >= 1
    assert wordings.keys() == KINDS.keys()
    for kind, wording in wordings.items():
        require_sound(kind, Wording(wording["subject"], wording["body"].strip()))


def test_versions_of_a_units_wording_are_counted_also_past_a_return_to_the_platforms() -> None:
    first = TemplateChanged(number=1, subject=OURS.subject, body=OURS.body, **HOW)
    given(WORDINGS).when(template.change, None, OURS, **HOW).then(first)
    back = TemplateRestored(number=2, **HOW)
    given(WORDINGS, first).when(template.restore, **HOW).then(back)
    third = first.model_copy(update={"number": 3})
    state = given(WORDINGS, first, back).when(template.change, OURS, **HOW).then(third).state
    assert state.own["reservation_confirmed", "zh"].version == "unit/3"


def test_there_is_nothing_to_restore_where_the_platforms_wording_is_used() -> None:
    given(WORDINGS).when(template.restore, None, **HOW).then_refused("notices.no_own_wording")


@pytest.mark.parametrize(
    ("subject", "body", "codes"),
    [
        ("{user_name}", "…", ["notices.unknown_placeholder"]),
        ("{reason}", "…", ["notices.unknown_placeholder"]),
        ("{instrument", "…", ["notices.brace_unmatched"]),
        ("{starts_at:%Y}", "…", ["notices.brace_unmatched"]),
        ("{instrument.__class__}", "…", ["notices.brace_unmatched"]),
        ("预约\nBcc: a@b", "…", ["notices.control_character"]),
        ("预约", "\x1b[31m", ["notices.control_character"]),
        (" ", "…", ["notices.wording_empty"]),
        ("一" * 201, "", ["notices.wording_too_long", "notices.wording_empty"]),
        ("预约", "一" * 5001, ["notices.wording_too_long"]),
    ],
)
def test_what_could_not_be_filled_is_refused(subject: str, body: str, codes: list[str]) -> None:
    given(WORDINGS).when(template.change, None, Wording(subject, body), **HOW).then_refused(*codes)


def test_an_unknown_kind_is_refused() -> None:
    given(WORDINGS).when(template.change, None, OURS, **HOW | {"kind": "weather"}).then_refused("notices.unknown_kind")
