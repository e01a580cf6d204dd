# SPDX-License-Identifier: Apache-2.0
"""Describe a resource under the schema of its type, and what a complete description is.

What is mandatory: everything the schema of the second-level kind marks so. A bookable resource, or one with an
instrument class, is an instrument until it is described otherwise: its mandatory fields are those of its registration,
so what was registered before descriptions existed stays complete. Whatever else is not described cannot be submitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.kernel.errors import Rules
from domain.resources.records import Description
from domain.resources.registry_events import ResourceDescribed
from domain.resources.state import require_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.resources.described import Classification, Described
    from domain.resources.schema import KindSchema, Schema
    from domain.resources.state import Resource

COMPLETENESS = "resource.quality_dimensions"


def describe(
    state: Resource,
    *,
    schema: Schema,
    kind: str,
    classification: Classification,
    answers: Mapping[str, Any],
    free_of_state_secrets: bool,
    edition: Edition,
) -> list[Event]:
    """State all descriptive fields anew (JS 2.a, 11.a; CQ 3).

    A draft may stay incomplete until it is submitted; what is open to the public may not. Raises
    `resources.wrong_state` and, all at once, `resources.unknown_kind`, `resources.unknown_field`,
    `resources.field_invalid`, `resources.field_missing`, `resources.secrecy_not_declared`, `resources.nothing_changed`.
    """
    require_state(state, "describe", "draft", "published", "suspended")
    rules = Rules()
    rules.require(free_of_state_secrets, "resources.secrecy_not_declared", field="no_state_secrets")
    found = schema.kind(kind)
    citation = edition.citation("resource.types")
    rules.require(
        found is not None, "resources.unknown_kind", citation=citation, field="kind", kind=kind, known=schema.kind_names
    )
    if found is None:
        rules.enforce()
    assert found is not None
    values = found.typed(answers, rules)
    if state.state != "draft":
        _require_complete(rules, found, values, edition)
    stated = Description(kind, found.version, classification, values)
    rules.require(stated != state.described, "resources.nothing_changed")
    rules.enforce()
    return [
        ResourceDescribed(
            schema_name=schema.name,
            kind=kind,
            schema_version=found.version,
            classification=classification,
            values=values,
            declared_free_of_state_secrets=free_of_state_secrets,
            basis=edition.basis("resource.types"),
        )
    ]


def kind_of(state: Resource, schema: Schema) -> KindSchema | None:
    """What the resource counts as: the kind it is described as, else an instrument where its registration says so."""
    if state.described is not None:
        return schema.kind(state.described.kind)
    return schema.kind(schema.default_kind) if state.bookable or state.class_code else None


def require_described(rules: Rules, state: Resource, schema: Schema, edition: Edition) -> None:
    """Note what the description lacks to be submitted, in `rules` (JS 10.d, CQ 23.a; JS-10.1)."""
    kind, citation = kind_of(state, schema), edition.citation(COMPLETENESS)
    rules.require(
        kind is not None, "resources.not_described", citation=citation, field="description", known=schema.kind_names
    )
    if kind is None:
        return
    for name in kind.bookable_particulars if state.bookable else ():
        rules.require(bool(getattr(state, name)), "resources.incomplete", citation=citation, field=name, name=name)
    _require_complete(rules, kind, state.described.values if state.described else {}, edition)


def _require_complete(rules: Rules, kind: KindSchema, values: Mapping[str, Described], edition: Edition) -> None:
    for field in kind.missing(values):
        rules.require(
            False,  # noqa: FBT003 - it is missing
            "resources.field_missing",
            citation=edition.citation(COMPLETENESS),
            field=f"values.{field.name}",
            zh=field.zh,
            en=field.en,
        )
