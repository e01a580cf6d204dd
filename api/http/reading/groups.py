# SPDX-License-Identifier: Apache-2.0
"""Groups of users and personal proxies: one's own, those of one's organisation, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, found, listed, one
from api.http.visibility import Scope
from application.errors import NotFound
from projections import groups as register
from projections import proxies as appointed
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

FILTERS = {Scope.OWN_PERSON: "person", Scope.OWN_ORGANISATION: "legal_person"}
KIND = "parties.Group"


class WantedGroups(Listed):
    """Which groups."""

    person: UUID | None = Field(default=None, description="Who leads them or belongs to them")
    legal_person: UUID | None = None
    dissolved: bool = Field(default=False, description="Dissolved ones, too")


def groups(visit: Visit, query: WantedGroups) -> Answer:
    """Groups that the reader leads or belongs to; staff see those of their legal person."""
    asked = {"person": query.person, "legal_person": query.legal_person}
    narrowed = visit.narrowed(asked, FILTERS)
    page = register.groups(visit.cursor, **narrowed, dissolved=query.dissolved, after=query.cursor, limit=query.limit)
    return listed(page)


def group(visit: Visit, query: ById) -> Answer:
    """One group with its members and their terms; a member sees no terms but their own."""
    row = found(register.group(visit.cursor, query.id), KIND, query.id)
    return one(_as_seen(visit, row), position_of(visit.cursor, register.MODEL.name))


def _as_seen(visit: Visit, row: Row) -> Row:
    """Raises `NotFound` for those outside."""
    assert visit.actor is not None
    reader, organisation = visit.actor.user, visit.actor.organisation
    if visit.scope is Scope.ALL or row["leader"] == reader:
        return row
    if visit.scope is Scope.OWN_ORGANISATION and organisation == row["legal_person"]:
        return row
    here = [each for each in row["members"] if each["left_at"] is None]
    if visit.scope is not Scope.OWN_PERSON or all(each["user_id"] != reader for each in here):
        raise NotFound(kind=KIND, id=str(row["id"]))
    public = ("group_id", "user_id", "joined_at")
    shown = [each if each["user_id"] == reader else {name: each[name] for name in public} for each in here]
    return {**row, "members": shown}


def proxies(visit: Visit, _query: Query) -> Answer:
    """Who may act for the reader, and for whom the reader may act."""
    assert visit.actor is not None
    items = appointed.proxies(visit.cursor, visit.actor.user, visit.platform.clock())
    return Answer({"items": items, "position": position_of(visit.cursor, appointed.MODEL.name)})


READS = (
    Read("/groups", "groups", WantedGroups, groups, "Groups of users"),
    Read("/groups/{id}", "groups", ById, group, "One group of users"),
    Read("/me/proxies", "proxies", Query, proxies, "Who acts for whom"),
)
