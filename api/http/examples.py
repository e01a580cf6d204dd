# SPDX-License-Identifier: Apache-2.0
"""An example for each parameter of a read, so that the interface can be tried as it is described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.bodies import examples
from api.http.routes import LINES
from infrastructure.policy.loader import load_regimes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infrastructure.bootstrap import Platform

AN_ID = "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11"
EXAMPLES: dict[str, Any] = {
    "Tongchou-Wait-For": "1024",
    "asset_number": "JS-U01-20260044",
    "as_of": "2026-04-01",
    "after": 0,
    "at": "2026-03-02T09:00:00+08:00",
    "city": "南京市",
    "class_code": "0101",
    "code": "reservation.slot_taken",
    "command": "RequestReservation",
    "cursor": "WyIyMDI2LTAzLTAyIl0=",
    "days": 14,
    "district": "玄武区",
    "free_within_days": 7,
    "fund_card": "KY-2026-1",
    "lanes": "1,2",
    "limit": 50,
    "max_price_fen": 50000,
    "min_price_fen": 10000,
    "minutes": 120,
    "model": "Regulus 8100",
    "outcome": "late,no_show",
    "parameter": "fee.max_margin",
    "position_from": 1,
    "position_to": 1024,
    "number": "HJ-2026-000123",
    "q": "扫描电镜",
    "room": "reservations",
    "since": "2026-01-01",
    "slots": 1,
    "source": "lims",
    "state": "confirmed",
    "if-none-match": '"31494-7"',
    "until": "2026-12-31",
    "used_from": "2026-03-01",
    "used_until": "2026-03-31",
    "valid_on": "2026-03-02",
    "version": 1,
    "year": 2026,
}
"""By name, where one example serves every route."""
OF_ROUTES: dict[tuple[str, str], Any] = {
    ("/api/v1/instruments", "type"): "results",
    ("/api/v1/registry", "type"): "results",
    ("/api/v1/registry", "kind"): "instrument",
    ("/api/v1/registry", "state"): "published",
    ("/api/v1/registry/gaps", "reason"): "draft,submitted",
    ("/api/v1/first-free", "type"): "results",
    ("/api/v1/first-free", "instruments"): AN_ID,
    ("/api/v1/first-free", "state"): "published",
    ("/api/v1/units/{unit}/ledger/gaps", "kind"): "not_registered,review_missing",
    ("/api/v1/events", "type"): "reservations.ReservationRequested",
    ("/api/v1/instruments", "state"): "published",
    ("/api/v1/instruments/{id}/history", "since"): 1,
    ("/api/v1/streams/{id}", "since"): 1,
    ("/api/v1/brokers", "kind"): "technology_manager",
    ("/api/v1/contracts", "state"): "registered",
    ("/api/v1/contracts/{id}/call-offs", "state"): "placed",
    ("/api/v1/call-offs", "state"): "placed",
    ("/api/v1/contracts/{id}/versions/{a}/compare/{b}", "a"): "1",
    ("/api/v1/contracts/{id}/versions/{a}/compare/{b}", "b"): "2",
    ("/api/v1/contract-templates", "kind"): "commissioned_test,framework",
    ("/api/v1/contract-templates", "state"): "in_use",
    ("/api/v1/outputs", "kind"): "paper,monograph",
    ("/api/v1/acknowledgement-duties", "state"): "open",
    ("/api/v1/deadlines", "kind"): "exemption_review",
    ("/api/v1/decisions", "number"): "苏科统理〔2026〕1号",
    ("/api/v1/documents", "kind"): "technical_standard,operating_norm",
    ("/api/v1/office-tasks", "state"): "open,reported",
    ("/api/v1/purchase-reviews", "state"): "requested,approved",
    ("/api/v1/shared-facilities", "name"): "扫描电子显微镜",
    ("/api/v1/shared-facilities", "class_code"): "010102",
    ("/api/v1/orders", "state"): "invoiced,paid",
    ("/api/v1/orders", "fund_card"): "NSFC-2025-0417",
    ("/api/v1/orders", "used_from"): "2026-01-01",
    ("/api/v1/orders", "used_until"): "2026-12-31",
    ("/api/v1/voucher-grants", "state"): "granted,partly_used",
    ("/api/v1/voucher-redemptions", "state"): "approved",
    ("/api/v1/instruments/{id}/quote", "to"): "2026-03-02T11:00:00+08:00",
    ("/api/v1/instruments/{id}/quote", "samples"): 3,
    ("/api/v1/instruments/{id}/quote", "items"): "载网:2",
    ("/api/v1/instruments/{id}/fee-standards/diff", "from"): 1,
    ("/api/v1/instruments/{id}/fee-standards/diff", "to"): 2,
    ("/api/v1/sample-orders", "state"): "applied,received",
    ("/api/v1/sample-turnaround", "from"): "2026-01-01",
    ("/api/v1/sample-turnaround", "to"): "2026-12-31",
    ("/api/v1/notices", "kind"): "reservation_confirmed",
    ("/api/v1/notices", "state"): "sent",
    ("/api/v1/notice-templates/preview", "kind"): "reservation_confirmed",
    ("/api/v1/notice-templates/preview", "subject"): "预约已确认",
    ("/api/v1/notice-templates/preview", "body"): "{instrument}：{starts_at}",
}


def own_examples(platform: Platform) -> dict[str | tuple[str, str], Any]:
    """Examples that depend on the installation, by name or by route and name: those of its first jurisdiction."""
    first, *_ = platform.jurisdictions.values()
    known, followed = load_regimes(platform.settings.regimes_dir), first.regime.name
    kinds = first.regime.editions[-1].value("site.kinds")
    return {
        "jurisdiction": first.name,
        "token": f"{first.name}.q0yRFwPrAEN72abSsRq1C6fZyYV71vkw81yILNOFQLw",
        "name": followed,
        "with": next((name for name in known if name != followed), followed),
        ("/api/v1/sites", "kind"): kinds[0],
    }


def with_examples(document: dict[str, Any], own: Mapping[str | tuple[str, str], Any]) -> None:
    """Add to the OpenAPI document what its parameters do not show by themselves; `own` go before all others."""
    for path, item in document["paths"].items():
        for parameter in item.get("get", {}).get("parameters", ()):
            given = example(path, parameter["name"], parameter["schema"], own)
            if given is not None:
                parameter["example"] = given


def example(path: str, name: str, schema: dict[str, Any], own: Mapping[str | tuple[str, str], Any]) -> Any:  # noqa: ANN401
    """A value of one parameter of a read; None where nobody has thought of one."""
    otherwise = _of(schema, own.get(name, EXAMPLES.get(name)))
    return own.get((path, name), OF_ROUTES.get((path, name), otherwise))


def with_bodies(schemas: dict[str, Any]) -> None:
    """Give bodies their examples back as they were stated: FastAPI leaves nulls out, and null says "none" (A42)."""
    for line in LINES:
        stated = examples(line.command, line.in_path)
        if stated and (shown := schemas.get(f"{line.command.__name__}Body")):
            shown["examples"] = stated


def _of(schema: dict[str, Any], otherwise: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """What the schema itself says; a parameter that may be left out is the first of two."""
    for each in (schema, *schema.get("anyOf", ())):
        if each.get("format") == "uuid":
            return AN_ID
        if stated := each.get("examples") or each.get("enum"):
            return stated[0]
        if each.get("type") == "boolean":
            return True
    return otherwise
