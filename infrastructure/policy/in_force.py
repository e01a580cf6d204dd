# SPDX-License-Identifier: Apache-2.0
"""The port `Policy`: the regime of a jurisdiction and the working-day calendar now in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.policy.decided import DECIDED, STREAM, Decided
from infrastructure.event_store.tail import stored_from_row

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    import psycopg

    from domain.policy import Edition, Regime
    from domain.policy.working_days import WorkingDays
    from infrastructure.event_store.mapper import EventMapper


@dataclass(frozen=True)
class PolicyInForce:
    """What decisions are judged by, before what the authority has decided; `Work.edition` adds that."""

    regime: Regime
    calendar: WorkingDays

    def on(self, business_date: date) -> Edition:
        """The edition in force on a business date, before decisions."""
        return self.regime.on(business_date)


def version_in(cursor: psycopg.Cursor[Any]) -> int:
    """How many things have happened to the decisions: the version that `If-Match` compares (0 for none)."""
    row = cursor.execute("SELECT coalesce(max(version), 0) FROM events WHERE stream = %s", (STREAM,)).fetchone()
    assert row is not None, "an aggregate always has a row"
    return int(row[0])


def decided_in(cursor: psycopg.Cursor[Any], mapper: EventMapper) -> tuple[Decided, int]:
    """Everything decided, as a reader's cursor sees the log, and the position of the last decision (0 for none)."""
    rows = cursor.execute(
        "SELECT stream, version, type, state, position, recorded_at FROM events WHERE stream = %s ORDER BY version",
        (STREAM,),
    ).fetchall()
    stored = [stored_from_row(row) for row in rows]
    state = DECIDED.fold(mapper.to_event(each.event) for each in stored)
    return state or Decided(), stored[-1].position if stored else 0
