# SPDX-License-Identifier: Apache-2.0
"""Note that a notice has left the platform: issued by the worker alone, after the server has taken it."""

from uuid import UUID

from application.command import Command, Result, Sha256
from application.work import Work
from domain.notices import delivery
from domain.notices.delivery import NOTICE
from domain.notices.events import Language, NoticeDelivered, Told, Way


class RecordNoticeDelivery(Command):
    """The mail server or gateway took the notice."""

    notice: UUID
    told: Told
    way: Way
    language: Language
    wording: str
    digest: Sha256


def record_notice_delivery(command: RecordNoticeDelivery, work: Work) -> Result:
    """Raises what `delivery.deliver` raises."""
    found = work.find(NOTICE, command.notice)
    delivered = NoticeDelivered(attempt=1, **command.model_dump(exclude={"notice"}))
    work.append(command.notice, *delivery.deliver(found.state if found else None, delivered))
    return Result(id=command.notice)
