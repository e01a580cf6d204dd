# SPDX-License-Identifier: Apache-2.0
"""The log of refusals: append-only, apart from the event log, so that nobody can flood that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from uuid import UUID

    from pydantic import JsonValue

    from application.ports import Clock
    from domain.kernel.actor import Actor
    from infrastructure.database.pool import Database

LONGEST_TEXT, MOST_ENTRIES = 2_000, 200
"""What a line keeps: whoever is refused a thousand times must not fill the disk with what they sent."""


class PostgresRefusalLog:
    """Writes one line for each refused command or request."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def note(self, *, actor: Actor, command: str, code: str, detail: dict[str, JsonValue], correlation: UUID) -> None:
        """Write down who was refused what, and why."""
        with self._database.writing() as cursor:
            cursor.execute(
                "INSERT INTO refusals (refused_at, user_id, role, organisation, command, code, detail, correlation_id)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                (
                    self._clock(),
                    actor.user,
                    actor.role.value,
                    actor.organisation,
                    command,
                    code,
                    orjson.dumps(shortened(detail)).decode(),
                    correlation,
                ),
            )


def shortened(detail: JsonValue) -> JsonValue:
    """The same with long texts and lists cut, and an ellipsis where something is missing.

    >>> shortened({"a": "x" * 3_000})["a"][-2:], len(shortened({"a": [1] * 1_000})["a"])
    ('x…', 201)
    """
    match detail:
        case str() if len(detail) > LONGEST_TEXT:
            return detail[:LONGEST_TEXT] + "…"
        case dict():
            return {name[:LONGEST_TEXT]: shortened(value) for name, value in detail.items()}
        case list():
            rest: list[JsonValue] = ["…"] if len(detail) > MOST_ENTRIES else []
            return [shortened(each) for each in detail[:MOST_ENTRIES]] + rest
    return detail
