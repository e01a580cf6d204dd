# SPDX-License-Identifier: Apache-2.0
"""Where a standing is kept: every id follows from whose standing it is, so that nobody has to look for it."""

from datetime import datetime
from uuid import UUID, uuid5

EVERYWHERE = UUID(int=0)
"""Stands for the unit where something holds with all of them."""


def standing_id(unit: UUID, user: UUID) -> UUID:
    """The stream of one user with one unit; `EVERYWHERE` for what holds with all units."""
    return uuid5(unit, f"standing:{user}")


def group_standing_id(unit: UUID, group: UUID) -> UUID:
    """The stream of one group of users with one unit."""
    return uuid5(unit, f"standing-group:{group}")


def penalty_ban_id(reservation: UUID, due_at: datetime) -> UUID:
    """The ban that the points brought about which were due for a reservation then: judged anew, it may be another."""
    return uuid5(reservation, f"ban/{due_at.isoformat()}")
