# SPDX-License-Identifier: Apache-2.0
"""Open to users: publish, suspend, resume. One guard decides, and names everything that is missing at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules
from domain.resources.events import ResourcePublished, ResourceResumed, ResourceSuspended
from domain.resources.state import require_state
from domain.resources.values import PublicationItems

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from domain.kernel.citation import Basis
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

SuspensionGround = Literal["maintenance", "fault", "safety", "own_needs", "customs_lapse"]


@dataclass(frozen=True, slots=True)
class Holder:
    """What the guard must know of the unit: its sharing rules are in force, and it may serve at all.

    `admitted` is False for a professional institution that has not joined the platform (JS 19.c, CQ 15.a).
    """

    has_sharing_rules: bool
    admitted: bool = True


def publish(
    state: Resource, *, items: PublicationItems, portal_url: str, holder: Holder, edition: Edition, today: date
) -> list[Event]:
    """Publish an accepted resource on every channel (JS 8(3), 14, 15; CQ 12.b, 14.c, 18; JS-15.1, CQ-14.2, CQ-18.1).

    Raises `resources.wrong_state` and, all at once, `resources.publication_item_missing` (each item),
    `resources.portal_link_missing`, `resources.sharing_rules_missing`, `resources.institution_not_joined`,
    `resources.opening_missing`, `resources.tariff_missing`, `resources.customs_condition_missing`.
    """
    require_state(state, "publish", "accepted", "certified")
    _require_publishable(state, items, portal_url, holder, edition, today)
    return [ResourcePublished(items=items, portal_url=portal_url, basis=_basis(edition))]


def resume(state: Resource, *, portal_url: str, holder: Holder, edition: Edition, today: date) -> list[Event]:
    """Open a suspended resource again; the publication guard must hold again (JS 14, CQ 14.c)."""
    require_state(state, "resume", "suspended")
    items = state.items
    assert items is not None  # only what was published can be suspended
    _require_publishable(state, items, portal_url, holder, edition, today)
    return [ResourceResumed(basis=_basis(edition))]


def suspend(
    state: Resource, *, ground: SuspensionGround, reason: str, open_reservations: Sequence[UUID]
) -> list[Event]:
    """Close a published resource for a while; open reservations are listed for decision (JS 15, 16.a).

    Raises `resources.wrong_state`.
    """
    require_state(state, "suspend", "published")
    return [ResourceSuspended(ground=ground, reason=reason, open_reservations=tuple(open_reservations))]


def missing_items(rules: Rules, items: PublicationItems, edition: Edition) -> None:
    """Note each item of the regime's list that is blank.

    Items that nobody writes (execution, distribution, utilisation, sharing status of CQ 14) are shown by the
    platform from its events and are never missing.
    """
    name = "resource.publication_items"
    citation = edition.citation(name)
    for item in edition.value(name):
        written = item in PublicationItems.model_fields
        present = not written or bool(getattr(items, item).strip())
        rules.require(
            present, "resources.publication_item_missing", citation=citation, field=f"items.{item}", item=item
        )


def _require_publishable(
    state: Resource, items: PublicationItems, portal_url: str, holder: Holder, edition: Edition, today: date
) -> None:
    rules = Rules()
    missing_items(rules, items, edition)
    needs_portal = "unit_portal" in edition.value("resource.publication_channels")
    rules.require(
        not needs_portal or portal_url.startswith(("https://", "http://")),
        "resources.portal_link_missing",
        citation=edition.citation("resource.publication_channels"),
        field="portal_url",
    )
    rules.require(
        holder.has_sharing_rules or not edition.value("resource.sharing_rules_required"),
        "resources.sharing_rules_missing",
        citation=edition.citation("resource.sharing_rules_required"),
    )
    rules.require(holder.admitted, "resources.institution_not_joined")
    rules.require(
        state.certificate is not None or not edition.optional("resource.certificate_mandatory"),
        "resources.certificate_missing",
        citation=edition.citation("resource.certificate_mandatory"),
    )
    rules.require(
        bool(state.openings) or not state.bookable,
        "resources.opening_missing",
        citation=edition.citation("resource.publication_items"),
    )
    rules.require(
        bool(state.tariffs) or not state.bookable,
        "resources.tariff_missing",
        citation=edition.citation("fee.principle"),
    )
    needs_customs = state.duty_free and edition.optional("resource.duty_free_needs_customs_condition")
    rules.require(
        not needs_customs or state.customs_valid_on(today),
        "resources.customs_condition_missing",
        citation=edition.citation("resource.duty_free_needs_customs_condition"),
        day=today.isoformat(),
    )
    rules.enforce()


def _basis(edition: Edition) -> Basis:
    return edition.basis(
        "resource.publication_items",
        "resource.publication_channels",
        "resource.sharing_rules_required",
        "resource.duty_free_needs_customs_condition",
    )
