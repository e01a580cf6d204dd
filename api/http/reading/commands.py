# SPDX-License-Identifier: Apache-2.0
"""The catalogue of commands: what can be done, by whom, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.bodies import examples
from api.http.reading.line import Answer, Query, Read
from api.http.routes import LINES
from application.catalogue import ENTRIES
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from api.http.reading.line import Visit


def commands(visit: Visit, _query: Query) -> Answer:
    """Every command with its roles, its address, and its label in both languages."""
    return Answer({"items": described(visit)})


def described(visit: Visit) -> list[dict[str, Any]]:
    """The table of commands as readers see it."""
    entries = {entry.command: entry for entry in ENTRIES}
    words = visit.platform.words
    return [
        {
            "command": line.command.__name__,
            "room": line.room,
            "label": {
                "zh": words.command(line.command.__name__, "zh"),
                "en": words.command(line.command.__name__, "en"),
            },
            "method": line.method,
            "path": f"/api/v1{line.path}",
            "roles": sorted(role.value for role in entries[line.command].roles - {Role.SYSTEM}),
            "takes_if_match": line.command.TARGET is not None,
            "examples": examples(line.command, line.in_path),
        }
        for line in LINES
    ]


READS = (Read("/commands", "commands", Query, commands, "What can be done, and by whom"),)
