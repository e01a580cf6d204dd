# SPDX-License-Identifier: Apache-2.0
"""Registered brokers: for whom they work and as what they are qualified; the person stays unnamed.

Nobody is asked whether their name may be shown, so none is; what leads to it (the pseudonym, a certificate's number)
and why a registration ended is for the person and for those who keep the network.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Read, found, listed, one
from api.http.visibility import Scope
from projections import brokers as register
from projections import parties, sites
from projections.paging import Page, position_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.http.reading.line import Visit
    from projections.readmodel import Row

PERSONAL = frozenset({"user_id", "certificate", "ended_reason"})


class WantedBrokers(Listed):
    """Which brokers."""

    kind: str | None = Field(default=None, max_length=60, examples=["technology_manager"])
    user: UUID | None = Field(default=None, description="For the person and for those who keep the network")
    registered_on: date | None = Field(default=None, examples=["2026-03-02"])


def brokers(visit: Visit, query: WantedBrokers) -> Answer:
    """Registered brokers with their organisation and qualification. To who may not know the person, there is none."""
    if query.user is not None and not _may_know(visit, query.user):
        return listed(Page([], None, position_of(visit.cursor, register.MODEL.name)))
    page = register.brokers(
        visit.cursor,
        kind=query.kind,
        user=query.user,
        registered_on=query.registered_on,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(dataclasses.replace(page, rows=_shown(visit, page.rows)))


def broker(visit: Visit, query: ById) -> Answer:
    """One registration."""
    row = found(register.broker(visit.cursor, query.id), "network.Broker", query.id)
    [shown] = _shown(visit, [row])
    return one(shown, position_of(visit.cursor, register.MODEL.name))


def _may_know(visit: Visit, user: UUID) -> bool:
    return visit.scope is Scope.ALL or (visit.actor is not None and visit.actor.user == user)


def _shown(visit: Visit, rows: Sequence[Row]) -> list[Row]:
    """Each with its organisation: the employer, or where none is stated what houses the site one works at."""
    hosts = sites.hosts(visit.cursor, [row["site"] for row in rows if row["site"]])
    at: dict[UUID, Any] = {row["id"]: row["employer"] or hosts.get(row["site"]) for row in rows}
    names = parties.names(visit.cursor, [each for each in at.values() if each])
    return [
        {name: value for name, value in row.items() if name not in PERSONAL or _may_know(visit, row["user_id"])}
        | {"organisation": names.get(at[row["id"]]), "qualification": _qualification(visit, row)}
        for row in rows
    ]


def _qualification(visit: Visit, row: Row) -> dict[str, Any]:
    """What one is registered as, in words, whether on a certificate, and until which day."""
    return {
        "kind": row["kind"],
        "name": visit.platform.words.terms["kind"].get(row["kind"]),
        "certified": bool(row["certificate"]),
        "valid_until": max(period["valid_until"] for period in row["periods"]),
        "registered": register.registered_on(row, visit.today),
    }


READS = (
    Read("/brokers", "brokers", WantedBrokers, brokers, "Registered brokers"),
    Read("/brokers/{id}", "brokers", ById, broker, "One broker"),
)
