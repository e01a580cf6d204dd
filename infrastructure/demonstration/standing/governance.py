# SPDX-License-Identifier: Apache-2.0
"""Decisions, documents, policy versions, tasks, reports, and the days that fall due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.policy.decided import DECIDED, STREAM
from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.demonstration.standing.view import ALL
from projections.deadlines.model import deadlines as due_days
from projections.decisions import decisions
from projections.documents import drafts, in_force
from projections.office_tasks import tasks
from projections.reports import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.demonstration.standing.view import Line, View

SOON = timedelta(days=90)


def governance(view: View) -> Iterator[Line]:
    """What was decided, adopted, entrusted and published."""
    known = decisions(view.cursor, limit=ALL).rows
    yield "决定 decisions", view.counts("body", (row["body"] for row in known))
    adopted = in_force(view.cursor, as_of=AFTERMATH, limit=ALL).rows
    yield "施行文件 documents in force", view.counts("kind", (row["kind"] for row in adopted))
    yield "起草文件 drafts", view.counts("kind", (row["kind"] for row in drafts(view.cursor, limit=ALL).rows))
    yield "政策版本 policy versions", _policy(view)
    given = tasks(view.cursor, today=AFTERMATH, limit=ALL).rows
    late = sum(row["due"] == "overdue" for row in given)
    yield "交办任务 tasks", f"{len(given)}: 逾期 overdue {late}, 完成 done {_having(given, 'state', 'done')}"
    published = reports(view.cursor, kind=None, after=None, limit=ALL).rows
    yield "统计报告 reports", ", ".join(f"{row['number']} {row['first']:%Y-%m}" for row in published) or "0"


def _policy(view: View) -> str:
    state = DECIDED.fold(item.event for item in view.home.log.stream(STREAM))
    approved = [version for version in state.versions if version.decision] if state else []
    begun = sum(version.holds_on(AFTERMATH) for version in approved)
    later = [version.decision.effective_from for version in approved if version.decision]
    ahead = ", ".join(str(day) for day in later if day > AFTERMATH)
    return f"施行 in force {begun}, 待施行 later {ahead or '—'}"


def deadlines(view: View) -> Iterator[Line]:
    """What falls due soon, and what is over and not done."""
    running = due_days(view.cursor, today=AFTERMATH, until=AFTERMATH + SOON, limit=ALL).rows
    ahead = (row["kind"] for row in running if row["standing"] == "ahead")
    yield f"{SOON.days} 日内期限 due in {SOON.days} days", view.counts("kind", ahead)
    yield "已过期限 over", view.counts("kind", (row["kind"] for row in running if row["standing"] == "over"))


def _having(rows: list[dict[str, Any]], column: str, value: object) -> int:
    return sum(row[column] == value for row in rows)
