# SPDX-License-Identifier: Apache-2.0
"""A place where the platform serves people: a regional site (JS 17) or an offline carrier (CQ 10, 11).

The regimes give `site.hosts` in two shapes. A list holds every host that may house a site, and another one needs a
policy decision first. A table holds the usual hosts of each kind (「主要布局」), and another one needs a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import SiteChanged, SiteClosed, SiteOpened, SiteStaffNamed, SiteStaffReleased

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition

KINDS, HOSTS = "site.kinds", "site.hosts"
MUST_STATE = {"integration_centre": "industry", "user_workstation": "district"}
"""What a kind of carrier cannot do without: the industry it serves (CQ 11(b)), the district of its park (CQ 11(c))."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it stands."""

    kind: str
    host_kind: str
    name_zh: str
    name_en: str
    city: str
    district: str
    place: str
    industry: str
    services: tuple[str, ...]
    opened_on: date
    host: UUID | None = None
    staff: frozenset[UUID] = frozenset()
    closed_on: date | None = None

    def serves_on(self, day: date) -> bool:
        """Whether it is open on a day."""
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


Change = SiteOpened | SiteChanged | SiteStaffNamed | SiteStaffReleased | SiteClosed


def evolve(state: Site | None, event: Change) -> Site:
    """The site after an event."""
    if isinstance(event, SiteOpened):
        return Site(**_stated(event))
    assert state is not None
    match event:
        case SiteChanged():
            return replace(state, **_stated(event))
        case SiteStaffNamed():
            return replace(state, staff=state.staff | {event.user})
        case SiteStaffReleased():
            return replace(state, staff=state.staff - {event.user})
        case SiteClosed():
            return replace(state, closed_on=event.closed_on)


def _stated(event: Event) -> dict[str, Any]:
    known = {field.name for field in fields(Site)}
    return {name: value for name, value in event if name in known and value is not None}


SITE = Aggregate("network.Site", evolve, (SiteOpened, SiteChanged, SiteStaffNamed, SiteStaffReleased, SiteClosed))


def open_site(particulars: SiteOpened, *, host_fits: bool = True, edition: Edition) -> list[Event]:
    """Set up a site of a listed kind at a host that may house it (JS 17.a, CQ 8(b), 11; JS-17.1, CQ-11.1).

    `host_fits` is false where the legal person named is not of the kind stated. Raises all at once
    `network.unknown_site_kind`, `network.host_not_listed`, `network.host_needs_reason`, `network.host_kind_mismatch`,
    `network.site_particular_missing`, `network.site_without_services`.
    """
    kinds = edition.value(KINDS)
    rules = Rules()
    rules.require(
        particulars.kind in kinds,
        "network.unknown_site_kind",
        citation=edition.citation(KINDS),
        field="kind",
        kind=particulars.kind,
        known=", ".join(kinds),
    )
    _require_host(rules, particulars, edition)
    rules.require(host_fits, "network.host_kind_mismatch", field="host", host_kind=particulars.host_kind)
    _require_stated(rules, particulars.kind, particulars, edition)
    rules.enforce()
    return [particulars.model_copy(update={"basis": edition.basis(KINDS, HOSTS)})]


def _require_host(rules: Rules, stated: SiteOpened, edition: Edition) -> None:
    hosts, citation = edition.value(HOSTS), edition.citation(HOSTS)
    if isinstance(hosts, dict):
        usual = hosts.get(stated.kind, ())
        rules.require(
            stated.host_kind in usual or bool(stated.host_reason),
            "network.host_needs_reason",
            citation=citation,
            field="host_reason",
            host_kind=stated.host_kind,
            usual=", ".join(usual),
        )
        return
    rules.require(
        stated.host_kind in hosts,
        "network.host_not_listed",
        citation=citation,
        field="host_kind",
        host_kind=stated.host_kind,
        known=", ".join(hosts),
    )


def _require_stated(rules: Rules, kind: str, stated: SiteOpened | Site, edition: Edition) -> None:
    citation = edition.citation(KINDS)
    needed = MUST_STATE.get(kind)
    rules.require(
        needed is None or bool(getattr(stated, needed)),
        "network.site_particular_missing",
        citation=citation,
        field=needed,
        particular=needed or "",
        kind=kind,
    )
    rules.require(bool(stated.services), "network.site_without_services", citation=citation, field="services")


def change(state: Site, change: SiteChanged, *, edition: Edition) -> list[Event]:
    """Correct or renew particulars; kind and host stay: another kind or host is another site.

    Raises `network.site_closed`, `network.nothing_changed`, and what a site must state.
    """
    require_open(state)
    after = evolve(state, change)
    if after == state:
        raise refusal("network.nothing_changed")
    rules = Rules()
    _require_stated(rules, state.kind, after, edition)
    rules.enforce()
    return [change]


def name_staff(state: Site, *, user: UUID, active: bool) -> list[Event]:
    """Let a person record matches for the site.

    Raises `network.site_closed`, `network.staff_known`, `network.person_not_active`.
    """
    require_open(state)
    rules = Rules()
    rules.require(user not in state.staff, "network.staff_known", field="user")
    rules.require(active, "network.person_not_active", field="user")
    rules.enforce()
    return [SiteStaffNamed(user=user)]


def release_staff(state: Site, *, user: UUID, reason: str) -> list[Event]:
    """End a person's work for the site. Raises `network.staff_unknown`."""
    if user not in state.staff:
        raise refusal("network.staff_unknown", field="user")
    return [SiteStaffReleased(user=user, reason=reason)]


def close(state: Site, *, reason: str, closed_on: date) -> list[Event]:
    """End the site from a day on. Raises `network.site_closed`, `network.ends_before_start`."""
    require_open(state)
    if closed_on < state.opened_on:
        raise refusal("network.ends_before_start", field="closed_on")
    return [SiteClosed(reason=reason, closed_on=closed_on)]


def require_open(state: Site) -> None:
    """Refuse what is asked of a site that was closed: `network.site_closed`."""
    if state.closed_on is not None:
        raise refusal("network.site_closed", closed_on=state.closed_on.isoformat())
