# SPDX-License-Identifier: Apache-2.0
"""The catalogue of resources with what is public of each: particulars, fee standard, opening, limits."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.kernel.event import Event, Recorded
from domain.kernel.money import Fen
from domain.parties.events import UnitRegistered, UnitRenamed
from domain.resources.custody_events import (
    CustomsSupervisionEnded,
    FinanceLeaseEnded,
    FinanceLeaseRecorded,
    OutsideUseApproved,
)
from domain.resources.events import (
    CostSheetRecorded,
    CustomsConditionRecorded,
    ExemptionClaimed,
    ExemptionConfirmed,
    ExemptionEnded,
    ExemptionRefused,
    InternalBlockEntered,
    InternalBlockLifted,
    MaintenanceEnded,
    MaintenanceScheduled,
    OpeningLimitPublished,
    OpeningPublished,
    OperationAuthorisationEnded,
    OperationAuthorised,
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
from domain.resources.values import FeeLine
from projections import instrument_index
from projections.handlers import Handlers, amend, known, new_row
from projections.instrument_index import index_attributes, index_words, touch
from projections.paging import Cursor, fetch, find
from projections.readmodel import ReadModel, Row, Rows, Table
from projections.search import searchable_unit

PUBLIC_STATES = instrument_index.PUBLIC_STATES
AFTER_TRANSFER = {"published": "suspended", "submitted": "draft", "accepted": "draft", "certified": "draft"}
INSTRUMENTS = Table(
    "instruments",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "legal_person": "uuid",
        "state": "text",
        "type": "text",
        "bookable": "boolean",
        "holding": "text",
        "asset_number": "text",
        "name_zh": "text",
        "name_en": "text",
        "aliases": "jsonb",
        "model": "text",
        "manufacturer": "text",
        "origin_country": "text",
        "class_code": "text",
        "subject_code": "text",
        "original_value_fen": "bigint",
        "funding": "jsonb",
        "acquired_on": "date",
        "accepted_on": "date",
        "location": "text",
        "city": "text",
        "district": "text",
        "large": "boolean",
        "duty_free": "boolean",
        "description": "text",
        "external_id": "text",
        "certificate": "text",
        "customs": "jsonb",  # the latest condition
        "customs_periods": "jsonb",  # [[first day, last day]] of every condition, and of the time after supervision
        "operators": "jsonb",
        "items": "jsonb",
        "portal_url": "text",
        "published_at": "timestamptz",
        "suspension": "jsonb",
        "cost_sheet": "jsonb",
        "tariffs": "jsonb",  # every version, oldest first: a version may be published before it takes effect
        "openings": "jsonb",  # the same
        "opening_limit": "jsonb",
        "price_fen": "bigint",  # cheapest price of the latest fee standard for users from outside
        "price_per": "text",
        "version": "bigint",
    },
    ("(unit)",),
)
UNIT_NAMES = Table("instrument_units", ("id",), {"id": "uuid", "name_zh": "text", "name_en": "text", "folded": "text"})
NESTED = {"aliases", "funding", "items"}

on = Handlers()


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
def _record_costs(event: CostSheetRecorded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, cost_sheet=event.model_dump(mode="json", exclude={"basis"}))


@on
def _publish_tariff(event: TariffPublished, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, INSTRUMENTS, recorded.stream)["tariffs"]
    price_fen, price_per = outside_price(event.lines)
    tariffs = [*earlier, event.model_dump(mode="json", exclude={"basis"})]
    amend(rows, INSTRUMENTS, recorded, tariffs=tariffs, price_fen=price_fen, price_per=price_per)


@on
def _publish_opening(event: OpeningPublished, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, INSTRUMENTS, recorded.stream)["openings"]
    amend(rows, INSTRUMENTS, recorded, openings=[*earlier, event.model_dump(mode="json", exclude={"basis"})])


@on
def _publish_limit(event: OpeningLimitPublished, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, opening_limit=event.model_dump(mode="json", exclude={"basis"}))


@on
def _record_customs(event: CustomsConditionRecorded, recorded: Recorded, rows: Rows) -> None:
    condition = event.model_dump(mode="json", exclude={"basis"})
    periods = [*_customs_periods(recorded, rows), [condition["valid_from"], condition["valid_until"]]]
    amend(rows, INSTRUMENTS, recorded, customs=condition, customs_periods=periods)


@on
def _release_from_customs(event: CustomsSupervisionEnded, recorded: Recorded, rows: Rows) -> None:
    periods = [*_customs_periods(recorded, rows), [event.ended_on.isoformat(), date.max.isoformat()]]
    amend(rows, INSTRUMENTS, recorded, customs_periods=periods)


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
def _authorise(event: OperationAuthorised, recorded: Recorded, rows: Rows) -> None:
    others = _operators_without(event.operator, recorded, rows)
    amend(rows, INSTRUMENTS, recorded, operators=[*others, event.model_dump(mode="json", exclude={"basis"})])


@on
def _end_authorisation(event: OperationAuthorisationEnded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, operators=_operators_without(event.operator, recorded, rows))


@on
def _lease(event: FinanceLeaseRecorded, recorded: Recorded, rows: Rows) -> None:
    """The lessee operates it while the lease runs (CQ 15.c)."""
    lessee = {"operator": str(event.lessee), "scope": event.contract_number}
    period = event.model_dump(mode="json", include={"valid_from", "valid_until"})
    operators = known(rows, INSTRUMENTS, recorded.stream)["operators"]
    amend(rows, INSTRUMENTS, recorded, operators=[*operators, lessee | period])


@on
def _end_lease(event: FinanceLeaseEnded, recorded: Recorded, rows: Rows) -> None:
    last = (event.ended_on - timedelta(days=1)).isoformat()
    operators = [
        each | {"valid_until": min(each["valid_until"], last)} if each["scope"] == event.contract_number else each
        for each in known(rows, INSTRUMENTS, recorded.stream)["operators"]
    ]
    amend(rows, INSTRUMENTS, recorded, operators=operators)


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
    [TariffPublished, OpeningPublished, SubmissionCertificateIssued, *(each for each, to in STATES.items() if to)],
    partial(index_attributes, table=INSTRUMENTS),
)
MODEL = ReadModel(
    "instruments", (INSTRUMENTS, UNIT_NAMES, *instrument_index.TABLES), on.apply, version=3, types=on.types
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


def outside_price(lines: tuple[FeeLine, ...]) -> tuple[Fen | None, str | None]:
    """The cheapest price for a kind of user from outside: of one hour, else of one sample, item or use."""
    outside = [line for line in lines if line.user_kind != "internal"]
    for unit in ("hour", "sample", "item", "use"):
        kinds = {line.user_kind for line in outside if line.unit == unit}
        totals = [
            sum(line.price_fen for line in outside if (line.user_kind, line.unit) == (kind, unit)) for kind in kinds
        ]
        if totals:
            return min(totals), unit
    return None, None


def _customs_periods(recorded: Recorded, rows: Rows) -> list[Any]:
    return list(known(rows, INSTRUMENTS, recorded.stream)["customs_periods"])


def _operators_without(operator: UUID, recorded: Recorded, rows: Rows) -> list[Any]:
    operators = known(rows, INSTRUMENTS, recorded.stream)["operators"]
    return [each for each in operators if each["operator"] != str(operator)]
