# SPDX-License-Identifier: Apache-2.0
"""Claim an exemption."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.resources.permits import held, open_reservations
from application.work import Work
from domain.kernel.time import local_date
from domain.resources import exemption


class ClaimExemption(Command):
    """Claim that a resource may not be shared; it is hidden at once (JS 9.b, CQ 5.a).

    State secrets must never be entered (ruling 8.23). The answer lists open reservations for decision.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ground": "secrecy",
                "reason": "涉密项目专用",
                "review_on": "2027-01-01",
            }
        }
    )

    resource: UUID
    ground: Code
    reason: Words
    review_on: date


def claim_exemption(command: ClaimExemption, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `exemption.claim` raises."""
    found = held(work, command.resource)
    hit = open_reservations(work, found)
    events = exemption.claim(
        found.state,
        ground=command.ground,
        reason=command.reason,
        review_on=command.review_on,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"open_reservations": [str(reservation) for reservation in hit]})
