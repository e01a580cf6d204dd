# SPDX-License-Identifier: Apache-2.0
"""The registry behind the port: read models, asked in one snapshot so that all figures belong to one position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections import closure_hits, duplicates, receivables
from projections.past_uses import uses_between

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.time import Span
    from domain.purchasing.facilities import Matches, Search
    from domain.purchasing.warning import Survey
    from infrastructure.database.pool import Database

MOST_HITS = 2_001


class ReadModelRegistry:
    """Answers from the read models of one jurisdiction, as far as they are fed; the position says how far."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def duplicates(self, search: Search, as_of: datetime) -> Matches:
        """Shared facilities that resemble what is sought."""
        with self._database.snapshot() as cursor:
            return duplicates.duplicates(cursor, search, as_of)

    def survey(self, least_instruments: int, as_of: datetime) -> Survey:
        """How much each class of instruments is used.

        It goes through the whole province and may take longer than a pooled connection is lent for.
        """
        with self._database.snapshot(long=True) as cursor:
            return duplicates.survey(cursor, least_instruments, as_of)

    def uses(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """Uses that ended, by the time they took."""
        with self._database.snapshot() as cursor:
            return uses_between(cursor, resource, start, end)

    def unpaid(self, unit: UUID, customer: UUID | None, user: UUID) -> tuple[int, Sequence[str]]:
        """Delivered and not paid for, in fen, with the numbers of the oldest open bills."""
        with self._database.reading() as cursor:
            return receivables.unpaid(cursor, unit=unit, customer=customer, customer_user=user)

    def reservations_of(self, unit: UUID, spans: Sequence[Span]) -> Sequence[UUID]:
        """Candidates for what a closure of the unit hits."""
        with self._database.snapshot() as cursor:
            return closure_hits.ids_of_unit(cursor, unit, spans, most=MOST_HITS)
