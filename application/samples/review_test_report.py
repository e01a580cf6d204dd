# SPDX-License-Identifier: Apache-2.0
"""Pass a report: two persons, one after the other, neither operator nor author."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Sha256
from application.samples.apply_for_test import Text
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_unit
from domain.samples import reporting

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class ReviewTestReport(SampleCommand):
    """Pass the report with that digest, as somebody who neither operated the test nor wrote the report."""

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID, "digest": "a" * 64}})

    order_id: UUID
    digest: Sha256
    comment: Text = ""


def review_test_report(command: ReviewTestReport, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = for_unit(work, command.order_id)
    decided = reporting.review(loaded.state, digest=command.digest, reviewer=work.actor.user, comment=command.comment)
    return finish(work, loaded, decided)
