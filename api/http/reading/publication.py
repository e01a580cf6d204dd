# SPDX-License-Identifier: Apache-2.0
"""What is published of resources (JS 10, 15; CQ 14.c), offered to the national platform (CQ 13), and kept (CQ 14.b)."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, Listed, Query, Read, in_order, listed
from api.http.reading.moments import Moment, Month
from api.http.visibility import Scope
from application.errors import NotFound
from domain.kernel.time import local_date
from projections import parties
from projections.instruments import MODEL as CATALOGUE
from projections.months import a_year_to, month_of
from projections.national_feed import feed
from projections.nrii import INSTRUMENT, NOT_AUDITED, missing
from projections.paging import position_of
from projections.publication_channels import channels_of, reached
from projections.publication_facts import DEFINITION, Dimension, distribution, unit_facts
from projections.sharing_records import sharing_records
from projections.utilisation_rates import utilisation

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row
    from projections.utilisation_rates import Usage

OWNERS = {Scope.OWN_UNIT: "unit"}


class OfUnit(Query):
    """A unit and the months it reports on, both included; the twelve up to this one where they are not named."""

    id: UUID
    first: Month | None = Field(default=None, alias="from")
    last: Annotated[Month | None, AfterValidator(in_order("first"))] = Field(default=None, alias="to")

    def months(self, now: datetime) -> tuple[date, date]:
        """First and last month."""
        last = month_of(self.last or local_date(now))
        return self.first or a_year_to(last), last


class By(Query):
    """By what to tell resources apart."""

    by: Dimension = "type"
    unit: UUID | None = None


class After(Query):
    """Messages behind a position of the log."""

    after: int = Field(
        default=0, ge=0, lt=2**63, description="`next_after` of the messages before; 0 from the beginning"
    )
    limit: int = Field(default=50, ge=1, le=1_000, description="Messages")


class Records(Listed):
    """Which records of sharing."""

    unit: UUID | None = None
    instrument: UUID | None = None
    external: bool | None = Field(default=None, description="For others than one's own legal person")
    starts_from: Moment | None = None
    starts_before: Annotated[Moment | None, AfterValidator(in_order("starts_from"))] = None


def unit_publication(visit: Visit, query: OfUnit) -> Answer:
    """The public catalogue of a unit: its rules and their execution, distribution, utilisation and sharing status.

    Utilisation is shown twice, beside open and beside rated hours (ruling 8.25). Exempt resources do not count.
    """
    unit = parties.unit(visit.cursor, query.id)
    if unit is None:
        raise NotFound(kind="parties.Unit", id=str(query.id))
    now = visit.platform.clock()
    first, last = query.months(now)
    facts = unit_facts(visit.cursor, query.id, first, last, now)
    document = {
        "unit": {name: unit[name] for name in ("id", "code", "name_zh", "name_en", "city", "district")},
        "sharing_rules": unit["sharing_rules"],
        "execution": facts.execution,
        "distribution": facts.distribution,
        "utilisation": [_rates(row) for row in facts.utilisation],
        "sharing_status": facts.sharing_status,
        "channels": {"portal_url": unit["portal_url"], "unit_portal": reached(visit.cursor, query.id)},
        "from": first,
        "to": last,
        "as_of": now,
        "definition": facts.definition,
        "position": position_of(visit.cursor, CATALOGUE.name),
    }
    return Answer(document)


def published(visit: Visit, row: Row) -> dict[str, Any]:
    """What is published of one resource beside its particulars: the items, the channels, its use, its status."""
    now = visit.platform.clock()
    last = month_of(local_date(now))
    unit = parties.unit(visit.cursor, row["unit"])
    rates = utilisation(
        visit.cursor, a_year_to(last), last, by="instrument", as_of=now, resource=row["id"], hidden=True
    )
    return {
        "items": row["items"],
        "sharing_rules": unit["sharing_rules"] if unit else None,
        "portal_url": row["portal_url"],
        "channels": channels_of(visit.cursor, row["id"]),
        "utilisation": {
            "from": a_year_to(last),
            "to": last,
            "rates": [_rates(each) for each in rates.over_all_months()],
            "definition": rates.definition,
        },
        "sharing_status": {name: row[name] for name in ("state", "bookable", "published_at", "suspension")},
    }


def spread(visit: Visit, query: By) -> Answer:
    """How public resources are distributed: by type, class, city, district, unit or state."""
    found = distribution(visit.cursor, query.by, unit=query.unit)
    position = position_of(visit.cursor, CATALOGUE.name)
    return Answer({"items": found, "by": query.by, "definition": DEFINITION, "position": position})


def national_feed(visit: Visit, query: After) -> Answer:
    """Messages for the national network platform: each facility's last, an offer or one removal (CQ 13).

    An offer's document bears the platform's field names; `missing` names mandatory fields to fill in before an upload.
    """
    rows, position = feed(visit.cursor, query.after, query.limit)
    last = rows[-1]["position"] if rows else query.after
    items = [_message(row) for row in rows]
    return Answer({"items": items, "next_after": last, "position": position})


def records(visit: Visit, query: Records) -> Answer:
    """Every use that has ended, as last corrected, the latest first (CQ 14.b)."""
    own = visit.narrowed({"unit": query.unit}, OWNERS)
    page = sharing_records(
        visit.cursor,
        **own,
        resource=query.instrument,
        external=query.external,
        started_from=query.starts_from,
        started_before=query.starts_before,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def _message(row: Row) -> Row:
    document = row["document"]
    if document is None:
        return {name: row[name] for name in ("resource", "position", "kind")}
    wire = {**document, "auditStatus": NOT_AUDITED}
    unit = {"unit": row["unit"], "unit_code": row["unit_code"], "unit_name_zh": row["unit_name_zh"]}
    head = {"resource": row["resource"], "position": row["position"], "kind": row["kind"], **unit}
    return {**head, "instruType": INSTRUMENT, "document": wire, "missing": missing(wire)}


def _rates(row: Usage) -> dict[str, Any]:
    shares = ("external_share", "utilisation", "rated_utilisation")
    return dataclasses.asdict(row) | {name: getattr(row, name) for name in shares}


READS = (
    Read("/units/{id}/publication", "publication", OfUnit, unit_publication, "What a unit publishes"),
    Read("/statistics/distribution", "publication", By, spread, "How public resources are distributed"),
    Read("/national-feed", "national_feed", After, national_feed, "Messages for the national network platform"),
    Read("/sharing-records", "sharing_records", Records, records, "Records of sharing, one for each use"),
)
