# SPDX-License-Identifier: Apache-2.0
"""Note that a notice could not be sent: issued by the worker alone."""

from uuid import UUID

from application.command import Command, Result
from application.work import Work
from domain.notices import delivery
from domain.notices.delivery import NOTICE
from domain.notices.events import FailureReason, Told, Way


class RecordNoticeFailure(Command):
    """An attempt failed. `answer` is the server's status, never its words."""

    notice: UUID
    told: Told
    way: Way
    reason: FailureReason
    answer: str = ""


def record_notice_failure(command: RecordNoticeFailure, work: Work) -> Result:
    """Raises what `delivery.fail` raises."""
    found = work.find(NOTICE, command.notice)
    events = delivery.fail(
        found.state if found else None,
        command.told,
        way=command.way,
        reason=command.reason,
        answer=command.answer,
        now=work.now,
    )
    work.append(command.notice, *events)
    return Result(id=command.notice)
