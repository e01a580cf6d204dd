# SPDX-License-Identifier: Apache-2.0
"""Whose token this is: the first thing a client asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.reading.commands import described
from api.http.reading.line import Answer, Query, Read

if TYPE_CHECKING:
    from api.http.reading.line import Visit


def me(visit: Visit, _query: Query) -> Answer:
    """The person and role the token belongs to, where they act, until when, and the commands open to that role."""
    assert visit.actor is not None
    actor = visit.actor
    return Answer(
        {
            "user": actor.user,
            "role": actor.role.value,
            "organisation": actor.organisation,
            "unit": actor.unit,
            "jurisdiction": visit.jurisdiction.name,
            "expires_at": visit.token_expires_at,
            "commands": [item for item in described(visit) if actor.role.value in item["roles"]],
        }
    )


READS = (Read("/me", "me", Query, me, "Whose token this is, and what it opens"),)
