# SPDX-License-Identifier: Apache-2.0
"""Match a resource to a demand."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.network.permits import Text, matcher_of
from application.reservations.facts import asker_of, takes_part
from application.work import Work
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.network import matching
from domain.network.demand import DEMAND, Demand
from domain.network.matching import Offered
from domain.network.scoring import Candidate, fit
from domain.reservations.externality import price_kind
from domain.reservations.facts import Asker
from domain.resources.resource import RESOURCE
from domain.resources.state import Resource
from domain.resources.tariff import quote


class MatchResource(Command):
    """Record that a resource fits a demand: by a registered broker, or by the staff of the `site` named (JS 17.b).

    The reasons are computed from the registry as it stands and kept with the match.
    """

    TARGET: ClassVar[str | None] = "demand"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "demand": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "note": "可提供能谱，近期有空档",
            }
        }
    )

    demand: UUID
    resource: UUID
    site: UUID | None = None
    note: Text = ""


def match_resource(command: MatchResource, work: Work) -> Result:
    """Raises `NotFound` and what `matching.match` raises."""
    found = work.load(DEMAND, command.demand)
    resource = work.load(RESOURCE, command.resource).state
    asker = asker_of(work, found.state.user, resource, voucher_grant=None)
    today = local_date(work.now)
    match = work.new_id()
    fitted = fit(found.state.need, _candidate(command.resource, resource, found.state, asker, work))
    events = matching.match(
        found.state,
        match=match,
        matcher=matcher_of(work, command.site),
        offered=Offered(
            resource=command.resource,
            unit=resource.unit,
            provider=resource.legal_person,
            published=resource.state == "published",
            takes_part=takes_part(work, resource, today, external=asker.external),
        ),
        fit=fitted,
        note=command.note,
        edition=work.edition(),
        today=today,
    )
    work.append(found.id, *events)
    return Result(found.id, {"match": str(match), "points": fitted.points, "of": fitted.of})


def _candidate(resource_id: UUID, resource: Resource, demand: Demand, asker: Asker, work: Work) -> Candidate:
    """What the registry says; free time and ratings are shown by the recommendations and are not judged here."""
    own = "\n".join((resource.name_zh, resource.name_en, *resource.aliases, resource.model)).casefold()
    return Candidate(
        resource=resource_id,
        class_code=resource.class_code,
        named=tuple(word for word in demand.need.keywords if word.casefold() in own),
        city=resource.city,
        district=resource.district,
        cost_fen=_cost(resource, demand, asker, work),
    )


def _cost(resource: Resource, demand: Demand, asker: Asker, work: Work) -> int | None:
    tariff = resource.tariff_on(local_date(work.now))
    if tariff is None or (demand.minutes is None and demand.samples is None):
        return None
    kind = price_kind(asker.user_kind, external=asker.external)
    try:
        return quote(tariff, kind, minutes=demand.minutes or 0, samples=demand.samples or 0).total_fen
    except DomainError:
        return None
