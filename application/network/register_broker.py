# SPDX-License-Identifier: Apache-2.0
"""Register a broker."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Words
from application.network.permits import Text
from application.work import Work
from domain.kernel.time import local_date
from domain.network import broker
from domain.network.broker import BROKER, registration_of
from domain.network.events import BrokerRegistered
from domain.network.site import SITE
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.user import USER


class RegisterBroker(Command):
    """Register a user as a broker of a listed kind for a period, both days included (JS 17.b).

    A person has one registration; after its end they can be registered again.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "3c6e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b02",
                "kind": "technology_manager",
                "certificate": "JSJJR-2026-001",
                "fields_of_work": ["分析测试", "新材料"],
                "valid_from": "2026-01-01",
                "valid_until": "2028-12-31",
            }
        }
    )

    user: UUID
    kind: Code
    employer: UUID | None = None
    site: UUID | None = None
    certificate: Text = ""
    fields_of_work: tuple[Words, ...] = Field(default=(), max_length=20)
    valid_from: date
    valid_until: date


def register_broker(command: RegisterBroker, work: Work) -> Result:
    """Raises `NotFound` and what `broker.register` raises."""
    registration = registration_of(command.user)
    before = work.find(BROKER, registration)
    if command.employer is not None:
        work.load(LEGAL_PERSON, command.employer)
    if command.site is not None:
        work.load(SITE, command.site)
    events = broker.register(
        BrokerRegistered.model_validate(command.model_dump()),
        before=before.state if before else None,
        active=work.load(USER, command.user).state.active,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(registration, *events)
    return Result(id=registration)
