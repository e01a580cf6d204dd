# SPDX-License-Identifier: Apache-2.0
"""Describe a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, JsonValue

from application.command import Code, Command, Result
from application.resources.permits import held
from application.resources.schemas import schema_for
from application.work import Work
from domain.resources import describing
from domain.resources.described import Classification


class DescribeResource(Command):
    """State the descriptive fields of a resource under the schema of its type, all anew (JS 2.a, 11.a; CQ 3).

    State secrets must never be entered, whatever the classification: `no_state_secrets` declares that there are none
    (ruling 8.23); left out, it is refused together with whatever else is wrong. Amounts are integer fen, quantities
    text or integers, dates ISO, codes those of the schema (`GET /api/v1/registry/schemas`).
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "kind": "scientific_data",
                "classification": "public",
                "values": {
                    "abstract": "太湖湖心区 2015—2024 年逐日水温与叶绿素观测",
                    "subjects": ["170"],
                    "volume": "38.5",
                    "data_format": "NetCDF-4",
                    "access_mode": "on_application",
                },
                "no_state_secrets": True,
            }
        }
    )

    resource: UUID
    kind: Code
    classification: Classification = "public"
    values: dict[str, JsonValue]
    no_state_secrets: bool = False


def describe_resource(command: DescribeResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `describing.describe` raises."""
    found = held(work, command.resource)
    events = describing.describe(
        found.state,
        schema=schema_for(found.state.type),
        kind=command.kind,
        classification=command.classification,
        answers=command.values,
        free_of_state_secrets=command.no_state_secrets,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
