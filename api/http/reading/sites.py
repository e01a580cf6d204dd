# SPDX-License-Identifier: Apache-2.0
"""Sites, and which districts have one."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, found, listed, one, require_known
from api.http.visibility import Scope
from projections import sites as site_list
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row


class WantedSites(Listed):
    """Which sites."""

    kind: str | None = Field(default=None, max_length=60)
    city: str | None = Field(default=None, max_length=60)
    district: str | None = Field(default=None, max_length=60)
    open_on: date | None = Field(default=None, description="Only those that serve on this day", examples=["2026-03-02"])


class Covered(Query):
    """Coverage on a day, today by default."""

    on: date | None = Field(default=None, examples=["2026-03-02"])
    uncovered: bool = Field(default=False, description="Only districts without a site or carrier")


def sites(visit: Visit, query: WantedSites) -> Answer:
    """Regional sites and offline carriers by city."""
    known = (edition.value("site.kinds") for edition in visit.jurisdiction.regime.editions)
    require_known("kind", query.kind, (kind for kinds in known for kind in kinds))
    page = site_list.sites(
        visit.cursor,
        kind=query.kind,
        city=query.city,
        district=query.district,
        open_on=query.open_on,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(dataclasses.replace(page, rows=[_site(visit, row) for row in page.rows]))


def site(visit: Visit, query: ById) -> Answer:
    """One site."""
    row = found(site_list.site(visit.cursor, query.id), "network.Site", query.id)
    return one(_site(visit, row), position_of(visit.cursor, site_list.MODEL.name))


def coverage(visit: Visit, query: Covered) -> Answer:
    """Districts of the province with the carriers that serve in them, and how many have none (CQ 10)."""
    day = query.on or visit.today
    rows, position = site_list.coverage(visit.cursor, day, visit.edition().optional(site_list.CITIES))
    without = [row for row in rows if not row["covered"]]
    return Answer(
        {
            "items": without if query.uncovered else rows,
            "on": day,
            "districts": len(rows),
            "uncovered": len(without),
            "definition": site_list.DEFINITION,
            "position": position,
        }
    )


def _site(visit: Visit, row: Row) -> Row:
    """Who works for a site is for those who keep the network."""
    return row if visit.scope is Scope.ALL else {name: value for name, value in row.items() if name != "staff"}


READS = (
    Read("/sites", "sites", WantedSites, sites, "Regional sites and offline carriers"),
    Read("/sites/coverage", "sites", Covered, coverage, "Districts with and without a site"),
    Read("/sites/{id}", "sites", ById, site, "One site"),
)
