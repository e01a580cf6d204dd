# SPDX-License-Identifier: Apache-2.0
"""Descriptive fields with their labels, as far as the reader may see them today (ruling 8.23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.citing import cited
from api.http.reading.line import Answer, ById, Query, Read
from api.http.visibility import Scope
from application.errors import NotFound
from application.resources.schemas import schema_for
from domain.kernel.actor import Role
from domain.resources.described import STRICTER, Classification, stricter
from projections.paging import position_of
from projections.parties import units_under
from projections.registry import MODEL
from projections.registry_lists import entry
from projections.registry_table import OPEN_TO_USERS

if TYPE_CHECKING:
    from uuid import UUID

    from api.http.reading.line import Visit
    from domain.resources.schema import FieldSchema, Schema
    from projections.readmodel import Row

NOTICE = {
    "zh": "国家秘密不得录入本系统，任何密级均不例外；个人姓名、电话等不属于描述信息。",
    "en": "State secrets must never be entered, whatever the classification; names and phones of persons do not belong "
    "into a description.",
}
OPERATING = (Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who operates or controls the platform sees what is internal to a unit too."""
EXEMPT = ("exempt", "exempt_claimed")
OWNED_BY = {Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "legal_person"}


def widest(visit: Visit, row: Row) -> Classification:
    """The narrowest classification that the reader may still see of a resource."""
    if visit.actor is None:
        return "public"
    if visit.actor.role in OPERATING or is_own(visit, row):
        return "internal"
    return "restricted" if visit.scope is Scope.ALL else "public"


def is_own(visit: Visit, row: Row) -> bool:
    """Whether the resource is of the reader's own unit or legal person."""
    column = OWNED_BY.get(visit.scope)
    return column is not None and row[column] in visit.own_ids()


def unveiled(visit: Visit) -> list[UUID] | None:
    """Of which units the reader sees exempt resources too, or claimed ones; None: of all that they see at all.

    Such a resource is for its unit, for the department that decides on it (A09), and for who operates or controls.
    """
    actor = visit.actor
    if actor is None or visit.scope is not Scope.ALL or actor.role in OPERATING:
        return None
    department = actor.organisation if actor.role is Role.COMPETENT_DEPARTMENT else None
    return units_under(visit.cursor, department) if department else []


def require_unveiled(visit: Visit, row: Row) -> None:
    """What is veiled is answered like what does not exist. Raises `NotFound`."""
    units = unveiled(visit)
    if units is not None and row["state"] in EXEMPT and row["unit"] not in units:
        raise NotFound(kind="resources.Resource", id=str(row["id"]))


def described(row: Row, seen: Classification) -> list[dict[str, Any]]:
    """The values that may be seen, each with its label, in the order of the schema.

    A field that the schema no longer has is treated as internal: nobody knows any more what it was.
    """
    values = row["described"] or {}
    kind = schema_for(row["type"]).kind(row["kind"])
    fields = {field.name: field for field in kind.fields} if kind else {}
    ordered = [*(name for name in fields if name in values), *(name for name in values if name not in fields)]
    shown = [(name, _classified(row, fields.get(name))) for name in ordered]
    return [
        {"name": name, "label": _label(fields.get(name), name), "classification": classified, **values[name]}
        for name, classified in shown
        if STRICTER[classified] <= STRICTER[seen]
    ]


def description(visit: Visit, query: ById) -> Answer:
    """What describes one resource under the schema of its type. The public sees what is public of what is open."""
    row = entry(visit.cursor, query.id)
    if row is None or not (row["state"] in OPEN_TO_USERS or visit.scope is Scope.ALL or is_own(visit, row)):
        raise NotFound(kind="resources.Resource", id=str(query.id))
    require_unveiled(visit, row)
    schema = schema_for(row["type"])
    kind = schema.kind(row["kind"])
    document = {
        "resource": query.id,
        "schema_name": schema.name,
        "schema_version": row["schema_version"],
        "kind": row["kind"],
        "kind_label": {"zh": kind.zh, "en": kind.en} if kind else None,
        "classification": row["classification"],
        "values": described(row, widest(visit, row)),
        "described_at": row["described_at"],
        "position": position_of(visit.cursor, MODEL.name),
    }
    return Answer(document)


def schemas(visit: Visit, query: Query) -> Answer:  # noqa: ARG001 - every read has a query
    """The forms of this jurisdiction: every type of resource, its kinds, and the fields of each."""
    edition = visit.edition()
    items = [{"type": name, **_form(schema_for(name))} for name in edition.value("resource.types")]
    citation = edition.citation("resource.types")
    return Answer({"items": items, "notice": NOTICE, "citation": cited(citation)})


def _form(schema: Schema) -> dict[str, Any]:
    return schema.model_dump(mode="json")


def _label(field: FieldSchema | None, name: str) -> dict[str, str]:
    return {"zh": field.zh, "en": field.en} if field else {"zh": name, "en": name}


def _classified(row: Row, field: FieldSchema | None) -> Classification:
    own: Classification = field.classification if field else "internal"
    return stricter(own, row["classification"])


READS = (
    Read("/instruments/{id}/description", "descriptions", ById, description, "What describes a resource"),
    Read("/registry/schemas", "descriptions", Query, schemas, "The forms by which resources are described"),
)
