# SPDX-License-Identifier: Apache-2.0
"""Protected data of contracts and uses at the counter: who asks, who is refused, and what is written down (JS 20.b).

A refusal is written to the log of refusals and answered like what does not exist. An auditor's access is written to
the access log before the answer is given, and so is a party's where the whole text leaves the platform as a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.bus import Request
from application.contracts.note_protected_access import NoteProtectedAccess
from application.errors import NotFound
from domain.kernel.actor import SYSTEM, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from api.http.reading.line import Visit
    from api.http.visibility import Scope
    from domain.contracts.access import Capacity, Part
    from projections.readmodel import Row


def for_parties(visit: Visit, row: Row | None, owners: Mapping[Scope, tuple[str, ...]], kind: str, id_: UUID) -> Row:
    """The row for one of the parties or an auditor. Raises `NotFound` for others, and writes down that they asked."""
    try:
        return visit.owned(row, owners, kind, id_)
    except NotFound:
        if row is not None and visit.actor is not None:
            visit.jurisdiction.refusals.note(
                actor=visit.actor,
                command=f"GET {kind}",
                code="application.not_permitted",
                detail={"reason": "protected_data", "subject": str(id_)},
                correlation=visit.platform.ids(),
            )
        raise


def note_access(visit: Visit, subject: UUID, part: Part, *, unit: UUID | None = None, always: bool = False) -> None:
    """Write down that protected data is about to be shown: to an auditor each time, to a party where `always`.

    `unit` tells the provider's side. Raises `Unavailable` where it cannot be written: then nothing is shown.
    """
    actor = visit.actor
    if actor is None or not (always or actor.role is Role.AUDITOR):
        return
    ours = actor.role is not Role.USER and unit is not None
    capacity: Capacity = "auditor" if actor.role is Role.AUDITOR else "provider" if ours else "user"
    command = NoteProtectedAccess(
        subject=subject, viewer=actor.user, capacity=capacity, organisation=actor.organisation, part=part
    )
    key = visit.platform.ids()
    visit.jurisdiction.bus.execute(Request(command, SYSTEM, key, key))
