# SPDX-License-Identifier: Apache-2.0
"""Issue the certificate of a submission."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.work import Work
from domain.resources import submission
from domain.resources.resource import RESOURCE


class IssueSubmissionCertificate(Command):
    """Issue the optional, unique certificate of a submission (JS 11.c)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "number": "HJ-2026-000123",
            }
        }
    )

    resource: UUID
    number: Code


def issue_submission_certificate(command: IssueSubmissionCertificate, work: Work) -> Result:
    """Raises `NotFound`, `KeyTaken` for a known number, and what `submission.certify` raises."""
    found = work.load(RESOURCE, command.resource)
    events = submission.certify(
        found.state,
        number=command.number,
        issuer=work.actor.organisation,
        issuer_role=work.actor.role,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
