# SPDX-License-Identifier: Apache-2.0
"""Templates of contracts, for everybody: which there are, and every version of one with its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, found, listed, one, several
from domain.contracts.template import TEMPLATE
from domain.contracts.template_events import ServiceKind
from projections import contract_templates as templates_shown
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


class Wanted(Listed):
    """Which templates."""

    unit: UUID | None = Field(default=None, description="Those of this unit and of the province")
    kind: Annotated[str | None, AfterValidator(among(*get_args(ServiceKind)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    state: Annotated[str | None, AfterValidator(among("in_use", "withdrawn"))] = Field(
        default=None, max_length=60, description="One or several, separated by commas"
    )


def templates(visit: Visit, query: Wanted) -> Answer:
    """Templates by kind of service and title."""
    page = templates_shown.templates(
        visit.cursor,
        unit=query.unit,
        kinds=several(query.kind),
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def template(visit: Visit, query: ById) -> Answer:
    """One template with every version of its clauses, the latest first, and the placeholders in each."""
    row = found(templates_shown.template(visit.cursor, query.id), TEMPLATE.name, query.id)
    versions = templates_shown.versions(visit.cursor, query.id)
    return one({**row, "versions": versions}, position_of(visit.cursor, templates_shown.MODEL.name))


READS = (
    Read("/contract-templates", "contract_templates", Wanted, templates, "Templates of contracts"),
    Read("/contract-templates/{id}", "contract_templates", ById, template, "One template with its versions"),
)
