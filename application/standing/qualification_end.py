# SPDX-License-Identifier: Apache-2.0
"""What commands say that speak of the end of a qualification; each names the end, so that it is done once for each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command


class QualificationEnd(Command):
    """Base of the commands on one end of a qualification: whose, with which unit, for what, and the last day."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ends_on": "2027-03-02",
            }
        }
    )

    user: UUID
    unit: UUID
    resource: UUID
    ends_on: date
