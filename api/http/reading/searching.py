# SPDX-License-Identifier: Apache-2.0
"""What a search of the catalogue may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Listed, Query, in_order, require_known
from api.http.visibility import Scope
from infrastructure.policy.describing import turns
from infrastructure.policy.in_force import decided_in
from projections.search_conditions import Search, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.http.reading.line import Visit

MOST_FEN = 10**15


class Wanted(Query):
    """What to look for; all conditions together."""

    q: str = Field(
        default="",
        max_length=200,
        description="Words in Chinese, Latin or pinyin: names, models, classes, units, places",
    )
    class_code: str | None = Field(default=None, pattern=r"^\d{2,6}$", description="Beginning of an NRII class code")
    unit: UUID | None = None
    city: str | None = Field(default=None, max_length=60)
    district: str | None = Field(default=None, max_length=60)
    type: str | None = Field(default=None, max_length=60)
    bookable: bool | None = None
    duty_free: bool | None = None
    state: Literal["published", "suspended"] | None = None
    min_price_fen: int | None = Field(default=None, ge=0, le=MOST_FEN)
    max_price_fen: Annotated[int | None, AfterValidator(in_order("min_price_fen"))] = Field(
        default=None, ge=0, le=MOST_FEN
    )
    sort: Sort | None = Field(default=None, description="By relevance where words are looked for, else by name")

    def search(self, visit: Visit) -> Search:
        """The search, as far as the reader may see. Raises pydantic's ValidationError for an unknown type."""
        if self.type is not None:
            require_known("type", self.type, _types_ever(visit))
        return Search(
            text=self.q,
            class_prefix=self.class_code or "",
            unit=self.unit,
            city=self.city,
            district=self.district,
            type=self.type,
            bookable=self.bookable,
            duty_free=self.duty_free,
            state=self.state,
            lowest_price_fen=self.min_price_fen,
            highest_price_fen=self.max_price_fen,
            own_unit=visit.actor.unit if visit.actor and visit.scope is Scope.OWN_UNIT else None,
            sort=self.sort,
        )


class Searched(Wanted, Listed):
    """A page of the catalogue."""

    facets: bool = Field(default=True, description="Count the finds by class, unit, place, price, type and duty-free")
    free_within_days: int | None = Field(
        default=None, ge=1, le=30, description="Only what is free in so many days, of the first 1,000 finds"
    )
    free_facet: bool = Field(
        default=False, description="Count what is free in 7, 14 and 30 days, of the first 1,000 finds"
    )
    minutes: int | None = Field(default=None, ge=1, le=44640, description="Free for at least so long")


def _types_ever(visit: Visit) -> Iterator[str]:
    """Every type of resource that the jurisdiction has ever had, those added by decision included."""
    decided, _ = decided_in(visit.cursor, visit.jurisdiction.log.mapper)
    for _, edition in turns(visit.jurisdiction.regime, decided):
        yield from edition.value("resource.types")
