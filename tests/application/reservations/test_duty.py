# SPDX-License-Identifier: Apache-2.0
"""A roster costs a request nothing, and an explanation tells who was on duty by what was published before the start."""

from datetime import date, datetime
from uuid import UUID

import pytest

from application.reservations.explaining import explained
from application.reservations.on_duty import OnDuty
from application.reservations.start_usage import StartUsage
from application.resources.publish_duty_roster import PublishDutyRoster
from domain.resources.duty_events import DutyEntry, DutyRosterPublished
from tests.application.reservations.house import opening, statements
from tests.application.reservations.province import Province, at, span

NOON = at(12, day=2)


def publish(home: Province, person: UUID, now: datetime = NOON, since: date = date(2026, 3, 2)) -> None:
    weekly = DutyEntry(persons=(person,), weekdays=(1, 2, 3, 4, 5), start_minute=480, end_minute=1080)
    home.do(
        PublishDutyRoster(resource=home.resource, effective_from=max(since, now.date()), entries=(weekly,)),
        home.manager,
        now,
    )


def told(home: Province, reservation: UUID) -> OnDuty | None:
    return explained(home.home.log, home.home.claims, reservation).on_duty


def test_a_roster_costs_a_request_neither_a_statement_nor_an_event(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    province.ask()
    with statements(monkeypatch) as without:
        first = province.ask(span=span(11, 12))
    publish(province, province.staff)
    province.ask(span=span(13, 14))
    with statements(monkeypatch) as sent:
        second = province.ask(span=span(14, 15))
    assert len(sent) == len(without)
    assert province.types(second.id) == province.types(first.id)


def test_without_a_roster_before_the_start_nothing_is_told(province: Province) -> None:
    asked = province.ask()
    assert told(province, asked.id) is None
    publish(province, province.staff, at(9, 1))
    assert told(province, asked.id) is None


def test_it_is_told_by_the_version_in_force_at_the_start_whatever_comes_later(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    asked = province.ask()
    publish(province, province.staff)
    publish(province, province.keeper, at(8, 59))
    found = told(province, asked.id)
    assert found is not None
    assert (found.version, found.persons, found.start) == (2, (province.keeper,), at(9))
    province.do(StartUsage(reservation_id=asked.id, contract_id=province.contract().id), province.manager, at(9))
    late = DutyRosterPublished(roster_version=3, effective_from=date(2026, 3, 1), entries=())
    province.add(province.resource, late)
    assert told(province, asked.id) == found, "what is dated back after the use began changes nothing"
