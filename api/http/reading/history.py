# SPDX-License-Identifier: Apache-2.0
"""Events as readers see them: with a sentence in both languages, and without other people's personal data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from domain.kernel.event import Event, Recorded

MayRead = Callable[[UUID], bool]
"""Whether the personal data of a subject may be read."""


def masked(event: Event, may_read: MayRead) -> Event:
    """The event as one sees it who holds only some keys: personal data of all other subjects is None."""
    changes = {}
    for name in type(event).personal_fields():
        value = getattr(event, name)
        if isinstance(value, Personal) and not may_read(value.subject):
            changes[name] = Personal(subject=value.subject, value=None)
    return event.model_copy(update=changes) if changes else event


def shown(recorded: Recorded, words: Any) -> dict[str, Any]:  # noqa: ANN401 - the platform's words
    """An event with its circumstances and a sentence in both languages."""
    event = recorded.event
    fields = {name: getattr(event, name) for name in type(event).model_fields if name != "basis"}
    return {
        "position": recorded.position,
        "version": recorded.version,
        "type": event.TYPE,
        "sentence": {language: words.event(event.TYPE, language, fields) for language in ("zh", "en")},
        "recorded_at": recorded.recorded_at,
        "occurred_at": recorded.meta.occurred_at,
        "command": recorded.meta.command,
        "command_id": recorded.meta.command_id,
        "correlation_id": recorded.meta.correlation_id,
        "actor": recorded.meta.actor,
        "data": {**fields, "basis": event.basis},
    }
