# SPDX-License-Identifier: Apache-2.0
"""Look at the portal links of public resources, and record what was seen (JS 15)."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from application.bus import Request
from application.errors import ApplicationError
from application.resources.record_channel_check import RecordChannelCheck
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.resources.channels import OWN_PORTAL
from projections.publication_channels import links_to_look_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.channels.fetching import Fetcher, Seen

logger = logging.getLogger("tongchou.channels")


@dataclass(frozen=True)
class Checked:
    """What became of one jurisdiction's links; `not_recorded` are looks that the rules refused."""

    looked_at: int = 0
    reachable: int = 0
    unreachable: int = 0
    not_recorded: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        return asdict(self)


def check_channels(
    platform: Platform,
    jurisdiction: Jurisdiction,
    fetch: Fetcher,
    *,
    most: int,
    older_than_days: int,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Checked:
    """Look at links that nobody has looked at for some days, the longest unseen first, each page once.

    A regime that does not ask for the portal channel (CQ) has none to look at.
    """
    now = platform.clock()
    edition = jurisdiction.edition(local_date(now))
    if OWN_PORTAL not in edition.value("resource.publication_channels"):
        return Checked()
    with jurisdiction.database.reading() as cursor:
        links = links_to_look_at(cursor, now - timedelta(days=older_than_days), most)
    seen: dict[str, Seen] = {}
    refused = 0
    for place, link in enumerate(links, start=1):
        url = link["url"]
        if url not in seen:
            seen[url] = fetch(url)
        refused += not _record(platform, jurisdiction, link["resource"], url, seen[url])
        progress(place, len(links))
    found = sum(seen[link["url"]].reachable for link in links)
    return Checked(len(links), found, len(links) - found, refused)


def _record(platform: Platform, jurisdiction: Jurisdiction, resource: UUID, url: str, seen: Seen) -> bool:
    command = RecordChannelCheck(
        resource=resource, channel=OWN_PORTAL, url=url, reachable=seen.reachable, detail=seen.detail
    )
    actor, key = Actor(user=platform.ids(), role=Role.SYSTEM), platform.ids()
    try:
        jurisdiction.bus.execute(Request(command, actor, key, key))
    except (DomainError, ApplicationError) as error:
        logger.warning("the look at %s was not recorded: %s", url, error)
        return False
    return True
