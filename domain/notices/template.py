# SPDX-License-Identifier: Apache-2.0
"""Wordings of notices: those of the platform, and those that a unit has put in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.notices.events import TemplateChanged, TemplateRestored
from domain.notices.kinds import KINDS, placeholders_of

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.notices.events import Language

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MOST_SUBJECT, MOST_BODY = 200, 5_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
"""Nothing of this may stand in a wording: it is what header injection is made of. Line breaks stay in the body."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body with placeholders in braces; `version` as deliveries name it."""

    subject: str
    body: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class UnitWordings:
    """A unit's own wordings by kind and language, and how many versions each has had."""

    own: dict[tuple[str, str], Wording] = field(default_factory=dict)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)


def evolve(state: UnitWordings | None, event: TemplateChanged | TemplateRestored) -> UnitWordings:
    """The unit's wordings after an event."""
    state, key = state or UnitWordings(), (event.kind, event.language)
    numbers = {**state.numbers, key: event.number}
    if isinstance(event, TemplateRestored):
        left = {each: wording for each, wording in state.own.items() if each != key}
        return replace(state, own=left, numbers=numbers)
    wording = Wording(event.subject, event.body, f"unit/{event.number}")
    return replace(state, own={**state.own, key: wording}, numbers=numbers)


WORDINGS = Aggregate("notices.UnitWordings", evolve, (TemplateChanged, TemplateRestored))


def require_sound(kind: str, wording: Wording) -> None:
    """Refuse a wording that could not be filled, every reason at once.

    Raises `notices.unknown_kind`, `notices.unknown_placeholder`, `notices.brace_unmatched`, `notices.wording_empty`,
    `notices.wording_too_long`, `notices.control_character`.
    """
    if kind not in KINDS:
        raise refusal("notices.unknown_kind", field="kind", kind=kind, known=", ".join(KINDS))
    known = placeholders_of(kind)
    rules = Rules()
    for name, text, most in (("subject", wording.subject, MOST_SUBJECT), ("body", wording.body, MOST_BODY)):
        unknown = sorted(set(PLACEHOLDER.findall(text)) - known)
        rules.require(
            not unknown,
            "notices.unknown_placeholder",
            field=name,
            placeholder=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
        rules.require(
            not re.search(r"[{}]", PLACEHOLDER.sub("", text)), "notices.brace_unmatched", field=name, part=name
        )
        rules.require(bool(text.strip()), "notices.wording_empty", field=name, part=name)
        rules.require(len(text) <= most, "notices.wording_too_long", field=name, part=name, most=most)
        lines = "\n" if name == "subject" else ""
        spoilt = bool(CONTROL.search(text)) or (bool(lines) and lines in text)
        rules.require(not spoilt, "notices.control_character", field=name, part=name)
    rules.enforce()


def change(
    state: UnitWordings | None, wording: Wording, *, unit: UUID, kind: str, language: Language, reason: str
) -> list[Event]:
    """Put a unit's wording in the place of the platform's. Raises what `require_sound` raises."""
    require_sound(kind, wording)
    number = (state or UnitWordings()).numbers.get((kind, language), 0) + 1
    changed = TemplateChanged(
        unit=unit,
        kind=kind,
        language=language,
        number=number,
        subject=wording.subject,
        body=wording.body,
        reason=reason,
    )
    return [changed]


def restore(state: UnitWordings | None, *, unit: UUID, kind: str, language: Language, reason: str) -> list[Event]:
    """Go back to the platform's wording. Raises `notices.no_own_wording`."""
    if state is None or (kind, language) not in state.own:
        raise refusal("notices.no_own_wording", field="kind", kind=kind, language=language)
    number = state.numbers[kind, language] + 1
    return [TemplateRestored(unit=unit, kind=kind, language=language, number=number, reason=reason)]
