# SPDX-License-Identifier: Apache-2.0
"""Withdraw a report."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.work import Work
from domain.statistics import report
from domain.statistics.report import REPORT


class WithdrawReport(Command):
    """No longer put a report forward; it stays readable with the reason, and names the one in its place if any."""

    TARGET: ClassVar[str | None] = "report_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "report_id": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "一月使用记录更正后重新发布",
                "replaced_by": "BG-2026-000002",
            }
        }
    )

    report_id: UUID
    reason: Words
    replaced_by: Code | None = None


def withdraw_report(command: WithdrawReport, work: Work) -> Result:
    """Raises `NotFound`, `statistics.already_withdrawn`."""
    found = work.load(REPORT, command.report_id)
    work.append(found.id, *report.withdraw(found.state, reason=command.reason, replaced_by=command.replaced_by))
    return Result(id=found.id)
