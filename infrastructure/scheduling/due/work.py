# SPDX-License-Identifier: Apache-2.0
"""Does everything that is due, one thing after another; nothing that is refused or broken holds up the rest."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psycopg

from application.bus import Request
from application.errors import ApplicationError, Unavailable
from domain.kernel.actor import SYSTEM
from domain.kernel.errors import DomainError
from infrastructure.scheduling.due.registry import QUERIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.scheduling.due.line import DueQuery, DueWork

logger = logging.getLogger("tongchou.schedule")


def do_due_work(jurisdiction: Jurisdiction, now: datetime, queries: Sequence[DueQuery] = QUERIES) -> int:
    """Do everything that is due; return how much was done that had not been done before.

    Raises `Unavailable` or psycopg's errors where the database cannot be reached: the next tick begins anew.
    """
    return sum(_done(jurisdiction, due, now) for query in queries for due in _found(jurisdiction, query, now))


def _found(jurisdiction: Jurisdiction, query: DueQuery, now: datetime) -> list[DueWork]:
    """What a query finds. One that fails is logged, and the others are asked all the same."""
    try:
        return list(query(jurisdiction, now))
    except (Unavailable, psycopg.Error):
        raise
    except Exception:
        logger.exception("%s cannot say what is due", query.__qualname__)
        return []


def _done(jurisdiction: Jurisdiction, due: DueWork, now: datetime) -> bool:
    """Whether the command was carried out now, rather than refused or known from before."""
    request = Request(due.command, SYSTEM, due.command_id, due.command_id, occurred_at=now)
    try:
        return not jurisdiction.bus.execute(request).repeated
    except Unavailable:
        raise
    except (DomainError, ApplicationError) as refused:
        logger.warning("%s of %s has to wait: %s", type(due.command).__name__, due.key, refused)
        return False
