# SPDX-License-Identifier: Apache-2.0
"""A resource's history as people read it: who changed what, from what to what, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from api.http.masking import masked
from api.http.reading.differences import differences
from api.http.reading.history import sentences
from api.http.reading.line import Answer, ById, Read
from api.http.visibility import Scope
from application.errors import NotFound
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.kernel.event import Recorded

OWNERS = {Scope.OWN_UNIT: ("unit",), Scope.OWN_ORGANISATION: ("legal_person",)}


class Since(ById):
    """A history, whole or from a version on."""

    since: int = Field(default=0, ge=0, lt=2**31, description="Only what came after this version of the resource")


def resource_history(visit: Visit, query: Since) -> Answer:
    """Every change, the oldest first. For its unit, those who operate the platform, and auditors."""
    recorded = visit.jurisdiction.log.stream(query.id)
    if not recorded or not isinstance(recorded[0].event, RESOURCE.events):
        raise NotFound(kind="resources.Resource", id=str(query.id))
    state, changes = None, []
    for each in recorded:
        after = RESOURCE.evolve(state, each.event)
        if each.version > query.since:
            changes.append(_change(visit, each, differences(state, after)))
        state = after
    assert state is not None
    # Whose it is today decides, whoever held it before (ruling 8.23).
    visit.owned({"unit": state.unit, "legal_person": state.legal_person}, OWNERS, "resources.Resource", query.id)
    last = recorded[-1]
    document = {"resource": query.id, "version": last.version, "position": last.position, "items": changes}
    return Answer(document, last.version)


def _change(visit: Visit, recorded: Recorded, found: list[dict[str, Any]]) -> dict[str, Any]:
    event = masked(recorded.event, lambda _: False)
    fields = {name: getattr(event, name) for name in type(event).model_fields if name != "basis"}
    return {
        "version": recorded.version,
        "type": event.TYPE,
        "sentence": sentences(visit.platform.words, event.TYPE, fields),
        "occurred_at": recorded.meta.occurred_at,
        "recorded_at": recorded.recorded_at,
        "actor": recorded.meta.actor,
        "command": recorded.meta.command,
        "reason": getattr(event, "reason", None),
        "basis": event.basis,
        "changes": found,
    }


READS = (
    Read("/instruments/{id}/history", "resource_histories", Since, resource_history, "Who changed what, and when"),
)
