# SPDX-License-Identifier: Apache-2.0
"""Proxies read the reservations that they may move and cancel, and no others of the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.visibility import Scope
from projections.proxies import acting

if TYPE_CHECKING:
    from uuid import UUID

    from api.http.reading.line import Visit
    from projections.proxies import Acting


def acting_for(visit: Visit, user: UUID | None) -> Acting | None:
    """Where the reader acts for somebody else, at this moment; None for oneself, and for those who see more anyway."""
    actor = visit.actor
    if actor is None or user in (None, actor.user) or visit.scope is not Scope.OWN_PERSON:
        return None
    return acting(visit.cursor, actor.user, user, actor.organisation, visit.platform.clock())
