# SPDX-License-Identifier: Apache-2.0
"""What is known of the subjects of notices: whose they are and what they are called.

Events after the first seldom repeat it. One line an event: which of its fields to remember, and as what. `unit` and
`resource` are always remembered where an event names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.billing.events import FeeInvoiced, ServiceDelivered, ServiceOrderOpened
from domain.contracts.call_off_events import CallOffPlaced
from domain.contracts.events import ContractDrafted, ContractRevised, ContractSigned
from domain.parties.events import UnitRegistered, UnitRenamed
from domain.reservations.events import ReservationRequested, ReservationRescheduled
from domain.reservations.series.events import SeriesRequested
from domain.reservations.transfer_events import ReservationTransferred
from domain.reservations.waiting_events import WaitlistNotified, WaitlistServed
from domain.resources.events import ResourceReassigned, ResourceRegistered, ResourceTransferred, ResourceUpdated
from domain.samples.events import SampleOrderApplied, SamplesReceived
from domain.standing.events import StandingOpened
from domain.vouchers.events import VoucherApplied, VoucherGranted
from projections.handlers import new_row
from projections.notices.tables import SUBJECTS

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event, Recorded
    from projections.readmodel import Row, Rows


@dataclass(frozen=True, slots=True)
class Remember:
    """Which fields of an event name people, and which tell what its stream is about."""

    people: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


REMEMBERED: dict[type[Event], Remember] = {
    ReservationRequested: Remember(("user", "requested_by"), ("span", "purpose")),
    ReservationRescheduled: Remember(facts=("span",)),
    ReservationTransferred: Remember(("user", "requested_by")),
    SeriesRequested: Remember(("user", "requested_by")),
    WaitlistServed: Remember(),
    WaitlistNotified: Remember(),
    ContractDrafted: Remember(("customer_user",), ("number", "terms")),
    ContractRevised: Remember(facts=("terms",)),
    ContractSigned: Remember(facts=("side",)),
    CallOffPlaced: Remember(("customer_user",), ("number", "valid_until", "ceiling_fen", "opened_by_use")),
    SampleOrderApplied: Remember(("user", "applied_by"), ("sample_count", "purpose")),
    SamplesReceived: Remember(facts=("number",)),
    StandingOpened: Remember(("user",)),
    ServiceOrderOpened: Remember(("customer_user",)),
    ServiceDelivered: Remember(facts=("amount_fen",)),
    FeeInvoiced: Remember(facts=("amount_fen",)),
    VoucherApplied: Remember(("applicant",), ("number",)),
    VoucherGranted: Remember(facts=("amount_fen", "valid_until")),
    ResourceRegistered: Remember(facts=("name_zh", "name_en")),
    ResourceUpdated: Remember(facts=("name_zh", "name_en")),
    ResourceTransferred: Remember(),
    ResourceReassigned: Remember(),
    UnitRegistered: Remember(facts=("name_zh", "name_en")),
    UnitRenamed: Remember(facts=("name_zh", "name_en")),
}
NAMES = ("name_zh", "name_en")


def remember(event: Event, recorded: Recorded, rows: Rows) -> None:
    """Keep what an event says of its stream."""
    line = REMEMBERED[type(event)]
    row = subject_of(rows, recorded.stream)
    people = {name: str(getattr(event, name)) for name in line.people}
    told = plain(event, line.facts)
    row["people"] = {**row["people"], **people}
    row["facts"] = _merged(event, row["facts"], {name: value for name, value in told.items() if name not in NAMES})
    row["unit"] = field_of(event, "unit") or field_of(event, "to_unit") or row["unit"]
    row["resource"] = field_of(event, "resource") or row["resource"]
    row.update({name: value for name, value in told.items() if name in NAMES and value is not None})
    rows.put(SUBJECTS, row)


def field_of(event: Event, name: str) -> Any:  # noqa: ANN401 - of any type
    """A field that an event may have, else None; `getattr` takes long to find that there is none."""
    return vars(event).get(name)


def subject_of(rows: Rows, stream: UUID) -> Row:
    """What is known of a stream; nothing yet where it is new."""
    return rows.get(SUBJECTS, stream) or new_row(SUBJECTS, id=stream, people={}, facts={}, open={})


def plain(event: Event, names: tuple[str, ...]) -> Row:
    """Fields of an event as plain values; a span reads as its two ends, terms as their last day."""
    told: Row = event.model_dump(mode="json", include=set(names)) if names else {}
    if (span := told.pop("span", None)) is not None:
        told |= {"starts_at": span["start"], "ends_at": span["end"]}
    if (terms := told.pop("terms", None)) is not None:
        told["valid_until"] = terms["valid_until"]
    return told


def _merged(event: Event, before: Row, told: Row) -> Row:
    """A revised contract has to be signed anew; a signature adds its side to those that have signed."""
    if isinstance(event, ContractSigned):
        return {**before, "signed": sorted({*before.get("signed", ()), event.side})}
    if isinstance(event, ContractRevised):
        return {**before, **told, "signed": []}
    return {**before, **told}
