# SPDX-License-Identifier: Apache-2.0
"""Note that a notice was not sent because it is of no use any more: issued by the worker alone."""

from typing import Literal
from uuid import UUID

from application.command import Command, Result
from application.work import Work
from domain.notices import delivery
from domain.notices.delivery import NOTICE
from domain.notices.events import Told


class LapseNotice(Command):
    """What the notice spoke of is over, or will be when the quiet hours end."""

    notice: UUID
    told: Told
    reason: Literal["over", "quiet_hours"]


def lapse_notice(command: LapseNotice, work: Work) -> Result:
    """Raises what `delivery.lapse` raises."""
    found = work.find(NOTICE, command.notice)
    work.append(command.notice, *delivery.lapse(found.state if found else None, command.told, reason=command.reason))
    return Result(id=command.notice)
