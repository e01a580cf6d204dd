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
                    orjson.dumps(detail).decode(),
                    correlation,
                ),
            )
