# SPDX-License-Identifier: Apache-2.0
"""Purchase reviews with their catalogue, and what happens around the units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.money import yuan
from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.demonstration.standing.view import ALL
from projections.demands import demands
from projections.operator_payments import totals
from projections.products import products
from projections.purchase_lists import purchase_reviews
from projections.qualifications import holds_on, qualifications
from projections.sites import CITIES, coverage
from projections.warning_catalogue import warning_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.demonstration.standing.view import Line, View


def purchasing(view: View) -> Iterator[Line]:
    """How far the reviews have come, and of what the catalogue warns."""
    asked = purchase_reviews(view.cursor, limit=ALL).rows
    yield "购置评议 reviews", view.counts("review_state", (row["state"] for row in asked))
    versions = warning_catalogue(view.cursor, limit=ALL).rows
    if versions:
        newest = versions[0]
        flagged = sum(bool(row["warned"]) for row in asked)
        classes = len(newest["entries"])
        text = f"第{newest['catalogue_version']}版 version, {classes} 类 classes, 提示 flagged {flagged}"
        yield "预警目录 warning catalogue", text


def network(view: View) -> Iterator[Line]:
    """Sites, demands, products, qualifications, payments and leases."""
    districts, _ = coverage(view.cursor, AFTERMATH, view.home.edition(AFTERMATH).optional(CITIES))
    lacking = [row["district"] for row in districts if not row["covered"]]
    covered = len(districts) - len(lacking)
    yield "站点覆盖 coverage", f"{covered}/{len(districts)} 区县 districts; 无 without: {'、'.join(lacking)}"
    wanted = demands(view.cursor, limit=ALL).rows
    matched = sum(len(row["matches"]) for row in wanted)
    yield "需求对接 demands", f"{len(wanted)}, 对接 matches {matched}"
    offered = products(view.cursor, public_on=AFTERMATH, limit=ALL).rows
    yield "增值产品 products", ", ".join(row["name_zh"] for row in offered) or "0"
    held = qualifications(view.cursor, limit=ALL).rows
    valid = sum(holds_on(row, AFTERMATH) for row in held)
    yield "资质 qualifications", f"有效 valid {valid}, 过期 expired {len(held) - valid}"
    paid, _ = totals(view.cursor)
    yield "运营支付 operator payments", f"¥{yuan(sum(row.amount_fen for row in paid))}"
    query = "SELECT count(*) FROM custody WHERE jsonb_array_length(leases) > 0"
    [(leases,)] = view.cursor.execute(query).fetchall()
    yield "融资租赁 finance leases", str(leases)
