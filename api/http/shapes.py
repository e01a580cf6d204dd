# SPDX-License-Identifier: Apache-2.0
"""What answers look like in the OpenAPI document: the columns of the read models they come from, or their own models.

Answers are described, never checked on their way out. A reader may see fewer members than a table has columns, and
some that are worked out; so only what is always there is required, and more is allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from api.http.documents.table import DOCUMENTS, OTHERS
from api.http.exports.formats import MEDIA_TYPES
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from projections.readmodel import Table

Schema = dict[str, Any]
TABLES = {table.name: table for model in READ_MODELS for table in model.tables}
PAGES: Mapping[str, str] = {
    "/instruments": "instruments",
    "/registry": "registry",
    "/registry/gaps": "registry",
    "/registry/overdue": "registry",
    "/registry/stale": "registry",
    "/reservations": "reservations",
    "/series": "booking_series",
    "/uses": "entered_uses",
    "/sample-orders": "sample_orders",
    "/contracts": "contracts",
    "/contracts/{id}/accesses": "protected_accesses",
    "/reservations/{id}/accesses": "protected_accesses",
    "/call-offs": "call_offs",
    "/contract-templates": "contract_templates",
    "/outputs": "outputs",
    "/orders": "receivables",
    "/receivables": "receivables",
    "/voucher-programmes": "voucher_programmes",
    "/voucher-grants": "voucher_grants",
    "/voucher-redemptions": "voucher_redemptions",
    "/reimbursement-batches": "voucher_batches",
    "/purchase-reviews": "purchase_reviews",
    "/purchased-assets": "purchase_assets",
    "/warning-catalogue": "warning_catalogue",
    "/legal-persons": "legal_persons",
    "/units": "units",
    "/groups": "user_groups",
    "/waiting-list": "waiting_list",
    "/approvals": "approvals",
    "/decisions": "decisions",
    "/documents": "document_versions",
    "/office-tasks": "office_tasks",
    "/trainings": "activities",
    "/result-transfers": "activities",
    "/deadlines": "deadlines",
    "/events": "audit_trail",
    "/reports": "reports",
    "/sites": "sites",
    "/brokers": "brokers",
    "/demands": "demands",
    "/products": "products",
    "/qualifications": "qualifications",
    "/operator-payments": "operator_payments",
    "/customs-conditions": "custody",
    "/notices": "notices",
    "/calendar-feeds": "calendar_feeds",
}
"""Lists a page at a time, with the table whose rows they show."""
THINGS: Mapping[str, str] = {
    "/instruments/{id}": "instruments",
    "/registry/resources/{id}": "registry",
    "/reservations/{id}": "reservations",
    "/series/{id}": "booking_series",
    "/uses/{id}": "entered_uses",
    "/sample-orders/{id}": "sample_orders",
    "/contracts/{id}": "contracts",
    "/call-offs/{id}": "call_offs",
    "/contract-templates/{id}": "contract_templates",
    "/outputs/{id}": "outputs",
    "/orders/{id}": "receivables",
    "/voucher-programmes/{id}": "voucher_programmes",
    "/voucher-grants/{id}": "voucher_grants",
    "/voucher-redemptions/{id}": "voucher_redemptions",
    "/reimbursement-batches/{id}": "voucher_batches",
    "/purchase-reviews/{id}": "purchase_reviews",
    "/legal-persons/{id}": "legal_persons",
    "/units/{id}": "units",
    "/users/{id}": "users",
    "/groups/{id}": "user_groups",
    "/decisions/{id}": "decisions",
    "/documents/{id}": "documents",
    "/office-tasks/{id}": "office_tasks",
    "/trainings/{id}": "activities",
    "/result-transfers/{id}": "activities",
    "/reports/{id}": "reports",
    "/sites/{id}": "sites",
    "/brokers/{id}": "brokers",
    "/demands/{id}": "demands",
    "/products/{id}": "products",
    "/qualifications/{id}": "qualifications",
    "/operator-payments/{id}": "operator_payments",
    "/notices/{id}": "notices",
    "/calendar-feeds/{id}": "calendar_feeds",
}
"""One thing each, with its table."""
FILES: Mapping[str, str] = {
    "/certificates/{number}.pdf": "application/pdf",
    "/units/{unit}/ledger/gaps": "text/csv",
    "/contracts/{id}.pdf": "application/pdf",
    "/calendars/{token}.ics": "text/calendar",
}
"""What can be answered as a file of its own; lists as CSV and XLSX say so by their parameter `format`."""
ONLY_FILES = frozenset({"/certificates/{number}.pdf", "/contracts/{id}.pdf", "/calendars/{token}.ics"})
LISTS = frozenset(
    {
        "/acknowledgement-duties",
        "/activity-counts",
        "/contracts/{id}/call-offs",
        "/contracts/{id}/duties",
        "/contracts/{id}/versions",
        "/output-counts",
        "/commands",
        "/demands/{id}/recommendations",
        "/instruments/{id}/accessories",
        "/instruments/{id}/duty",
        "/instruments/{id}/history",
        "/instruments/{id}/maintenances/hits",
        "/me/notices",
        "/me/proxies",
        "/national-feed",
        "/notice-templates",
        "/operator-payments/totals",
        "/policy-versions",
        "/refusals",
        "/regimes",
        "/registry/schemas",
        "/service-totals",
        "/sharing-records",
        "/sites/coverage",
        "/statistics/distribution",
        "/units/{id}/closures/hits",
        "/units/{unit}/ledger",
        "/units/{unit}/ledger/gaps",
        "/utilisation",
    }
)
"""Lists of what is worked out. All that is named neither here nor in `DOCUMENTS` is an object of its own kind."""
POSITION: Schema = {"type": "integer", "description": "The log position that is shown"}
TYPES: Mapping[str, Schema] = {
    "uuid": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "text[]": {"type": "array", "items": {"type": "string"}},
    "bigint": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "timestamptz": {"type": "string", "format": "date-time"},
}
"""JSON of the columns' SQL types; that of `jsonb` can be anything."""


