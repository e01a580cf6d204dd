# SPDX-License-Identifier: Apache-2.0
"""Published instruments and one user to reserve them: as events straight into the benchmark's own log.

What is measured is a reservation; how its surroundings came about is not, so no decision is asked for them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from application.ports import Append, NewEvents
from domain.catalogue import claims_of
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Meta
from domain.kernel.personal import Personal
from domain.kernel.time import local_date
from domain.parties.events import AccessTokenIssued, LegalPersonRegistered, UnitRegistered, UserRegistered
from domain.resources import events as resources
from domain.resources.values import MINUTES_OF_A_DAY, BookingTerms, FeeLine, OpeningWindow, PublicationItems

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from infrastructure.bootstrap import Jurisdiction

SLOT_MINUTES = 30


@dataclass(frozen=True)
class Fixture:
    """What clients need to know."""

    token: str
    token_hash: str
    user: UUID
    customer: UUID
    purpose: str
    instruments: list[UUID]


def furnish(jurisdiction: Jurisdiction, instruments: int, now: datetime) -> Fixture:
    """Make a provider with instruments open at all hours, and an outside user with a token."""
    provider, unit, customer, user = uuid4(), uuid4(), uuid4(), uuid4()
    token = f"{jurisdiction.name}.{secrets.token_urlsafe(32)}"
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    edition = jurisdiction.edition(local_date(now))
    _append(jurisdiction, now, provider, _legal_person("BENCH-PROVIDER"))
    _append(jurisdiction, now, customer, _legal_person("BENCH-CUSTOMER"))
    _append(jurisdiction, now, unit, _unit(provider, edition.value("scope.unit_kinds")[0]))
    person = UserRegistered(name=Personal.of(user, "bench"), user_kind="university", legal_person=customer)
    issued = AccessTokenIssued(token_hash=token_hash, role=Role.USER.value, organisation=customer)
    _append(jurisdiction, now, user, person, issued)
    type_ = edition.value("resource.types")[0]
    ids = [uuid4() for _ in range(instruments)]
    for number, resource in enumerate(ids):
        _append(jurisdiction, now, resource, *_published(provider, unit, type_, f"BENCH-{number}", now))
    return Fixture(token, token_hash, user, customer, edition.value("scope.service_purposes")[0], ids)


def _append(jurisdiction: Jurisdiction, now: datetime, stream: UUID, *events: Event) -> None:
    meta = Meta(
        occurred_at=now,
        actor=Actor(user=uuid4(), role=Role.SYSTEM),
        command_id=uuid4(),
        command="Furnish",
        correlation_id=uuid4(),
    )
    claims = tuple(claim for event in events for claim in claims_of(stream, event))
    jurisdiction.log.append(Append(meta.command_id, "", {}, meta, (NewEvents(stream, 0, events),), claims))


def _legal_person(code: str) -> LegalPersonRegistered:
    return LegalPersonRegistered(
        credit_code=code,
        name_zh=code,
        name_en=code,
        kind="university",
        budget_status="other",
        city="",
        district="",
    )


def _unit(provider: UUID, kind: str) -> UnitRegistered:
    return UnitRegistered(
        legal_person=provider,
        code="BENCH",
        name_zh="bench",
        name_en="bench",
        kind=kind,
        scope_mode="voluntary",
        city="",
        district="",
        competent_department="",
    )


def _published(provider: UUID, unit: UUID, type_: str, number: str, now: datetime) -> list[Event]:
    today = local_date(now) - timedelta(days=1)
    whole_day = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=MINUTES_OF_A_DAY) for day in range(1, 8))
    terms = BookingTerms(
        slot_minutes=SLOT_MINUTES, min_minutes=SLOT_MINUTES, max_minutes=SLOT_MINUTES, confirmation="automatic"
    )
    price = FeeLine(user_kind="university", kind="machine_time", unit="hour", price_fen=10_000)
    text = "bench"
    items = PublicationItems(
        sharing_rules=text,
        service_mode=text,
        service_content=text,
        fee_standard=text,
        opening_limit=text,
        catalogue=text,
    )
    return [
        resources.ResourceRegistered(
            unit=unit,
            legal_person=provider,
            type=type_,
            bookable=True,
            holding="physical",
            asset_number=number,
            name_zh=number,
            original_value_fen=0,
            funding=(),
        ),
        resources.ResourceDataSubmitted(schema_name=text, data_digest=text),
        resources.ResourceDataAccepted(standard=text),
        resources.TariffPublished(tariff_version=1, effective_from=today, lines=(price,), cost_sheet_version=None),
        resources.OpeningPublished(
            opening_version=1, effective_from=today, windows=whole_day, terms=terms, rated_minutes_per_year=86_400
        ),
        resources.ResourcePublished(items=items, portal_url=""),
    ]
