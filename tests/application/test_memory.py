# SPDX-License-Identifier: Apache-2.0
"""States kept in memory never decide: a second process changes a stream, the first one's memory is behind."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from application.parties.map_unit_to_legal_person import MapUnitToLegalPerson
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from infrastructure.bootstrap import Platform, open_platform
from tests.application.deciding import decided
from tests.application.office import CODES, Office


@pytest.fixture
def processes(platform: Platform) -> Iterator[tuple[Office, Office]]:
    """Two processes on one database, each with a memory of its own."""
    with open_platform(platform.settings, platform.dsn, clock=platform.clock) as other:
        yield Office(platform.jurisdictions["jiangsu"]), Office(other.jurisdictions["jiangsu"])


def register(office: Office, legal_person: UUID, unit: UUID) -> UUID:
    command = RegisterUser(name="孟知微", user_kind="university", legal_person=legal_person, unit=unit)
    return office.do(command).id


def moved(processes: tuple[Office, Office]) -> tuple[UUID, UUID, UUID]:
    """A unit that the first process remembers under its old legal person, after the second one has moved it."""
    first, second = processes
    old, new = first.legal_person(CODES[0]), first.legal_person(CODES[1])
    unit = first.unit(old)
    register(first, old, unit)
    second.do(
        MapUnitToLegalPerson(
            unit=unit,
            legal_person=new,
            effective_from=date(2026, 3, 1),
            decision_reference=decided(second.home, "决定1号"),
        ),
        Role.COUNCIL_OFFICE,
    )
    return old, new, unit


def test_what_memory_would_allow_is_refused_by_the_log(processes: tuple[Office, Office]) -> None:
    old, _, unit = moved(processes)
    with pytest.raises(DomainError):
        register(processes[0], old, unit)


def test_what_memory_would_refuse_is_allowed_by_the_log(processes: tuple[Office, Office]) -> None:
    _, new, unit = moved(processes)
    assert isinstance(register(processes[0], new, unit), UUID)
