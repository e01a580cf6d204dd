# SPDX-License-Identifier: Apache-2.0
"""Into the registry and through the receiving platform: register, correct, submit, return, accept, certify."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.resources.events import (
    ResourceDataAccepted,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourceRegistered,
    ResourceUpdated,
    SubmissionCertificateIssued,
)
from domain.resources.publication import missing_items
from domain.resources.state import require_state

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.state import Resource

MANDATORY = ("name_zh", "asset_number", "city")
MANDATORY_IF_BOOKABLE = ("model", "manufacturer", "class_code", "location")


def register(particulars: ResourceRegistered, *, edition: Edition) -> list[Event]:
    """Enter a resource of a type that the regime lists (JS 8(2), 10.b; CQ 12.b; JS-2.1, CQ-3.1).

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
    return [particulars.model_copy(update={"basis": edition.basis("resource.types")})]


def update(state: Resource, change: ResourceUpdated, *, edition: Edition) -> list[Event]:
    """Correct or renew particulars (JS 13, CQ 12.b). What is being checked or exempt does not change meanwhile.

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
    return [change]


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


def submit(state: Resource, *, schema_name: str) -> list[Event]:
    """Hand the data to the receiving platform, complete by the schema of its type (JS 8(2), 11.b; CQ 12.b; JS-10.1).

    Raises `resources.wrong_state`, `resources.wrong_schema`, `resources.funding_incomplete` (the sources must explain
    the whole value), and `resources.incomplete` for each missing particular.
    """
    require_state(state, "submit", "draft")
    expected = schema_of(state.type)
    rules = Rules()
    rules.require(
        schema_name == expected, "resources.wrong_schema", field="schema_name", given=schema_name, expected=expected
    )
    for name in (*MANDATORY, *(MANDATORY_IF_BOOKABLE if state.bookable else ())):
        rules.require(bool(getattr(state, name)), "resources.incomplete", field=name, name=name)
    funding_fen = sum(share.amount_fen for share in state.funding)
    rules.require(
        funding_fen == state.original_value_fen,
        "resources.funding_incomplete",
        field="funding",
        funding_fen=funding_fen,
        value_fen=state.original_value_fen,
    )
    rules.enforce()
    return [ResourceDataSubmitted(schema_name=schema_name, data_digest=digest_of(state))]


def digest_of(state: Resource) -> str:
    """SHA-256 of what is submitted: the particulars as canonical JSON."""
    submitted = {
        "unit": str(state.unit),
        "type": state.type,
        "holding": state.holding,
        "asset_number": state.asset_number,
        "name_zh": state.name_zh,
        "name_en": state.name_en,
        "aliases": state.aliases,
        "model": state.model,
        "manufacturer": state.manufacturer,
        "origin_country": state.origin_country,
        "class_code": state.class_code,
        "subject_code": state.subject_code,
        "original_value_fen": state.original_value_fen,
        "funding": [[share.source, share.amount_fen] for share in state.funding],
        "acquired_on": str(state.acquired_on or ""),
        "accepted_on": str(state.accepted_on or ""),
        "location": state.location,
        "city": state.city,
        "district": state.district,
        "description": state.description,
    }
    text = json.dumps(submitted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def send_back(state: Resource, *, reasons: tuple[str, ...], edition: Edition) -> list[Event]:
    """Return a submission for correction (JS 10.d, CQ 23.a).

    Raises `resources.wrong_state`, `resources.reasons_required`.
    """
    require_state(state, "return", "submitted")
    if not reasons:
        raise refusal(
            "resources.reasons_required", citation=edition.citation("resource.quality_dimensions"), field="reasons"
        )
    return [ResourceDataReturned(reasons=reasons, basis=edition.basis("resource.quality_dimensions"))]


def accept(state: Resource, *, standard: str, received_by: UUID | None) -> list[Event]:
    """Accept a submission checked against the standard in force (JS 11.c, CQ 8(d)). Raises `resources.wrong_state`."""
    require_state(state, "accept", "submitted")
    return [ResourceDataAccepted(standard=standard, received_by=received_by)]


def certify(state: Resource, *, number: str, issuer: UUID | None, edition: Edition) -> list[Event]:
    """Issue the optional certificate of a submission: once, and by the platform that received it (JS 11.c, JS-11.2).

    Raises `resources.wrong_state`, `resources.already_certified`, `resources.received_by_another`.
    """
    require_state(state, "certify", "accepted", "certified", "published")
    rules = Rules()
    citation = edition.citation("resource.certificate_issuer")
    rules.require(
        state.certificate is None, "resources.already_certified", citation=citation, number=state.certificate or ""
    )
    rules.require(state.received_by in (None, issuer), "resources.received_by_another", citation=citation)
    rules.enforce()
    return [SubmissionCertificateIssued(number=number, basis=edition.basis("resource.certificate_issuer"))]
