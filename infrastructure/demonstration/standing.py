# SPDX-License-Identifier: Apache-2.0
"""The table of where registry, documents, purchases and network stand when the demonstration ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from rich.table import Table

from domain.kernel.money import yuan
from domain.kernel.time import midnight
from domain.policy.decided import DECIDED, STREAM
from infrastructure.demonstration.catalogue import load_catalogue
from infrastructure.demonstration.drive import AFTERMATH
from infrastructure.readable import readable
from projections.deadlines.model import deadlines
from projections.decisions import decisions
from projections.demands import demands
from projections.documents import drafts, in_force
from projections.office_tasks import tasks
from projections.operator_payments import totals
from projections.products import products
from projections.purchase_reviews import purchase_reviews
from projections.qualifications import holds_on, qualifications
from projections.registry_lists import entries, gap_totals, overdue
from projections.registry_table import REVIEW_GAPS
from projections.reports import reports
from projections.sites import coverage
from projections.warning_catalogue import warning_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.readable import Terms
    from projections.paging import Cursor

ALL = 10_000
"""More than the demonstration has of anything listed here."""
AT = midnight(AFTERMATH)
SOON = timedelta(days=90)
Line = tuple[str, str]


class Gaps(Protocol):
    """What is counted of a unit's gap list."""

    @property
    def in_ledger(self) -> int:
        """Assets of the ledger."""

    @property
    def kinds(self) -> dict[str, int]:
        """How many gaps there are of each kind."""


class GapList(Protocol):
    """Compares a unit's ledger with the registry (ruling 8.24)."""

    def __call__(self, cursor: Cursor, home: Jurisdiction, unit: UUID, now: datetime, /) -> Gaps:
        """The gaps of a unit at a moment."""


