# SPDX-License-Identifier: Apache-2.0
"""Into the registry: register and correct, judged by the regime each time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.resources.assessment import NOW, assess, facts_of, reassess
from domain.resources.events import ResourceRegistered, ResourceUpdated
from domain.resources.publication import missing_items
from domain.resources.state import require_state

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.assessment import Then
    from domain.resources.state import Resource

JUDGED = frozenset({"funding", "original_value_fen", "accepted_on", "acquired_on", "class_code"})
"""Particulars that decide whether a resource must be shared, until when, and whether its purchase needed a review."""


def register(particulars: ResourceRegistered, *, edition: Edition, then: Then = NOW) -> list[Event]:
    """Enter a resource of a type that the regime lists, judged at once (JS 2, 8(2), 10.b; CQ 3, 12.b; JS-2.1, CQ-3.1).

    A purchase without the review it needed is registered all the same and named in the gap list (ruling 8.24).

    Raises `resources.unknown_type`, `resources.funding_exceeds_value`, `resources.accepted_before_acquired`.
    """
    types = edition.value("resource.types")
    shares = sum(share.amount_fen for share in particulars.funding)
    rules = Rules()
    rules.require(
        particulars.type in types,
        "resources.unknown_type",
        citation=edition.citation("resource.types"),
        field="type",
        type=particulars.type,
        known=", ".join(types),
    )
    _require_consistent(rules, particulars, funding_fen=shares, value_fen=particulars.original_value_fen)
    rules.enforce()
    entered = particulars.model_copy(update={"basis": edition.basis("resource.types")})
    return [entered, assess(facts_of(particulars), edition, then)]


def update(state: Resource, change: ResourceUpdated, *, edition: Edition, then: Then = NOW) -> list[Event]:
    """Correct or renew particulars (JS 13, CQ 12.b). What is being checked or exempt does not change meanwhile.

    Where value, funding, dates or class change, the resource is judged anew.

    Raises `resources.wrong_state`, `resources.nothing_changed`, `resources.publication_item_missing`, and what
    `register` raises of funding and dates.
    """
    require_state(state, "update", "draft", "published", "suspended")
    stated = {name: value for name, value in change if name not in ("reason", "basis") and value is not None}
    rules = Rules()
    rules.require(any(getattr(state, name) != value for name, value in stated.items()), "resources.nothing_changed")
    funding = change.funding if change.funding is not None else state.funding
    value_fen = state.original_value_fen if change.original_value_fen is None else change.original_value_fen
    _require_consistent(rules, change, funding_fen=sum(share.amount_fen for share in funding), value_fen=value_fen)
    if change.items is not None:
        missing_items(rules, change.items, edition)
    rules.enforce()
    if not JUDGED & stated.keys():
        return [change]
    changed = replace(state, **{name: value for name, value in stated.items() if name in JUDGED})
    return [change, *reassess(changed, edition, then)]


def _require_consistent(
    rules: Rules, stated: ResourceRegistered | ResourceUpdated, *, funding_fen: int, value_fen: int
) -> None:
    rules.require(
        funding_fen <= value_fen,
        "resources.funding_exceeds_value",
        field="funding",
        funding_fen=funding_fen,
        value_fen=value_fen,
    )
    acquired, accepted = stated.acquired_on, stated.accepted_on
    in_order = acquired is None or accepted is None or acquired <= accepted
    rules.require(in_order, "resources.accepted_before_acquired", field="accepted_on")


def schema_of(resource_type: str) -> str:
    """The schema under which resources of a type are submitted."""
    return f"tongchou.resource.{resource_type}"
