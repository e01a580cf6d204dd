# SPDX-License-Identifier: Apache-2.0
"""What became of notices, and the wordings of units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.notices.events import (
    NoticeDelivered,
    NoticeFailed,
    NoticeLapsed,
    NoticeRead,
    NoticeRetried,
    TemplateChanged,
    TemplateRestored,
)
from projections.handlers import new_row
from projections.notices.tables import NOTICES, TEMPLATES

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Recorded
    from projections.readmodel import Rows


def deliver(event: NoticeDelivered, recorded: Recorded, rows: Rows) -> None:
    """Sent, once and for all."""
    sent = {"way": event.way, "wording": event.wording, "attempts": event.attempt, "failure": None}
    _change(rows, recorded.stream, state="sent", sent_at=recorded.meta.occurred_at, **sent)


def fail(event: NoticeFailed, recorded: Recorded, rows: Rows) -> None:
    """Wait for the next attempt, or give up."""
    failure = f"{event.reason} {event.answer}".strip()
    tried = {"way": event.way, "attempts": event.attempt, "failure": failure}
    state = "given_up" if event.retry_at is None else "waiting"
    _change(rows, recorded.stream, state=state, next_attempt_at=event.retry_at, **tried)


def retry(_event: NoticeRetried, recorded: Recorded, rows: Rows) -> None:
    """Due again at once."""
    _change(rows, recorded.stream, state="waiting", next_attempt_at=recorded.meta.occurred_at)


def lapse(event: NoticeLapsed, recorded: Recorded, rows: Rows) -> None:
    """Of no use any more."""
    _change(rows, recorded.stream, state="lapsed", failure=event.reason)


def read(event: NoticeRead, recorded: Recorded, rows: Rows) -> None:
    """Only the addressee's own reading counts."""
    row = rows.get(NOTICES, event.notice)
    if row is not None and (row["addressee"], row["read_at"]) == (event.addressee.id, None):
        rows.change(NOTICES, event.notice, read_at=recorded.meta.occurred_at)


def change_template(event: TemplateChanged, _recorded: Recorded, rows: Rows) -> None:
    """The unit's own wording."""
    rows.put(TEMPLATES, new_row(TEMPLATES, **event.model_dump(include=set(TEMPLATES.columns))))


def restore_template(event: TemplateRestored, _recorded: Recorded, rows: Rows) -> None:
    """The platform's again."""
    rows.delete(TEMPLATES, event.unit, event.kind, event.language)


def _change(rows: Rows, notice: UUID, **columns: object) -> None:
    """A notice may have been taken back while it was on its way."""
    if rows.get(NOTICES, notice) is not None:
        rows.change(NOTICES, notice, **columns)
