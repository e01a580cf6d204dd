# SPDX-License-Identifier: Apache-2.0
"""Use cases of calendar feeds."""

from application.bus import Entry
from application.calendars.issue_calendar_token import IssueCalendarToken, issue_calendar_token
from application.calendars.revoke_calendar_token import RevokeCalendarToken, revoke_calendar_token
from domain.kernel.actor import Role

ENTRIES: tuple[Entry, ...] = (
    Entry(IssueCalendarToken, issue_calendar_token, frozenset(Role)),
    Entry(RevokeCalendarToken, revoke_calendar_token, frozenset(Role)),
)
"""Every command of the room, its handler, and the roles that may issue it."""
