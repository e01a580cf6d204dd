# SPDX-License-Identifier: Apache-2.0
"""The catalogue of resources: particulars, units, states, publication.

The terms of each stand in `instrument_terms`, its operators in `instrument_operators`, what search looks at in
`instrument_index`.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.kernel.event import Event, Recorded
from domain.parties.events import UnitRegistered, UnitRenamed
from domain.resources.custody_events import (
    CustomsSupervisionEnded,
    OutsideUseApproved,
)
from domain.resources.events import (
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    ExemptionRefused,
    InternalBlockEntered,
    InternalBlockLifted,
    MaintenanceEnded,
    MaintenanceScheduled,
    OpeningPublished,
    ResourceDataAccepted,
    ResourceDataReturned,
    ResourceDataSubmitted,
    ResourcePublished,
    ResourceReassigned,
    ResourceRegistered,
    ResourceResumed,
    ResourceSuspended,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
    SubmissionCertificateIssued,
    TariffPublished,
)
from domain.resources.fee_events import FeeStandardPublished
from projections import instrument_fees, instrument_index, instrument_operators, instrument_terms
from projections.handlers import amend, known, new_row
from projections.instrument_index import index_attributes, index_words, touch
from projections.instrument_tables import INSTRUMENTS, UNIT_NAMES, on
from projections.paging import Cursor, fetch, find
from projections.readmodel import ReadModel, Row, Rows
from projections.search import searchable_unit

PUBLIC_STATES = instrument_index.PUBLIC_STATES
AFTER_TRANSFER = {"published": "suspended", "submitted": "draft", "accepted": "draft", "certified": "draft"}
NESTED = {"aliases", "funding", "items"}
PARTS = (instrument_terms, instrument_fees, instrument_operators)
"""What else follows the events of a resource; importing them has registered what they do."""


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", *NESTED})
    row = new_row(
        INSTRUMENTS,
        **given,
        id=recorded.stream,
        state="draft",
        **event.model_dump(mode="json", include=NESTED),
        customs_periods=[],
        operators=[],
        tariffs=[],
        openings=[],
        version=recorded.version,
    )
    rows.put(INSTRUMENTS, row)
    index_words(rows, row)


@on
def _update(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    changes = event.model_dump(exclude={"basis", "reason", *NESTED}, exclude_none=True)
    changes |= event.model_dump(mode="json", include=NESTED, exclude_none=True)
    amend(rows, INSTRUMENTS, recorded, **changes)
    index_words(rows, known(rows, INSTRUMENTS, recorded.stream))


@on
def _certify(event: SubmissionCertificateIssued, recorded: Recorded, rows: Rows) -> None:
    state = known(rows, INSTRUMENTS, recorded.stream)["state"]
    state = "certified" if state == "accepted" else state
    amend(rows, INSTRUMENTS, recorded, certificate=event.number, state=state)


@on
def _publish(event: ResourcePublished, recorded: Recorded, rows: Rows) -> None:
    items = event.items.model_dump(mode="json")
    published_at = recorded.meta.occurred_at
    amend(rows, INSTRUMENTS, recorded, items=items, portal_url=event.portal_url, published_at=published_at)


@on
def _suspend(event: ResourceSuspended, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, suspension={"ground": event.ground, "reason": event.reason})


@on
def _resume(_event: ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, suspension=None)


@on
def _hand_over(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    """What was public waits for its new unit; a submission in hand is made again (6.1)."""
    row = known(rows, INSTRUMENTS, recorded.stream)
    row |= {"unit": event.to_unit, "legal_person": event.to_legal_person, "asset_number": event.asset_number}
    row["state"] = AFTER_TRANSFER.get(row["state"], row["state"])
    rows.put(INSTRUMENTS, row | {"version": recorded.version})
    index_words(rows, row)


@on
def _submit(_event: ResourceDataSubmitted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, certificate=None)


@on
def _name_unit(event: UnitRegistered | UnitRenamed, recorded: Recorded, rows: Rows) -> None:
    folded = searchable_unit((event.name_zh, event.name_en))
    rows.put(UNIT_NAMES, {"id": recorded.stream, "name_zh": event.name_zh, "name_en": event.name_en, "folded": folded})
    touch(rows)


STATES: dict[type[Event], str | None] = {
    ResourceDataSubmitted: "submitted",
    ResourceDataReturned: "draft",
    ResourceDataAccepted: "accepted",
    ResourcePublished: "published",
    ResourceSuspended: "suspended",
    ResourceResumed: "published",
    ExemptionClaimed: "exempt_claimed",
    ExemptionConfirmed: "exempt",
    ExemptionRefused: "draft",
    ExemptionEnded: "draft",
    ResourceWithdrawn: "withdrawn",
    MaintenanceScheduled: None,
    MaintenanceEnded: None,
    InternalBlockEntered: None,
    InternalBlockLifted: None,
    OutsideUseApproved: None,
    CustomsSupervisionEnded: None,
}
"""The state after an event; None keeps it."""
on.states(INSTRUMENTS, STATES)
on.follow(
    [
        TariffPublished,
        FeeStandardPublished,
        OpeningPublished,
        SubmissionCertificateIssued,
        *(each for each, to in STATES.items() if to),
    ],
    partial(index_attributes, table=INSTRUMENTS),
)
MODEL = ReadModel(
    "instruments", (INSTRUMENTS, UNIT_NAMES, *instrument_index.TABLES), on.apply, version=4, types=on.types
)


def instrument(cursor: Cursor, resource_id: UUID) -> Row | None:
    """One resource in any state; whether the reader may see it is decided by `is_public` and the reader's unit."""
    return find(cursor, INSTRUMENTS, id=resource_id)


def is_public(row: Row) -> bool:
    """Whether anybody may see the resource: exempt ones, and ones claimed to be, are hidden (JS 9.b, CQ 5.a)."""
    return row["state"] in PUBLIC_STATES


def exempt_among(cursor: Cursor, resources: Sequence[UUID]) -> set[UUID]:
    """Which of these resources are exempt today, or claimed to be."""
    found = fetch(
        cursor,
        "SELECT id FROM instruments WHERE id = ANY(%s) AND state IN ('exempt', 'exempt_claimed')",
        (list(resources),),
    )
    return {row["id"] for row in found}


def in_force(versions: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    """The version of a row's `tariffs` or `openings` in force on a business date; of two the later one."""
    begun = [version for version in versions if version["effective_from"] <= day.isoformat()]
    return begun[-1] if begun else None
