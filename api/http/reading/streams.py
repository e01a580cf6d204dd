# SPDX-License-Identifier: Apache-2.0
"""Any thing as it stood: its state at a position or time, and the events that led to it."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from pydantic import BeforeValidator, Field, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from api.http.masking import MayRead, masked
from api.http.reading.differences import differences
from api.http.reading.hidden import event_as_seen
from api.http.reading.history import shown, without_token_hashes
from api.http.reading.line import Answer, ById, Read
from api.http.reading.moments import Moment
from api.http.reading.protected import note_access
from api.http.rendering import as_json
from api.http.visibility import VISIBLE, Scope
from application.errors import NotFound
from domain.catalogue import AGGREGATE_OF
from domain.contracts.protection import as_seen_by_others
from domain.kernel.actor import Role
from domain.kernel.event import Recorded
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.http.reading.line import Visit
    from domain.contracts.access import Part
    from domain.kernel.event import Event

RESERVED = RESERVATION.name
_PROVIDER = {Scope.OWN_UNIT: ("unit",), Scope.OWN_ORGANISATION: ("provider",)}
_CUSTOMER_AND_PROVIDER = {Scope.OWN_SIDE: ("customer", "customer_user"), **_PROVIDER}
STREAMS: Mapping[str, tuple[str, Mapping[Scope, tuple[str, ...]]]] = {
    "parties.LegalPerson": ("institution_histories", {Scope.OWN_ORGANISATION: ("id",)}),
    "parties.Unit": (
        "institution_histories",
        {Scope.OWN_UNIT: ("id",), Scope.OWN_ORGANISATION: ("legal_person",)},
    ),
    "parties.User": ("users", {Scope.OWN_PERSON: ("id",), Scope.OWN_UNIT: ("unit",)}),
    "reservations.Waiting": ("waiting_list", {Scope.OWN_PERSON: ("user",)}),
    "parties.Group": ("groups", {Scope.OWN_PERSON: ("leader",), Scope.OWN_ORGANISATION: ("legal_person",)}),
    "parties.Proxies": ("proxies", {Scope.OWN_PERSON: ("user",)}),
    "parties.Memberships": ("groups", {Scope.OWN_PERSON: ("user",)}),
    "resources.Resource": ("instruments", {Scope.OWN_UNIT: ("unit",), Scope.OWN_ORGANISATION: ("legal_person",)}),
    "reservations.Reservation": (
        "reservations",
        {
            Scope.OWN_PERSON: ("user", "requested_by"),
            Scope.OWN_UNIT: ("unit",),
            Scope.OWN_ORGANISATION: ("provider",),
        },
    ),
    "reservations.DaySheet": ("events", {}),
    "samples.SampleOrder": ("events", {}),
    "reservations.Series": (
        "reservations",
        {
            Scope.OWN_PERSON: ("user", "requested_by"),
            Scope.OWN_UNIT: ("unit",),
            Scope.OWN_ORGANISATION: ("provider",),
        },
    ),
    "standing.Standing": ("standing", {Scope.OWN_PERSON: ("user",), Scope.OWN_UNIT: ("unit",)}),
    "standing.GroupStanding": ("unit_standing", {Scope.OWN_UNIT: ("unit",)}),
    "standing.Training": ("unit_standing", {Scope.OWN_UNIT: ("unit",)}),
    "contracts.Contract": ("contracts", _CUSTOMER_AND_PROVIDER),
    "contracts.CallOff": ("contracts", _CUSTOMER_AND_PROVIDER),
    "contracts.Template": ("contract_templates", {}),
    "contracts.Output": ("outputs", _CUSTOMER_AND_PROVIDER),
    "contracts.AccessLog": ("events", {}),
    "billing.Order": ("orders", _CUSTOMER_AND_PROVIDER),
    "vouchers.Programme": ("voucher_programmes", {}),
    "vouchers.Grant": ("voucher_grants", {Scope.OWN_SIDE: ("beneficiary", "applicant")}),
    "vouchers.Redemption": (
        "voucher_redemptions",
        {Scope.OWN_SIDE: ("beneficiary", "applicant"), Scope.OWN_ORGANISATION: ("provider", "payee")},
    ),
    "vouchers.Batch": ("reimbursement_batches", {}),
    "purchasing.PurchaseReview": (
        "purchase_reviews",
        {Scope.OWN_UNIT: ("unit",), Scope.UNITS_UNDER: ("unit",), Scope.OWN_ORGANISATION: ("reviewer",)},
    ),
    "purchasing.WarningCatalogue": ("warning_catalogue", {}),
    "policy.Decisions": ("policy_versions", {}),
    "resources.AssetLedger": ("asset_ledgers", {Scope.OWN_UNIT: ("unit",)}),
    "resources.PublicationChannel": ("publication", {}),
    "governance.Decision": ("decision_histories", {}),
    "governance.Document": ("documents", {}),
    "governance.OfficeTask": ("office_tasks", {}),
    "governance.Activity": ("activities", {}),
    "governance.Deadline": ("events", {}),
    "notices.Inbox": ("events", {}),
    "calendars.Feed": ("events", {}),
    "notices.Notice": ("events", {}),
    "notices.Reading": ("events", {}),
    "notices.UnitWordings": ("events", {}),
    "statistics.Report": ("report_proofs", {}),
    "network.Site": ("sites", {}),
    "network.Broker": ("brokers", {}),
    "network.Demand": ("demand_histories", {Scope.OWN_SIDE: ("customer", "user")}),
    "network.ServiceProduct": ("products", _PROVIDER),
    "network.Qualification": (
        "qualifications",
        {Scope.OWN_UNIT: ("unit",), Scope.OWN_ORGANISATION: ("legal_person",)},
    ),
    "network.OperatorPayment": ("operator_payments", {Scope.OWN_ORGANISATION: ("operator",)}),
}
"""For each aggregate its line in the table of visibility, and where its state names the owners (`id`: the stream)."""

Position = Annotated[int, Field(ge=0, lt=2**63)]


def _one_or_the_other(value: Any, read: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - whatever was sent
    try:
        return read(value)
    except ValidationError as error:
        raise PydanticCustomError("value_error", "a position of the log, or a time with an offset") from error


PositionOrTime = Annotated[
    Position | Moment,
    BeforeValidator(lambda value: int(value) if str(value).isdigit() else value),
    WrapValidator(_one_or_the_other),
]


class At(ById):
    """A stream, now or then."""

    at: PositionOrTime | None = Field(
        default=None, description="A position of the log, or a time (recorded at); both included"
    )
    since: int = Field(
        default=0, ge=0, lt=2**31, description="Only events after this version, and what they changed from what to what"
    )


def stream(visit: Visit, query: At) -> Answer:
    """The state and the events that led to it. Personal data is null unless it is the reader's own."""
    history = visit.jurisdiction.log.stream(query.id)
    seen = [recorded for recorded in history if _up_to(recorded, query.at)]
    if not seen:
        raise NotFound(kind="stream", id=str(query.id))
    aggregate = AGGREGATE_OF[history[0].event.TYPE]
    # Today's right to read holds for yesterday's data too (ruling 8.23).
    now: Any = aggregate.fold(recorded.event for recorded in history)
    may_read = _permitted(visit, aggregate.name, now, query.id)
    _note(visit, aggregate.name, query.id)
    closed = _closed_to(visit, aggregate.name)
    events = [
        dataclasses.replace(recorded, event=closed(event_as_seen(visit, masked(recorded.event, may_read))))
        for recorded in seen
    ]
    then: Any = aggregate.fold(recorded.event for recorded in events)
    document = {
        "stream": query.id,
        "aggregate": aggregate.name,
        "version": seen[-1].version,
        "position": seen[-1].position,
        "state": {field.name: getattr(then, field.name) for field in dataclasses.fields(then)},
        "events": [shown(recorded, visit.platform.words) for recorded in events if recorded.version > query.since],
    }
    if query.since:
        before = aggregate.fold(recorded.event for recorded in events if recorded.version <= query.since)
        document["changes"] = differences(before, then)
    if visit.actor and visit.actor.role is Role.AUDITOR:
        document = without_token_hashes(orjson.loads(as_json(document)))
    return Answer(document, seen[-1].version if query.at is None else None)


