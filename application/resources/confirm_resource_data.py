# SPDX-License-Identifier: Apache-2.0
"""Confirm that a record still holds."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.permits import held
from application.work import Work
from domain.resources import quality


class ConfirmResourceData(Command):
    """Confirm that all that is recorded of a resource still holds; the record is fresh again (JS 13)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(json_schema_extra={"example": {"resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55"}})

    resource: UUID


def confirm_resource_data(command: ConfirmResourceData, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `quality.confirm` raises."""
    found = held(work, command.resource)
    work.append(found.id, *quality.confirm(found.state, edition=work.edition()))
    return Result(id=found.id)
