# SPDX-License-Identifier: Apache-2.0
"""On which channels a resource is published, and whether somebody found it there (JS 15, CQ 14).

A row stands for each channel that was published on or looked at; what a new link says has still to be seen.
"""

from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.resources.channels import OWN_PORTAL, PublicationChannelChecked
from domain.resources.events import ResourcePublished, ResourceUpdated
from projections.handlers import Handlers, new_row
from projections.instrument_index import PUBLIC_STATES
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Row, Rows, Table

CHANNELS = Table(
    "publication_channels",
    ("resource", "channel"),
    {
        "resource": "uuid",
        "channel": "text",
        "url": "text",
        "recorded_at": "timestamptz",  # when the link was published
        "reachable": "boolean",  # null: nobody has looked since
        "detail": "text",
        "checked_at": "timestamptz",
        "failed_since": "timestamptz",  # the first of the looks in vain since it last answered
    },
    ("(reachable, checked_at)",),
)

on = Handlers()


@on
def _record(event: ResourcePublished | ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    before = rows.get(CHANNELS, recorded.stream, OWN_PORTAL)
    if not event.portal_url or (before and before["url"] == event.portal_url):
        return
    row = new_row(CHANNELS, resource=recorded.stream, channel=OWN_PORTAL, url=event.portal_url, detail="")
    rows.put(CHANNELS, row | {"recorded_at": recorded.meta.occurred_at})


@on
def _check(event: PublicationChannelChecked, _recorded: Recorded, rows: Rows) -> None:
    before = rows.get(CHANNELS, event.resource, event.channel)
    row = before or new_row(
        CHANNELS, resource=event.resource, channel=event.channel, recorded_at=event.checked_at, url=event.url
    )
    failing = row["failed_since"] or event.checked_at
    seen = {
        "url": event.url,
        "reachable": event.reachable,
        "detail": event.detail,
        "checked_at": event.checked_at,
        "failed_since": None if event.reachable else failing,
    }
    rows.put(CHANNELS, row | seen)


MODEL = ReadModel("publication_channels", (CHANNELS,), on.apply, types=on.types)


def channels_of(cursor: Cursor, resource: UUID) -> list[Row]:
    """The channels of a resource with the last look at each; `reachable` is null where nobody has looked yet."""
    return fetch(
        cursor,
        "SELECT channel, url, recorded_at, reachable, detail, checked_at, failed_since FROM publication_channels"
        " WHERE resource = %s ORDER BY channel",
        (resource,),
    )


def reached(cursor: Cursor, unit: UUID) -> Row:
    """Of the public resources of a unit: links recorded on its portal, found, not found, and not looked for yet."""
    [counts] = fetch(
        cursor,
        "SELECT count(*) AS recorded, count(*) FILTER (WHERE c.reachable) AS reachable,"
        " count(*) FILTER (WHERE NOT c.reachable) AS unreachable, count(*) FILTER (WHERE c.reachable IS NULL) AS unseen"
        " FROM publication_channels c JOIN instrument_index i ON i.id = c.resource"
        " WHERE c.channel = %s AND i.unit = %s AND i.state = ANY(%s)",
        (OWN_PORTAL, unit, list(PUBLIC_STATES)),
    )
    return counts


def links_to_look_at(cursor: Cursor, before: datetime, most: int) -> list[Row]:
    """Links on portals of public resources that nobody has looked at since `before`, the longest unseen first."""
    return fetch(
        cursor,
        "SELECT c.resource, c.url FROM publication_channels c JOIN instrument_index i ON i.id = c.resource"
        " WHERE c.channel = %s AND i.state = ANY(%s) AND (c.checked_at IS NULL OR c.checked_at < %s)"
        " ORDER BY c.checked_at NULLS FIRST, c.resource LIMIT %s",
        (OWN_PORTAL, list(PUBLIC_STATES), before, most),
    )