def _up_to(recorded: Recorded, at: int | datetime | None) -> bool:
    if at is None:
        return True
    return recorded.recorded_at <= at if isinstance(at, datetime) else recorded.position <= at


def _permitted(visit: Visit, aggregate: str, state: Any, stream_id: UUID) -> MayRead:  # noqa: ANN401 - any state
    """Whose personal data the reader may read in this stream. Raises `NotFound` where the stream is not theirs.

    The text of a contract and the names of its signatories are for its parties and for auditors (JS 20.b).
    """
    assert visit.actor is not None
    sees, owners = STREAMS[aggregate]
    control = visit.actor.role in (Role.AUDITOR, Role.ADMINISTRATOR)
    scope = Scope.ALL if control else VISIBLE[sees].get(visit.actor.role, Scope.PUBLIC)
    place = dataclasses.replace(visit, scope=scope)
    names = {name for columns in owners.values() for name in columns}
    row = {name: stream_id if name == "id" else getattr(state, name) for name in names}
    place.owned(row, owners, "stream", stream_id)
    if aggregate in ("contracts.Contract", "contracts.CallOff") and visit.actor.role is not Role.ADMINISTRATOR:
        return lambda _subject: True
    selves = {visit.actor.user} if scope is Scope.ALL else {visit.actor.user, *place.own_ids()}
    return selves.__contains__


PROTECTED: Mapping[str, Part] = {
    "contracts.Contract": "history",
    "contracts.CallOff": "history",
    "samples.SampleOrder": "history",
    RESERVED: "use",
}
"""What holds protected data (JS 20.b, CQ 17.c), and as which part an auditor's access to it is noted."""
_THIRD_PARTIES = frozenset({Role.ADMINISTRATOR, Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE})
"""Those who run the platform see that and when something happened, not what is protected."""


def _note(visit: Visit, aggregate: str, stream_id: UUID) -> None:
    part = PROTECTED.get(aggregate)
    if part is not None:
        note_access(visit, stream_id, part)


def _closed_to(visit: Visit, aggregate: str) -> Callable[[Event], Event]:
    """How events look to the reader: those who are neither party nor auditor see protected fields blank."""
    if aggregate not in PROTECTED or visit.actor is None or visit.actor.role not in _THIRD_PARTIES:
        return lambda event: event
    edition = visit.edition()
    return lambda event: as_seen_by_others(event, edition)


READS = (Read("/streams/{id}", "streams", At, stream, "Any thing as it stood, with its history"),)
