# SPDX-License-Identifier: Apache-2.0
"""Utilisation and service totals. Each answer says how its figures are defined and at which log position they stand."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from api.http.reading.descriptions import OPERATING
from api.http.reading.line import Answer, Query, Read, in_order
from api.http.reading.moments import Moment, Month
from api.http.visibility import Scope
from domain.kernel.time import local_date
from domain.statistics.report import MOST_MONTHS
from projections.months import month_of
from projections.service_figures import capacity_of
from projections.service_figures import service_totals as totals_of
from projections.utilisation_rates import utilisation as rates_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.service_figures import Total
    from projections.utilisation_rates import Usage

FILTERS = {Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "provider"}


def _at_most(last: date | None, info: ValidationInfo) -> date | None:
    first = info.data.get("first")
    if first and last and (last.year - first.year) * 12 + last.month - first.month >= MOST_MONTHS:
        raise PydanticCustomError("value_error", "a report covers at most 60 months", {"months": MOST_MONTHS})
    return last


class Months(Query):
    """A range of months, both included; the present month where it is not named."""

    first: Month | None = Field(default=None, alias="from")
    last: Annotated[Month | None, AfterValidator(in_order("first")), AfterValidator(_at_most)] = Field(
        default=None, alias="to"
    )
    unit: UUID | None = None
    whole_range: bool = Field(default=False, description="One row for the whole range instead of one a month")
    as_of: Moment | None = Field(default=None, description="Time after it does not count as open yet; now by default")

    def range(self, now: datetime) -> tuple[date, date]:
        """First and last month."""
        last = month_of(self.last or self.first or local_date(now))
        return month_of(self.first) if self.first else last, last


class Rates(Months):
    """Utilisation by unit or by instrument."""

    by: Literal["unit", "instrument"] = "unit"
    instrument: UUID | None = None


def utilisation(visit: Visit, query: Rates) -> Answer:
    """Used hours beside open hours and beside rated hours, and the share of use by others (A28, ruling 8.25)."""
    now = visit.platform.clock()
    first, last = query.range(now)
    found = rates_of(
        visit.cursor,
        first,
        last,
        by=query.by,
        as_of=query.as_of or now,
        unit=query.unit,
        resource=query.instrument,
        hidden=_operates(visit) or _is_own_unit(visit, query.unit),
    )
    rows = found.over_all_months() if query.whole_range else found.rows
    document = {"items": [_rate(row) for row in rows], "by": found.by, "from": first, "to": last}
    return Answer({**document, "as_of": found.as_of, "definition": found.definition, "position": found.position})


def service_totals(visit: Visit, query: Months) -> Answer:
    """Uses, people, SMEs and income, beside open and rated hours (rulings 8.25, 8.26)."""
    now = visit.platform.clock()
    first, last = query.range(now)
    own = visit.narrowed({"unit": query.unit}, FILTERS)
    as_of = query.as_of or now
    rates = rates_of(visit.cursor, first, last, by="unit", as_of=as_of, unit=own.get("unit"), hidden=True)
    usage = rates.over_all_months() if query.whole_range else rates.rows
    found = totals_of(visit.cursor, first, last, monthly=not query.whole_range, capacity=capacity_of(usage), **own)
    document = {"items": [_total(row) for row in found.rows], "from": first, "to": last, "as_of": as_of}
    return Answer({**document, "definition": found.definition, "position": found.position})


def _rate(row: Usage) -> dict[str, Any]:
    shares = {
        "external_share": row.external_share,
        "utilisation": row.utilisation,
        "rated_utilisation": row.rated_utilisation,
    }
    return dataclasses.asdict(row) | shares


def _total(row: Total) -> dict[str, Any]:
    flat = dataclasses.asdict(row)
    figures: dict[str, Any] = flat.pop("figures")
    return figures | flat


def _operates(visit: Visit) -> bool:
    """Whether the reader operates or controls the platform: for everybody else exempt instruments do not count."""
    return visit.actor is not None and visit.actor.role in OPERATING


def _is_own_unit(visit: Visit, unit: UUID | None) -> bool:
    return visit.scope is Scope.OWN_UNIT and visit.actor is not None and unit is not None and visit.actor.unit == unit


READS = (
    Read("/utilisation", "utilisation", Rates, utilisation, "Utilisation rates"),
    Read("/service-totals", "service_totals", Months, service_totals, "What units did, for whom and for how much"),
)
