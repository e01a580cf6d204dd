# SPDX-License-Identifier: Apache-2.0
"""Publish the duty roster of an instrument."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.resources.permits import held
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.user import USER, User
from domain.resources.duty_events import DutyEntry, DutyException
from domain.resources.duty_roster import Staff, people_named
from domain.resources.duty_roster import publish_duty_roster as decide


class PublishDutyRoster(Command):
    """Publish who is on duty at an instrument, weekly and on days of exception, from a day on.

    Each version is whole; one without entries ends the duty. Minutes are those of the day in Shanghai. The people named
    are told when a reservation at their time is confirmed, moved or cancelled.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "effective_from": "2026-03-02",
                "entries": [
                    {
                        "persons": ["7c0ffb0a-3f0e-4e0e-8d5b-1d2c3b4a5f60"],
                        "weekdays": [1, 2, 3, 4, 5],
                        "start_minute": 510,
                        "end_minute": 1050,
                    }
                ],
                "exceptions": [{"day": "2026-04-06", "persons": []}],
            }
        }
    )

    resource: UUID
    effective_from: date
    entries: Annotated[tuple[DutyEntry, ...], Field(max_length=100)]
    exceptions: Annotated[tuple[DutyException, ...], Field(max_length=200)] = ()


def publish_duty_roster(command: PublishDutyRoster, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `duty_roster.publish_duty_roster` raises."""
    found = held(work, command.resource)
    known = {person: _staff(work, person) for person in people_named(command.entries, command.exceptions)}
    events = decide(
        found.state,
        entries=command.entries,
        exceptions=command.exceptions,
        effective_from=command.effective_from,
        staff={person: staff for person, staff in known.items() if staff is not None},
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"roster_version": found.state.duty_version + 1})


def _staff(work: Work, person: UUID) -> Staff | None:
    """What a roster asks of a person; None for whom nobody knows, so that all of them are told at once."""
    user = work.find(USER, person)
    if user is None or not isinstance(user.state, User):  # the instrument itself, which this work knows by its id
        return None
    return Staff(user.state.legal_person, user.state.active)
