# SPDX-License-Identifier: Apache-2.0
"""Events as readers see them: with a sentence in both languages, and without other people's personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from api.http.words import spoken

if TYPE_CHECKING:
    from domain.kernel.event import Recorded


class Words(Protocol):
    """The platform's words, as far as they are needed here."""

    def event(self, type_: str, language: str, fields: Mapping[str, object]) -> str:
        """A fact, by its event type."""


def shown(recorded: Recorded, words: Words) -> dict[str, Any]:
    """An event with its circumstances and a sentence in both languages."""
    event = recorded.event
    fields = {name: getattr(event, name) for name in type(event).model_fields if name != "basis"}
    return {
        "position": recorded.position,
        "version": recorded.version,
        "type": event.TYPE,
        "sentence": sentences(words, event.TYPE, fields),
        "recorded_at": recorded.recorded_at,
        "occurred_at": recorded.meta.occurred_at,
        "command": recorded.meta.command,
        "command_id": recorded.meta.command_id,
        "correlation_id": recorded.meta.correlation_id,
        "actor": recorded.meta.actor,
        "data": {**fields, "basis": event.basis},
    }


def without_token_hashes(document: Any) -> Any:  # noqa: ANN401 - any part of a plain document
    """The same without the hashes of tokens, wherever they stand: who checks what was done needs none."""
    match document:
        case dict():
            return {name: without_token_hashes(inner) for name, inner in document.items() if name != "token_hash"}
        case list():
            return [without_token_hashes(inner) for inner in document]
    return document


def sentences(words: Words, type_: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """An event in words, in both languages."""
    return {
        "zh": spoken(lambda: words.event(type_, "zh", fields), type_),
        "en": spoken(lambda: words.event(type_, "en", fields), type_),
    }
