# SPDX-License-Identifier: Apache-2.0
"""What the national network platform is offered: one message for each facility, its last (CQ 13, CQ-13.1).

A facility is offered while it is public, suspended or not, and offered anew when what is said of it changes. Once it is
exempt, claimed to be, or withdrawn, its message becomes one removal that says no more than its id: who reads the feed
from the beginning finds nothing that may not be seen today (ruling 8.23).
"""

from collections.abc import Mapping
from decimal import Decimal

from domain.kernel.event import Event, Recorded
from domain.resources.custody_events import CustomsSupervisionEnded
from domain.resources.events import (
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    ExemptionRefused,
    ResourcePublished,
    ResourceReassigned,
    ResourceRegistered,
    ResourceResumed,
    ResourceSuspended,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
    TariffPublished,
)
from domain.resources.fee_events import FeeStandardPublished
from projections.handlers import Handlers, known, new_row
from projections.instrument_fees import for_everybody
from projections.nrii import country_name, nrii_funds, price_text
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import ReadModel, Row, Rows, Table

FACILITIES = Table(
    "national_facilities",
    ("resource",),
    {"resource": "uuid", "unit": "uuid", "physical": "boolean", "public": "boolean", "facts": "jsonb"},
)
FEED = Table(
    "national_feed",
    ("resource",),
    {"resource": "uuid", "position": "bigint", "kind": "text", "unit": "uuid", "document": "jsonb"},
    ("(position)",),
)
OFFER, REMOVAL = "offer", "removal"
NAMES = {
    "name_zh": "cname",
    "name_en": "ename",
    "asset_number": "innerId",
    "class_code": "instrCategory",
    "city": "city",
    "district": "county",
    "location": "street",
    "model": "instrVersion",
    "manufacturer": "manufacturer",
    "subject_code": "subject",
    "description": "function",
}
"""Particulars that the national platform takes as they are, under its names (nrii_fields)."""
PUBLIC: Mapping[type[Event], bool | None] = {
    ResourcePublished: True,
    ResourceResumed: True,
    ResourceSuspended: None,
    ExemptionClaimed: False,
    ExemptionConfirmed: False,
    ExemptionRefused: None,
    ExemptionEnded: None,
    ResourceWithdrawn: False,
}
"""Whether anybody may see the facility after an event; None leaves it."""
WAN_YUAN_FEN = 1_000_000

on = Handlers()


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    facts = _facts(event) | {"instrSupervise": "是" if event.duty_free else "否"}
    row = new_row(FACILITIES, resource=recorded.stream, unit=event.unit, public=False, facts=facts)
    rows.put(FACILITIES, row | {"physical": event.holding == "physical"})


@on
def _update(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, **_facts(event), **_published(event))


@on
def _price(event: TariffPublished, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, fee=price_text(event.lines))


@on
def _price_in_full(event: FeeStandardPublished, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, fee=price_text(for_everybody(event.standard.lines)))


@on
def _publish(event: ResourcePublished, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, **_published(event), state="published")


@on
def _suspend(_event: ResourceSuspended, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, state="suspended")


@on
def _resume(_event: ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, state="published")


@on
def _release(_event: CustomsSupervisionEnded, recorded: Recorded, rows: Rows) -> None:
    _learn(rows, recorded, instrSupervise="否")


@on
def _hand_over(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    """A public facility waits, suspended, for its new unit (ruling 8.15)."""
    rows.change(FACILITIES, recorded.stream, unit=event.to_unit)
    _learn(rows, recorded, innerId=event.asset_number, state="suspended")


def _show_or_hide(event: Event, recorded: Recorded, rows: Rows) -> None:
    public = PUBLIC[type(event)]
    if public is not None:
        rows.change(FACILITIES, recorded.stream, public=public)


def _say(_event: Event, recorded: Recorded, rows: Rows) -> None:
    """The message that follows from an event, if what is offered has changed."""
    facility, said = known(rows, FACILITIES, recorded.stream), rows.get(FEED, recorded.stream)
    if facility["public"] and facility["physical"]:
        message = {"kind": OFFER, "unit": facility["unit"], "document": facility["facts"]}
    elif said is not None:
        message = {"kind": REMOVAL, "unit": None, "document": None}
    else:
        return
    if said is None or any(said[name] != value for name, value in message.items()):
        rows.put(FEED, message | {"resource": recorded.stream, "position": recorded.position})


on.follow(PUBLIC, _show_or_hide)
on.follow(
    [
        *PUBLIC,
        ResourceUpdated,
        TariffPublished,
        FeeStandardPublished,
        CustomsSupervisionEnded,
        ResourceReassigned,
        ResourceTransferred,
    ],
    _say,
)
MODEL = ReadModel("national_feed", (FACILITIES, FEED), on.apply, types=on.types)


def feed(cursor: Cursor, after: int, limit: int) -> tuple[list[Row], int]:
    """Messages behind a log position, the oldest first, with the names of the units; and the position shown."""
    position = position_of(cursor, MODEL.name)
    rows = fetch(
        cursor,
        "SELECT f.resource, f.position, f.kind, f.unit, f.document, u.name_zh AS unit_name_zh, u.code AS unit_code"
        " FROM national_feed f LEFT JOIN units u ON u.id = f.unit WHERE f.position > %s ORDER BY f.position LIMIT %s",
        (after, limit),
    )
    return rows, position


def _facts(event: ResourceRegistered | ResourceUpdated) -> Row:
    """What an event states of the fields that the national platform asks for; what is left out stays."""
    given: Row = {
        wire: value for name, wire in NAMES.items() if (value := getattr(event, name, None)) not in (None, "")
    }
    if event.original_value_fen is not None:
        given["worth"] = str((Decimal(event.original_value_fen) / WAN_YUAN_FEN).quantize(Decimal("0.01")))
    if event.origin_country:
        given["nation"] = country_name(event.origin_country)
    if event.funding is not None:
        given["funds"] = nrii_funds(share.source for share in event.funding)
    entered = event.accepted_on or event.acquired_on
    return given | ({"beginDate": entered.isoformat()} if entered else {})


def _published(event: ResourcePublished | ResourceUpdated) -> Row:
    given: Row = {"serviceUrl": event.portal_url} if event.portal_url else {}
    if event.items is not None:
        given |= {"serviceContent": event.items.service_content, "requirement": event.items.sharing_rules}
    return given


def _learn(rows: Rows, recorded: Recorded, **facts: object) -> None:
    row = known(rows, FACILITIES, recorded.stream)
    rows.change(FACILITIES, recorded.stream, facts=row["facts"] | facts)
