# SPDX-License-Identifier: Apache-2.0
"""Who is on duty at an instrument when, for those who come and those who run it.

People are ids. Their names are opened from their own streams for whoever comes (users and brokers) and whoever runs
the instrument; to everybody else that may read this they stay ids, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.http.reading.instruments import Between, is_own, visible
from api.http.reading.line import Answer, Read
from api.http.visibility import Scope
from domain.parties.user import USER
from domain.resources.duty import duties
from projections import duty_rosters
from projections.paging import position_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from api.http.reading.line import Visit
    from domain.resources.duty import Duty


def duty(visit: Visit, query: Between) -> Answer:
    """Who is on duty when, by the versions in force; a week from today unless it is said otherwise.

    Whose instrument it is, and those who supervise, see the versions too.
    """
    row = visible(visit, query.id)
    span = query.span(visit.platform.clock())
    rosters = duty_rosters.rosters(visit.cursor, query.id)
    own = is_own(visit, row)
    document = {
        "instrument": query.id,
        "from": span.start,
        "to": span.end,
        "items": shown(visit, duties(rosters, span.start, span.end), named=own or visit.scope is Scope.OWN_PERSON),
        "position": position_of(visit.cursor, duty_rosters.MODEL.name),
    }
    versions = {"rosters": rosters} if own or visit.scope is Scope.ALL else {}
    return Answer(document | versions, row["version"])


def during(visit: Visit, resource: UUID, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Who is on duty during a reservation that the reader may see; those who only supervise see ids."""
    found = duties(duty_rosters.rosters(visit.cursor, resource), start, end)
    return shown(visit, found, named=visit.scope is not Scope.ALL)


def shown(visit: Visit, found: Sequence[Duty], *, named: bool) -> list[dict[str, Any]]:
    """Duties as they are read. A name is null where it is not for the reader, or its key was destroyed."""
    people = {person for each in found for person in each.persons} if named else ()
    names = _names(visit, people)
    return [
        {
            "from": each.span.start,
            "to": each.span.end,
            "persons": [{"user": person, "name": names.get(person)} for person in each.persons],
        }
        for each in found
    ]


def _names(visit: Visit, people: Iterable[UUID]) -> dict[UUID, str | None]:
    log = visit.jurisdiction.log
    found = {person: USER.fold(item.event for item in log.stream(person)) for person in people}
    return {person: user.name.value for person, user in found.items() if user is not None}


READS = (Read("/instruments/{id}/duty", "duty", Between, duty, "Who is on duty at an instrument"),)
