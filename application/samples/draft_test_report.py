# SPDX-License-Identifier: Apache-2.0
"""Write the report of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Sha256, Words
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.samples import reporting

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class DraftTestReport(SampleCommand):
    """Enter a report, or a new version of one that was returned. The document itself stays with the unit."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": ORDER_ID, "digest": "a" * 64, "title": "合金粉末成分检测报告"}}
    )

    order_id: UUID
    digest: Sha256
    title: Words


def draft_test_report(command: DraftTestReport, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    decided = reporting.draft(loaded.state, digest=command.digest, title=command.title, drafted_by=work.actor.user)
    return finish(work, loaded, decided)
