# SPDX-License-Identifier: Apache-2.0
"""Purchases before they are made, what is shared already, and the catalogue that warns against new purchases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.hidden import review_as_seen
from api.http.reading.line import Answer, ById, Listed, Query, Read, Visit, among, listed, one, several
from api.http.visibility import Scope
from application.errors import NotPermitted
from domain.purchasing.facilities import Search, Sought
from domain.purchasing.state import Standing
from domain.resources.ledger.duties import listing_period
from projections import purchase_lists as reviews
from projections import warning_catalogue as warnings
from projections.duplicates import duplicates
from projections.paging import position_of
from projections.purchase_reviews import MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy import Edition

FILTERS = {Scope.OWN_ORGANISATION: "reviewer"}
BY_UNIT = (Scope.OWN_UNIT, Scope.UNITS_UNDER)
OWNERS = {Scope.OWN_UNIT: ("unit",), Scope.UNITS_UNDER: ("unit",), Scope.OWN_ORGANISATION: ("reviewer",)}


class Wanted(Listed):
    """Which reviews."""

    unit: UUID | None = None
    reviewer: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(Standing)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    warned: bool | None = Field(default=None, description="Whether the warning catalogue speaks against it")
    split: bool | None = Field(default=None, description="Whether it may be a part of a purchase split up (A16)")


class WantedAssets(Listed):
    """Which assets."""

    unit: UUID | None = None
    asset_number: str | None = Field(default=None, max_length=64)
    registered: bool | None = Field(default=None, description="Whether the registry knows the asset")


class WantedFacilities(Query):
    """What one thinks of buying, and for whom."""

    name: str = Field(default="", max_length=200)
    class_code: str = Field(default="", max_length=20)
    model: str = Field(default="", max_length=200)
    city: str = Field(default="", max_length=60)
    district: str = Field(default="", max_length=60)


class WantedVersion(Listed):
    """Which version; all, the latest first, where none is named."""

    version: int | None = Field(default=None, ge=1, le=1_000_000)


def purchase_reviews(visit: Visit, query: Wanted) -> Answer:
    """Reviews by number: a unit's own, those given to a third party, or all for those who organise and decide."""
    asked = {"unit": query.unit, "reviewer": query.reviewer}
    page = reviews.purchase_reviews(
        visit.cursor,
        **_narrowed(visit, asked),
        states=several(query.state),
        warned=query.warned,
        split=query.split,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def purchase_review(visit: Visit, query: ById) -> Answer:
    """One review: request, duplicates with their reasons, opinion, decision, and every step."""
    row = visit.owned(reviews.purchase_review(visit.cursor, query.id), OWNERS, "purchasing.PurchaseReview", query.id)
    return one(review_as_seen(visit, row), position_of(visit.cursor, MODEL.name))


def purchased_assets(visit: Visit, query: WantedAssets) -> Answer:
    """Assets bought through a review: by an opinion, by an exception, or without need of one."""
    page = reviews.purchased_assets(
        visit.cursor,
        **_narrowed(visit, {"unit": query.unit}),
        asset_number=query.asset_number,
        registered=query.registered,
        after=query.cursor,
        limit=query.limit,
    )
    editions = {day: visit.edition(day) for day in {row["accepted_on"] for row in page.rows}}
    rows = [row | _listing(row["accepted_on"], editions) for row in page.rows]
    return listed(replace(page, rows=rows))


def _narrowed(visit: Visit, asked: dict[str, UUID | None]) -> dict[str, Any]:
    """A unit sees its own purchases and those of units that ended in it, a department those of the units under it.

    Raises `NotPermitted` where a unit asks for another's.
    """
    if visit.scope not in BY_UNIT:
        return visit.narrowed(asked, FILTERS)
    units = visit.own_ids()
    if visit.scope is Scope.OWN_UNIT and (not units or asked["unit"] not in (None, *units)):
        raise NotPermitted(reason="unit", field="unit")
    return {**asked, "units": list(units)}


def _listing(accepted_on: date, editions: Mapping[date, Edition]) -> dict[str, Any]:
    """Until when a new asset is to be reported and opened, and whether that binds or only warns (CQ 12.b, A14)."""
    period = listing_period(accepted_on, editions[accepted_on])
    return {"listing_due_on": period and period.due_on, "listing_binding": period is not None and period.binding}


def shared_facilities(visit: Visit, query: WantedFacilities) -> Answer:
    """What is shared already and might serve as well, with reasons and utilisation (CQ 22.a)."""
    sought = Sought(query.name, query.class_code, query.model)
    unit = visit.actor.unit if visit.actor else None
    search = Search((sought,), unit, query.city, query.district)
    return Answer(duplicates(visit.cursor, search, visit.platform.clock()))


def warning_catalogue(visit: Visit, query: WantedVersion) -> Answer:
    """The versions published, with the classes warned of; drafts are for those who publish and control."""
    page = warnings.warning_catalogue(
        visit.cursor,
        version=query.version,
        drafts=visit.scope is Scope.ALL,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


READS = (
    Read("/purchase-reviews", "purchase_reviews", Wanted, purchase_reviews, "Purchase reviews"),
    Read("/purchase-reviews/{id}", "purchase_reviews", ById, purchase_review, "One purchase review"),
    Read("/purchased-assets", "purchased_assets", WantedAssets, purchased_assets, "Assets bought through a review"),
    Read(
        "/shared-facilities",
        "shared_facilities",
        WantedFacilities,
        shared_facilities,
        "What is shared already and might serve as well",
    ),
    Read("/warning-catalogue", "warning_catalogue", WantedVersion, warning_catalogue, "Warned of: new purchases"),
)