def with_shapes(document: dict[str, Any], prefix: str) -> None:
    """Add to the OpenAPI document what is answered."""
    schemas = document["components"].setdefault("schemas", {})
    for name in sorted({*PAGES.values(), *THINGS.values()}):
        schemas[_component(name)] = row_of(TABLES[name])
    schemas.update(_of_documents())
    for address, item in document["paths"].items():
        path = address.removeprefix(prefix)
        for method, operation in item.items():
            if method == "get":
                operation["responses"]["200"]["content"] = _content(path, operation)
            elif (method, path) in DOCUMENTS:
                operation["responses"]["200"]["content"] = {"application/json": {"schema": _described(method, path)}}


def _of_documents() -> dict[str, Schema]:
    """The components of all answers with models of their own."""
    models = dict.fromkeys([*DOCUMENTS.values(), *OTHERS])
    _, made = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    components: dict[str, Schema] = made["$defs"]
    return components


def _described(method: str, path: str) -> Schema:
    return {"$ref": f"#/components/schemas/{DOCUMENTS[method, path].__name__}"}


def row_of(table: Table) -> Schema:
    """A row as JSON: a column may be null unless it is of the key."""
    properties = {name: _column(kind, null=name not in table.key) for name, kind in table.columns.items()}
    return {"type": "object", "title": table.name.replace("_", " "), "properties": properties}


def _column(kind: str, *, null: bool) -> Schema:
    known = TYPES.get(kind)
    if known is None:
        return {}
    return {**known, "type": [known["type"], "null"]} if null else dict(known)


def columns_of(path: str) -> list[str]:
    """The columns of the table that a list shows; none for what is worked out."""
    return list(TABLES[PAGES[path]].columns) if path in PAGES else []


def _content(path: str, operation: Schema) -> Schema:
    kinds = [FILES[path]] if path in FILES else [kind.partition(";")[0] for kind in _spreadsheets(operation)]
    file = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return file if path in ONLY_FILES else {"application/json": {"schema": _document(path)}, **file}


def _spreadsheets(operation: Schema) -> list[str]:
    """The files that the parameter `format` offers."""
    offered = [each["schema"].get("enum", ()) for each in operation.get("parameters", ()) if each["name"] == "format"]
    return [kind for name, kind in MEDIA_TYPES.items() if any(name in enum for enum in offered)]


def _document(path: str) -> Schema:
    if ("get", path) in DOCUMENTS:
        return _described("get", path)
    if path in THINGS:
        reference = {"$ref": f"#/components/schemas/{_component(THINGS[path])}"}
        return {
            "allOf": [reference, {"type": "object", "required": ["position"], "properties": {"position": POSITION}}]
        }
    if path in LISTS:
        return _list({"type": "object"}, {}, required=["items"])
    if path not in PAGES:
        return {"type": "object"}
    cursor = {"type": ["string", "null"], "description": "For `cursor`: the page that follows; null at the end"}
    more = {"next_cursor": cursor, "position": POSITION}
    return _list({"$ref": f"#/components/schemas/{_component(PAGES[path])}"}, more, required=["items", *more])


def _list(item: Schema, more: Schema, *, required: list[str]) -> Schema:
    return {"type": "object", "required": required, "properties": {"items": {"type": "array", "items": item}, **more}}


def _component(table: str) -> str:
    return f"Row_{table}"
