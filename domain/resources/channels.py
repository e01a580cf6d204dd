# SPDX-License-Identifier: Apache-2.0
"""Whether what a resource publishes can really be reached: one stream for each resource and channel (JS 15, CQ 14).

Apart from the resource's own stream, so that a look at a web page never stands in the way of who edits the resource.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from domain.kernel.errors import Rules
from domain.kernel.event import Aggregate, Event
from domain.kernel.time import Instant

if TYPE_CHECKING:
    from datetime import datetime

    from domain.policy import Edition
    from domain.resources.state import Resource

CHANNELS = UUID("9a2f8f0e-6b1d-5d2b-8c55-0f4d3f6b7a21")
OWN_PORTAL = "unit_portal"
VISIBLE = ("published", "suspended")


class PublicationChannelChecked(Event):
    """Somebody looked whether a resource's page on a publication channel answers (JS 15, CQ 14.c)."""

    TYPE: ClassVar[str] = "resources.PublicationChannelChecked"

    resource: UUID
    unit: UUID
    channel: str
    url: str
    reachable: bool
    detail: str
    checked_at: Instant


@dataclass(frozen=True, slots=True)
class Channel:
    """The last look at a channel of a resource."""

    resource: UUID
    channel: str
    url: str
    reachable: bool
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen: the page looked for, whether it answered, how, and when."""

    channel: str
    url: str
    reachable: bool
    detail: str
    checked_at: datetime


def channel_of(resource: UUID, channel: str) -> UUID:
    """The stream of a resource's channel: whoever knows both names knows it."""
    return uuid5(CHANNELS, f"{resource}:{channel}")


def record_look(
    before: Channel | None, *, resource: UUID, published: Resource, look: Look, edition: Edition, now: datetime
) -> list[Event]:
    """Record a look at one of the regime's channels (JS 15, CQ 14).

    Raises, all at once, `resources.not_public`, `resources.unknown_channel`, `resources.channel_url_differs`,
    `resources.check_in_the_future`, `resources.check_out_of_order`.
    """
    citation = edition.citation("resource.publication_channels")
    channels = edition.value("resource.publication_channels")
    rules = Rules()
    rules.require(published.state in VISIBLE, "resources.not_public", state=published.state)
    rules.require(
        look.channel in channels,
        "resources.unknown_channel",
        citation=citation,
        field="channel",
        channel=look.channel,
        known=", ".join(channels),
    )
    rules.require(
        look.channel != OWN_PORTAL or look.url == published.portal_url,
        "resources.channel_url_differs",
        citation=citation,
        field="url",
        url=look.url,
        recorded=published.portal_url,
    )
    rules.require(look.checked_at <= now, "resources.check_in_the_future", field="checked_at")
    rules.require(
        before is None or before.checked_at <= look.checked_at, "resources.check_out_of_order", field="checked_at"
    )
    rules.enforce()
    return [
        PublicationChannelChecked(
            resource=resource,
            unit=published.unit,
            channel=look.channel,
            url=look.url,
            reachable=look.reachable,
            detail=look.detail,
            checked_at=look.checked_at,
            basis=edition.basis("resource.publication_channels"),
        )
    ]


def evolve(_: Channel | None, event: PublicationChannelChecked) -> Channel:
    """The channel after a look."""
    return Channel(event.resource, event.channel, event.url, event.reachable, event.checked_at)


CHANNEL = Aggregate("resources.PublicationChannel", evolve, (PublicationChannelChecked,))