@dataclass(frozen=True)
class Standing:
    """One jurisdiction on the first day after its demonstration, told in lines."""

    home: Jurisdiction
    cursor: Cursor
    terms: Terms
    gap_list: GapList

    def table(self, title: str) -> Table:
        """Everything in one table."""
        table = Table(title=f"{title} · 治理与登记 governance and registry ({AFTERMATH})", title_justify="left")
        table.add_column("事项 what")
        table.add_column("现状 standing", overflow="fold")
        for lines in (self._governance(), self._registry(), self._purchasing(), self._network(), self._deadlines()):
            for line in lines:
                table.add_row(*line)
            table.add_section()
        return table

    def _governance(self) -> Iterator[Line]:
        known = decisions(self.cursor, limit=ALL).rows
        yield "决定 decisions", self._counts("body", (row["body"] for row in known))
        adopted = in_force(self.cursor, as_of=AFTERMATH, limit=ALL).rows
        yield "施行文件 documents in force", self._counts("kind", (row["kind"] for row in adopted))
        yield "起草文件 drafts", self._counts("kind", (row["kind"] for row in drafts(self.cursor, limit=ALL).rows))
        yield "政策版本 policy versions", self._policy()
        given = tasks(self.cursor, today=AFTERMATH, limit=ALL).rows
        late = sum(row["due"] == "overdue" for row in given)
        yield "交办任务 tasks", f"{len(given)}: 逾期 overdue {late}, 完成 done {_having(given, 'state', 'done')}"
        published = reports(self.cursor, kind=None, after=None, limit=ALL).rows
        yield "统计报告 reports", ", ".join(f"{row['number']} {row['first']:%Y-%m}" for row in published) or "0"

    def _policy(self) -> str:
        state = DECIDED.fold(item.event for item in self.home.log.stream(STREAM))
        approved = [version for version in state.versions if version.decision] if state else []
        begun = sum(version.holds_on(AFTERMATH) for version in approved)
        later = [version.decision.effective_from for version in approved if version.decision]
        ahead = ", ".join(str(day) for day in later if day > AFTERMATH)
        return f"施行 in force {begun}, 待施行 later {ahead or '—'}"

    def _registry(self) -> Iterator[Line]:
        known = entries(self.cursor, limit=ALL).rows
        yield "资源 resources", self._counts("state", (row["state"] for row in known))
        kinds = {(row["type"], row["kind"]) for row in known if row["state"] == "published" and row["kind"]}
        yield "仪器外已开放种类 kinds beside instruments", str(len(kinds))
        gap = gap_totals(self.cursor)
        unreviewed = {kind: gap.pop(kind) for kind in REVIEW_GAPS if kind in gap}
        yield "应纳未纳 inclusion gap", self._told("state", gap)
        yield "缺购置评议 without purchase review", self._told("gap", unreviewed)
        late = len(overdue(self.cursor, "listing", as_of=AT, limit=ALL).rows)
        warned = len(overdue(self.cursor, "warning", as_of=AT, limit=ALL).rows)
        excused = sum(row["listing_exception"] is not None for row in known)
        yield "上架 listing", f"逾期 overdue {late}, 提示 warned {warned}, 例外 excused {excused}"
        certified = sum(row["certificate"] is not None for row in known)
        failed = sum(bool(row["failed_dimensions"]) for row in known)
        yield "凭证、质量 certificates, quality", f"凭证 certificates {certified}, 不合格 failed {failed}"
        for code in sorted({row["unit"] for row in load_catalogue(self.home.name).ledgers}):
            yield from self._ledger(code)
        yield "公开渠道 channels", self._channels()

    def _ledger(self, code: str) -> Iterator[Line]:
        unit = self.home.claims.owner("unit.code", code)
        if unit is not None:
            found = self.gap_list(self.cursor, self.home, unit, AT)
            yield f"台账 {code} ledger", f"{found.in_ledger} 项 assets; {self._told('gap', found.kinds)}"

    def _channels(self) -> str:
        query = "SELECT reachable, count(*) FROM publication_channels GROUP BY reachable"
        seen = dict(self.cursor.execute(query).fetchall())
        figures = {"可访问 found": True, "不可访问 not found": False, "未检查 unseen": None}
        return ", ".join(f"{name} {seen.get(answer, 0)}" for name, answer in figures.items())

    def _purchasing(self) -> Iterator[Line]:
        asked = purchase_reviews(self.cursor, limit=ALL).rows
        yield "购置评议 reviews", self._counts("review_state", (row["state"] for row in asked))
        versions = warning_catalogue(self.cursor, limit=ALL).rows
        if versions:
            newest = versions[0]
            flagged = sum(bool(row["warned"]) for row in asked)
            classes = len(newest["entries"])
            text = f"第{newest['catalogue_version']}版 version, {classes} 类 classes, 提示 flagged {flagged}"
            yield "预警目录 warning catalogue", text

    def _network(self) -> Iterator[Line]:
        districts, _ = coverage(self.cursor, AFTERMATH)
        lacking = [row["district"] for row in districts if not row["covered"]]
        covered = len(districts) - len(lacking)
        yield "站点覆盖 coverage", f"{covered}/{len(districts)} 区县 districts; 无 without: {'、'.join(lacking)}"
        wanted = demands(self.cursor, limit=ALL).rows
        matched = sum(len(row["matches"]) for row in wanted)
        yield "需求对接 demands", f"{len(wanted)}, 对接 matches {matched}"
        offered = products(self.cursor, public_on=AFTERMATH, limit=ALL).rows
        yield "增值产品 products", ", ".join(row["name_zh"] for row in offered) or "0"
        held = qualifications(self.cursor, limit=ALL).rows
        valid = sum(holds_on(row, AFTERMATH) for row in held)
        yield "资质 qualifications", f"有效 valid {valid}, 过期 expired {len(held) - valid}"
        paid, _ = totals(self.cursor)
        yield "运营支付 operator payments", f"¥{yuan(sum(row.amount_fen for row in paid))}"
        query = "SELECT count(*) FROM custody WHERE jsonb_array_length(leases) > 0"
        [(leases,)] = self.cursor.execute(query).fetchall()
        yield "融资租赁 finance leases", str(leases)

    def _deadlines(self) -> Iterator[Line]:
        running = deadlines(self.cursor, today=AFTERMATH, until=AFTERMATH + SOON, limit=ALL).rows
        ahead = (row["kind"] for row in running if row["standing"] == "ahead")
        yield f"{SOON.days} 日内期限 due in {SOON.days} days", self._counts("kind", ahead)
        yield "已过期限 over", self._counts("kind", (row["kind"] for row in running if row["standing"] == "over"))

    def _counts(self, name: str, values: Iterable[str]) -> str:
        return self._told(name, Counter(values))

    def _told(self, name: str, counts: dict[str, int]) -> str:
        """`12: 草稿 3, 已发布 9`: the whole, then each in its words."""
        parts = (f"{readable(name, value, 'zh', self.terms)} {count}" for value, count in sorted(counts.items()))
        return f"{sum(counts.values())}: {', '.join(parts)}" if counts else "0"


def _having(rows: list[dict[str, Any]], column: str, value: object) -> int:
    return sum(row[column] == value for row in rows)
