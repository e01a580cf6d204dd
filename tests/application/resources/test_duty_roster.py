# SPDX-License-Identifier: Apache-2.0
"""A duty roster published by the unit's staff, on the real database; nobody pays for one that is not there."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.errors import NotPermitted
from application.parties.deactivate_user import DeactivateUser
from application.parties.register_user import RegisterUser
from application.resources.publish_duty_roster import PublishDutyRoster
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError
from domain.resources.duty_events import DutyRosterPublished
from infrastructure.bootstrap import Platform
from tests.application.office import CODES, Office
from tests.domain.resources.examples import TODAY
from tests.domain.resources.test_duty import entry


def staffed(platform: Platform) -> tuple[Office, UUID, UUID, UUID]:
    """An office, a unit, its published instrument, and somebody of its staff."""
    office = Office(platform.jurisdictions["jiangsu"])
    university = office.legal_person()
    unit = office.unit(university)
    office.rules(unit)
    person = office.do(RegisterUser(name="李老师", user_kind="university", legal_person=university, unit=unit)).id
    return office, unit, office.published(unit), person


def test_the_staff_of_the_unit_publishes_versions(platform: Platform) -> None:
    office, unit, resource, person = staffed(platform)
    wish = PublishDutyRoster(resource=resource, effective_from=TODAY, entries=(entry(person),))
    done = office.do(wish, Role.MANAGING_UNIT, unit=unit)
    assert done.data == {"roster_version": 1}
    event = office.home.log.stream(resource)[-1].event
    assert isinstance(event, DutyRosterPublished)
    assert (event.entries, event.effective_from) == ((entry(person),), TODAY)
    ended = PublishDutyRoster(resource=resource, effective_from=TODAY + timedelta(days=7), entries=())
    assert office.do(ended, Role.MANAGING_UNIT, unit=unit).data == {"roster_version": 2}


@pytest.mark.parametrize("role", [Role.USER, Role.OPERATOR, Role.SERVICE_CENTRE, Role.AUDITOR, Role.FINANCE_CLERK])
def test_nobody_else_does(platform: Platform, role: Role) -> None:
    office, unit, resource, person = staffed(platform)
    wish = PublishDutyRoster(resource=resource, effective_from=TODAY, entries=(entry(person),))
    with pytest.raises(NotPermitted):
        office.do(wish, role, unit=unit)


def test_staff_of_another_unit_does_not(platform: Platform) -> None:
    office, _, resource, person = staffed(platform)
    other = office.unit(office.legal_person(CODES[1]), "JS-U02")
    wish = PublishDutyRoster(resource=resource, effective_from=TODAY, entries=(entry(person),))
    with pytest.raises(NotPermitted):
        office.do(wish, Role.MANAGING_UNIT, unit=other)


def test_who_is_unknown_gone_or_of_another_legal_person_is_refused_all_at_once(platform: Platform) -> None:
    office, _unit, resource, person = staffed(platform)
    other = office.legal_person(CODES[1])
    stranger = office.do(RegisterUser(name="王老师", user_kind="university", legal_person=other)).id
    gone = person
    office.do(DeactivateUser(user=gone, reason="离职"))
    named = entry(uuid4(), resource, stranger, gone)
    with pytest.raises(DomainError) as refused:
        office.do(PublishDutyRoster(resource=resource, effective_from=TODAY, entries=(named,)))
    assert sorted(refused.value.codes) == [
        "resources.duty_person_inactive",
        "resources.duty_person_of_another",
        "resources.duty_person_unknown",
        "resources.duty_person_unknown",
    ]
