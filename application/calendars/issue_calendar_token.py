# SPDX-License-Identifier: Apache-2.0
"""Subscribe to a calendar."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Sha256
from application.errors import NotPermitted
from application.guards import own_unit
from application.work import Work
from domain.calendars import feed
from domain.calendars.events import CalendarTokenIssued, FeedLanguage, FeedScope
from domain.kernel.actor import Role
from domain.resources.resource import RESOURCE

STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION, Role.SYSTEM})


class IssueCalendarToken(Command):
    """Let whoever shows the secret with this SHA-256 read a calendar as oneself may read it at that time.

    One's own reservations, those of an instrument, or those of the unit one works for. The secret begins with the
    jurisdiction's name and a dot, then 32 random bytes; it never enters a command. Read it at
    `/api/v1/calendars/SECRET.ics`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "scope": "instrument",
                "of": "5b1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b11",
                "token_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
        }
    )

    scope: FeedScope
    of: UUID | None = None
    """The instrument or unit; oneself where it is left out."""
    token_hash: Sha256
    language: FeedLanguage = "zh"


def issue_calendar_token(command: IssueCalendarToken, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `KeyTaken` for a secret already in use, and what `feed.issue` raises."""
    of = command.of or (work.actor.unit if command.scope == "unit" else None) or work.actor.user
    if command.scope == "unit":
        if work.actor.role not in STAFF:
            raise NotPermitted(reason="unit", unit=str(of))
        own_unit(work, of)
    if command.scope == "instrument":
        work.load(RESOURCE, of)
    issued = CalendarTokenIssued(
        user=work.actor.user, scope=command.scope, of=of, token_hash=command.token_hash, language=command.language
    )
    stream = work.new_id()
    work.append(stream, *feed.issue(issued))
    return Result(id=stream)
