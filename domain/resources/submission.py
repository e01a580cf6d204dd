# SPDX-License-Identifier: Apache-2.0
"""Through the receiving platform: submit, return, accept, certify."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.resources.describing import COMPLETENESS, require_described
from domain.resources.events import (
    ResourceDataAccepted,
    ResourceDataReturned,
    ResourceDataSubmitted,
    SubmissionCertificateIssued,
)
from domain.resources.registration import schema_of
from domain.resources.registry_events import CorrectionItem, CorrectionRequested, StandardApplied
from domain.resources.state import require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.records import Standard
    from domain.resources.schema import Schema
    from domain.resources.state import Resource

DATA_STANDARD = "technical_standard"
"""The kind of governance document that submissions are checked against."""
STANDARDS = "governance.advisers"
"""Whose articles speak of standards: they are reviewed before they are decided (JS 6, CQ 9)."""
MANDATORY = ("name_zh", "asset_number", "city")


def submit(state: Resource, *, schema_name: str, schema: Schema, edition: Edition) -> list[Event]:
    """Hand the data to the receiving platform, complete by the schema of its type (JS 8(2), 11.b; CQ 12.b; JS-10.1).

    Raises `resources.wrong_state`, `resources.wrong_schema`, `resources.funding_incomplete` (the sources must explain
    the whole value), `resources.not_described`, `resources.incomplete` for each missing particular, and
    `resources.field_missing` for each mandatory field of its kind.
    """
    require_state(state, "submit", "draft")
    expected, citation = schema_of(state.type), edition.citation(COMPLETENESS)
    rules = Rules()
    rules.require(
        schema_name == expected,
        "resources.wrong_schema",
        citation=citation,
        field="schema_name",
        given=schema_name,
        expected=expected,
    )
    for name in MANDATORY:
        rules.require(bool(getattr(state, name)), "resources.incomplete", citation=citation, field=name, name=name)
    require_described(rules, state, schema, edition)
    funding_fen = sum(share.amount_fen for share in state.funding)
    rules.require(
        funding_fen == state.original_value_fen,
        "resources.funding_incomplete",
        citation=citation,
        field="funding",
        funding_fen=funding_fen,
        value_fen=state.original_value_fen,
    )
    rules.enforce()
    basis = edition.basis(COMPLETENESS, "resource.submission_deadline")
    return [ResourceDataSubmitted(schema_name=schema_name, data_digest=digest_of(state), basis=basis)]


def digest_of(state: Resource) -> str:
    """SHA-256 of what is submitted: the particulars, and the description where there is one, as canonical JSON."""
    submitted: dict[str, Any] = {
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
    if state.described is not None:
        values = {name: value.model_dump(mode="json") for name, value in state.described.values.items()}
        submitted |= {"kind": state.described.kind, "values": values}
    text = json.dumps(submitted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def send_back(
    state: Resource, *, reasons: tuple[str, ...], items: tuple[CorrectionItem, ...] = (), edition: Edition
) -> list[Event]:
    """Return a submission for correction, with reasons as a whole and by field (JS 10.d, CQ 23.a; JS-10.1).

    Raises `resources.wrong_state`, `resources.reasons_required`.
    """
    require_state(state, "return", "submitted")
    if not reasons and not items:
        raise refusal("resources.reasons_required", citation=edition.citation(COMPLETENESS), field="reasons")
    basis = edition.basis(COMPLETENESS)
    told = reasons or tuple(f"{item.field}: {item.reason}" for item in items)
    by_field = [CorrectionRequested(items=items, return_count=state.returns + 1, basis=basis)] if items else []
    return [ResourceDataReturned(reasons=told, basis=basis), *by_field]


def accept(
    state: Resource, *, standard: Standard, received_by: UUID | None, today: date, edition: Edition
) -> list[Event]:
    """Accept a submission that was checked against a data standard in force today (JS 8(2), 11.c; CQ 8(d)).

    Raises `resources.wrong_state`, `resources.not_a_data_standard`, `resources.standard_not_in_force`.
    """
    require_state(state, "accept", "submitted")
    rules, citation = Rules(), edition.citation(STANDARDS)
    about: Any = {"citation": citation, "field": "standard", "title": standard.title}
    rules.require(standard.kind == DATA_STANDARD, "resources.not_a_data_standard", **about, kind=standard.kind)
    rules.require(standard.version is not None, "resources.standard_not_in_force", **about, day=today.isoformat())
    rules.enforce()
    assert standard.version is not None
    assert standard.decision is not None
    basis = edition.basis(STANDARDS)
    return [
        ResourceDataAccepted(standard=standard.title, received_by=received_by, basis=basis),
        StandardApplied(
            document=standard.document,
            document_version=standard.version,
            decision=standard.decision,
            decision_reference=standard.decision_reference,
            basis=basis,
        ),
    ]


def certify(
    state: Resource, *, number: str, issuer: UUID | None, issuer_role: Role = Role.RECEIVING_PLATFORM, edition: Edition
) -> list[Event]:
    """Issue the optional certificate of a submission: once, and by the platform that received it (JS 11.c, JS-11.2).

    Nobody could say whose proof it is where the issuer acts for no organisation.

    Raises `resources.wrong_state`, `resources.already_certified`, `resources.received_by_another`,
    `resources.not_the_issuer` (where the regime names another role than that of the actor),
    `resources.issuer_without_organisation`.
    """
    require_state(state, "certify", "accepted", "certified", "published")
    rules = Rules()
    citation = edition.citation("resource.certificate_issuer")
    rules.require(
        state.certificate is None, "resources.already_certified", citation=citation, number=state.certificate or ""
    )
    rules.require(issuer is not None, "resources.issuer_without_organisation", citation=citation)
    own = issuer is None or state.received_by in (None, issuer)
    rules.require(own, "resources.received_by_another", citation=citation)
    named = edition.optional("resource.certificate_issuer")
    may = named is None or issuer_role is Role.SYSTEM or issuer_role.value == named
    rules.require(may, "resources.not_the_issuer", citation=citation, role=named or "")
    rules.enforce()
    return [SubmissionCertificateIssued(number=number, basis=edition.basis("resource.certificate_issuer"))]
