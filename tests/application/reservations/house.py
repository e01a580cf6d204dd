# SPDX-License-Identifier: Apache-2.0
"""House rules published in the small province, and the statements that a request costs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from application.parties.publish_unit_house_rules import PublishUnitHouseRules
from application.resources.publish_house_rules import PublishHouseRules
from domain.kernel.house_rules import HouseRules
from infrastructure.database.direct import DirectConnection
from tests.application.reservations.province import Province, at, opening, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import pytest

    from application.command import Result
    from domain.kernel.time import Span

__all__ = ["Province", "at", "every_kind", "opening", "publish", "publish_for_unit", "span", "statements"]

BEFORE = at(8, day=2)
"""When the rules of these tests are published: before any request."""


def quota(name: str = "每周机时", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any item
    stated = {"name": name, "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 240}
    return {**stated, **changes}


def publish(home: Province, now: datetime = BEFORE, **rules: Any) -> Result:  # noqa: ANN401 - any item
    stated = HouseRules.model_validate(rules)
    return home.do(PublishHouseRules(resource=home.resource, rules=stated), home.manager, now)


def publish_for_unit(home: Province, now: datetime = BEFORE, **rules: Any) -> Result:  # noqa: ANN401 - any item
    stated = HouseRules.model_validate(rules)
    return home.do(PublishUnitHouseRules(unit=home.unit, rules=stated), home.manager, now)


def every_kind() -> dict[str, Any]:
    """A rule of every kind at once; a request of two hours on a Tuesday morning keeps all of them."""
    return {
        "lead": {"earliest_minutes": 43_200, "latest_minutes": 30, "change_minutes": 60, "cancel_minutes": 60},
        "lead_by_tag": {"long_term": {"earliest_minutes": 0}},
        "bands": [{"name": "day", "weekdays": [1, 2, 3, 4, 5], "start_minute": 480, "end_minute": 1080}],
        "lengths": [
            {"band": "day", "min_minutes": 30, "max_minutes": 240, "step_minutes": 30, "align_minutes": 30},
            {"max_minutes": 480},
        ],
        "quotas": [
            quota("每日", recurrence="daily", limit=10**6),
            quota("工作日", recurrence="weekday", limit=10**6),
            quota("每周", limit=10**6),
            quota("每月", recurrence="monthly", measure="reservations", limit=10**6),
            quota("每年", scope="organisation", recurrence="yearly", limit=10**6),
        ],
        "feedback": {"block_after_hours": 24},
        "conduct": {"ban_below": 60},
        "accessories": [{"name": "冷冻样品杆", "quantity": 2}],
        "use_types": ["use", "training"],
        "must_read": ["开机前检查真空"],
        "questions": ["样品是否含磁性成分"],
        "merge_gap_minutes": 5,
    }


def obliging(when: Span) -> dict[str, Any]:
    """A request that keeps every rule of `every_kind`."""
    return {
        "span": when,
        "rules_read": True,
        "answers": {"样品是否含磁性成分": "否"},
        "accessories": ("冷冻样品杆",),
    }


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement sent to the database inside, whichever way it goes there; hints to readers are none of it."""
    sent: list[str] = []
    execute, run = psycopg.Cursor.execute, DirectConnection.run

    def executed(cursor: Any, query: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - psycopg's own
        if "pg_notify" not in str(query):
            sent.append(str(query))
        return execute(cursor, query, *args, **kwargs)

    def ran(connection: Any, sql: str, values: Any) -> Any:  # noqa: ANN401 - psycopg's own
        sent.append(sql)
        return run(connection, sql, values)

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", executed)
        patched.setattr(DirectConnection, "run", ran)
        yield sent
