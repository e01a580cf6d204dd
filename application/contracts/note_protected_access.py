# SPDX-License-Identifier: Apache-2.0
"""Note that somebody is shown protected data."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.contracts.access import ACCESS_LOG, Capacity, Part, log_of, note

if TYPE_CHECKING:
    from application.work import Work


class NoteProtectedAccess(Command):
    """Note an access before its answer is given; issued by the platform itself, once for each answer (JS 20.b)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "subject": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "viewer": "8a1b7d5e-2c41-5f0a-9d3b-4b6a0c8e7f21",
                "capacity": "auditor",
                "part": "text",
            }
        }
    )

    subject: UUID
    viewer: UUID
    capacity: Capacity
    organisation: UUID | None = None
    part: Part


def note_protected_access(command: NoteProtectedAccess, work: Work) -> Result:
    """The access log of the subject grows by one."""
    log = log_of(command.subject)
    work.find(ACCESS_LOG, log)
    decided = note(
        command.subject,
        viewer=command.viewer,
        capacity=command.capacity,
        organisation=command.organisation,
        part=command.part,
        edition=work.edition(),
    )
    work.append(log, *decided)
    return Result(log)
