# SPDX-License-Identifier: Apache-2.0
"""Resources, gaps, listing, certificates, ledgers, and where publications were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infrastructure.demonstration.catalogue import load_catalogue
from infrastructure.demonstration.standing.view import ALL, AT
from projections.registry_lists import entries, gap_totals, overdue
from projections.registry_table import REVIEW_GAPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.demonstration.standing.view import Line, View


def registry(view: View) -> Iterator[Line]:
    """What is registered and what is missing, late or not found."""
    known = entries(view.cursor, limit=ALL).rows
    yield "资源 resources", view.counts("state", (row["state"] for row in known))
    kinds = {(row["type"], row["kind"]) for row in known if row["state"] == "published" and row["kind"]}
    yield "仪器外已开放种类 kinds beside instruments", str(len(kinds))
    gap = gap_totals(view.cursor)
    unreviewed = {kind: gap.pop(kind) for kind in REVIEW_GAPS if kind in gap}
    yield "应纳未纳 inclusion gap", view.told("state", gap)
    yield "缺购置评议 without purchase review", view.told("gap", unreviewed)
    late = len(overdue(view.cursor, "listing", as_of=AT, limit=ALL).rows)
    warned = len(overdue(view.cursor, "warning", as_of=AT, limit=ALL).rows)
    excused = sum(row["listing_exception"] is not None for row in known)
    yield "上架 listing", f"逾期 overdue {late}, 提示 warned {warned}, 例外 excused {excused}"
    certified = sum(row["certificate"] is not None for row in known)
    failed = sum(bool(row["failed_dimensions"]) for row in known)
    yield "凭证、质量 certificates, quality", f"凭证 certificates {certified}, 不合格 failed {failed}"
    for code in sorted({row["unit"] for row in load_catalogue(view.home.name).ledgers}):
        yield from _ledger(view, code)
    yield "公开渠道 channels", _channels(view)


def _ledger(view: View, code: str) -> Iterator[Line]:
    unit = view.home.claims.owner("unit.code", code)
    if unit is not None:
        found = view.gap_list(view.cursor, view.home, unit, AT)
        yield f"台账 {code} ledger", f"{found.in_ledger} 项 assets; {view.told('gap', found.kinds)}"


def _channels(view: View) -> str:
    query = "SELECT reachable, count(*) FROM publication_channels GROUP BY reachable"
    seen = dict(view.cursor.execute(query).fetchall())
    figures = {"可访问 found": True, "不可访问 not found": False, "未检查 unseen": None}
    return ", ".join(f"{name} {seen.get(answer, 0)}" for name, answer in figures.items())
