# SPDX-License-Identifier: Apache-2.0
"""Days of parties: the end of a technology SME's evidence and of a user's qualification to work alone."""

from domain.kernel.event import Recorded
from domain.parties.events import (
    LegalPersonRegistered,
    TechSmeEvidenceRecorded,
    UserDeactivated,
    UserQualified,
    UserRegistered,
)
from projections.deadlines.table import HOLDERS, hold, latest, lift, on, set_deadline
from projections.readmodel import Rows


@on
def _enter(_event: LegalPersonRegistered, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, organisation=recorded.stream)


@on
def _prove(event: TechSmeEvidenceRecorded, recorded: Recorded, rows: Rows) -> None:
    before = latest(rows, "sme_evidence", recorded.stream)
    if before is None or before < event.valid_until:
        set_deadline(rows, recorded, "sme_evidence", event.valid_until)


@on
def _join(event: UserRegistered, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, person=recorded.stream, unit=event.unit, organisation=event.legal_person)


@on
def _qualify(event: UserQualified, recorded: Recorded, rows: Rows) -> None:
    """The unit that runs the resource looks after who may work on it alone."""
    resource = str(event.resource)
    before = latest(rows, "user_qualification", recorded.stream, resource)
    if before is None or before < event.valid_until:
        owner = rows.get(HOLDERS, event.resource) or {}
        unit, organisation = owner.get("unit"), owner.get("organisation")
        set_deadline(
            rows,
            recorded,
            "user_qualification",
            event.valid_until,
            item=resource,
            unit=unit,
            organisation=organisation,
        )


@on
def _leave(_event: UserDeactivated, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded)
