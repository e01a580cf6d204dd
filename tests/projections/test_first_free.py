# SPDX-License-Identifier: Apache-2.0
"""Which of many instruments is free first, against trying every minute of every one of them."""

from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.time import Span
from domain.resources.custody_events import CustomsSupervisionEnded
from domain.resources.events import (
    CustomsConditionRecorded,
    ExemptionClaimed,
    InternalBlockEntered,
    MaintenanceScheduled,
    OpeningLimitPublished,
    ResourceSuspended,
    ResourceWithdrawn,
)
from domain.resources.free_slots import Wish, seconds_of
from domain.resources.values import BookingTerms
from projections import calendar, closures, instruments
from projections.first_free import Asked, first_free
from projections.instrument_tables import INSTRUMENTS
from projections.offered import shown
from projections.opened import openings_of
from tests.domain.resources.test_free_slots import tried
from tests.projections.conftest import Stage
from tests.projections.examples import PUBLISHED, opening, registered, requested, span
from tests.projections.memory_rows import History, at, ident

DAY = date(2026, 3, 2)
NOW = at("2026-03-02 10:10")
SEEN = Asked(None, NOW, NOW + timedelta(days=3), NOW)


class Town:
    """Instruments and what takes them, in both read models that the question needs."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.catalogue, self.calendar = History(instruments.MODEL), History(calendar.MODEL)
        self.closures = History(closures.MODEL)
        self.ids: list[UUID] = []

    def add(self, name: str, *events: Any, **particulars: Any) -> UUID:  # noqa: ANN401 - events and fields
        """An instrument with these facts; its calendar follows those that concern it."""
        stream = ident(name)
        given = registered(name_zh=name, asset_number=name, **particulars)
        self.catalogue.add(stream, given, *(events or (opening(DAY), PUBLISHED)))
        self.calendar.add(stream, *events)
        self.closures.add(stream, *events)
        self.ids.append(stream)
        return stream

    @cached_property
    def shown(self) -> Any:  # noqa: ANN401 - a cursor
        self.stage.show(self.calendar)
        self.stage.show(self.closures)
        return self.stage.show(self.catalogue)

    def ask(self, asked: Asked = SEEN) -> list[tuple[str, str]]:
        found = first_free(self.shown, self.ids, asked).found
        rows = shown(self.shown, [free.instrument.id for free in found])
        starts = [f"{free.slots[0].start + timedelta(hours=8):%d %H:%M}" for free in found]
        return [(rows[free.instrument.id]["name_zh"], start) for free, start in zip(found, starts, strict=True)]


@pytest.fixture
def town(stage: Stage) -> Town:
    town = Town(stage)
    for history in (town.calendar, town.closures):
        history.add(ident("nobody"), InternalBlockEntered(**_block("2026-01-01 09:00", "2026-01-01 10:00")))
    return town


def _block(start: str, end: str, *lanes: int) -> dict[str, Any]:
    return {"block": ident(f"{start}{lanes}"), "span": span(start, end), "lanes": lanes or (1,), "purpose": "p"}


def limited(**changes: Any) -> OpeningLimitPublished:  # noqa: ANN401 - any field
    return OpeningLimitPublished(limit_version=1, text="…", **changes)


def test_the_earliest_comes_first_and_at_the_same_time_the_name_decides(town: Town) -> None:
    repair = MaintenanceScheduled(
        maintenance=ident("m"), span=span("2026-03-02 08:00", "2026-03-02 12:00"), lanes=(1,), kind="repair", reason="r"
    )
    town.add("乙")
    town.add("丙", opening(DAY), PUBLISHED, repair)
    town.add("甲")
    assert town.ask() == [("甲", "02 10:30"), ("乙", "02 10:30"), ("丙", "02 12:00")]


def test_what_nobody_may_reserve_is_not_there(town: Town) -> None:
    claimed = ExemptionClaimed(ground="secrecy", reason="r", review_on=DAY)
    town.add("保密", opening(DAY), PUBLISHED, claimed)
    town.add("停用", opening(DAY), PUBLISHED, ResourceSuspended(ground="fault", reason="r", open_reservations=()))
    town.add("报废", opening(DAY), PUBLISHED, ResourceWithdrawn(ground="scrapped", reason="r"))
    town.add("草稿", opening(DAY))
    town.add("数据", opening(DAY), PUBLISHED, bookable=False)
    assert town.ask() == []


def test_published_limits_hold(town: Town) -> None:
    town.add("须提前", opening(DAY), PUBLISHED, limited(latest_minutes_before=120))
    town.add("不超前", opening(DAY + timedelta(days=2)), PUBLISHED, limited(earliest_minutes_before=24 * 60))
    town.add("限用户", opening(DAY), PUBLISHED, limited(excluded_user_kinds=("individual",)))
    assert town.ask() == [("限用户", "02 10:30"), ("须提前", "02 12:30")]
    individual = Asked(None, NOW, SEEN.end, NOW, user_kind="individual")
    assert town.ask(individual) == [("须提前", "02 12:30")]


def test_a_duty_free_import_is_free_only_while_customs_allow_it(town: Town) -> None:
    condition = CustomsConditionRecorded(
        notice_number="n", valid_from=DAY + timedelta(days=1), valid_until=DAY + timedelta(days=1)
    )
    released = CustomsSupervisionEnded(ended_on=DAY + timedelta(days=2), notice_number="n", ground="period_over")
    town.add("有条件", opening(DAY), PUBLISHED, condition, duty_free=True)
    town.add("无条件", opening(DAY), PUBLISHED, duty_free=True)
    town.add("已解除", opening(DAY), PUBLISHED, released, duty_free=True)
    assert [name for name, _ in town.ask()] == ["无条件", "已解除", "有条件"]
    asked = Asked(None, NOW, SEEN.end, NOW, customs=True)
    assert town.ask(asked) == [("有条件", "03 09:00"), ("已解除", "04 09:00")]


@pytest.mark.parametrize("near", [timedelta(hours=5), timedelta(days=3)])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_trying_every_minute_finds(
    town: Town, seed: int, near: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.first_free.NEAR", near)
    chance = Random(seed)
    expected: dict[UUID, tuple[int, int] | None] = {}
    wish = Wish(chance.choice([None, 60, 150]), seconds_of(NOW) + 1, seconds_of(SEEN.end))
    for number in range(25):
        opens = _opening(chance)
        stream = town.add(f"{seed}-{number}", opens, PUBLISHED)
        held: dict[int, list[tuple[int, int]]] = {}
        for count in range(chance.randrange(12)):
            start = NOW + timedelta(minutes=30 * chance.randrange(-20, 140))
            taken = Span(start=start, end=start + timedelta(minutes=30 * chance.randrange(1, 20)))
            lane = chance.randint(1, 2)
            town.calendar.add(
                ident(f"{stream}-{count}"),
                requested("2026-03-02 09:00", "2026-03-02 10:00", resource=stream, lane=lane, held=taken),
            )
            held.setdefault(lane, []).append((seconds_of(taken.start), seconds_of(taken.end)))
        row = town.catalogue.row(INSTRUMENTS, stream)
        expected[stream] = tried(_openings(row), {lane: sorted(each) for lane, each in held.items()}, wish, None)
    found = first_free(town.shown, town.ids, Asked(wish.minutes, NOW, SEEN.end, NOW)).found
    seen = {each.instrument.id: (seconds_of(each.slots[0].start), seconds_of(each.slots[0].end)) for each in found}
    assert seen == {stream: slot for stream, slot in expected.items() if slot}
    assert [each.slots[0].start for each in found] == sorted(each.slots[0].start for each in found)


def _opening(chance: Random) -> Any:  # noqa: ANN401 - an event
    hours = sorted(chance.sample(range(25), 2))
    made = opening(DAY, hours=(hours[0], hours[1]))
    terms = BookingTerms(
        slot_minutes=chance.choice([30, 60]),
        min_minutes=60,
        max_minutes=chance.choice([120, 480]),
        setup_minutes=chance.choice([0, 20]),
        cleanup_minutes=chance.choice([0, 15]),
        capacity=chance.choice([1, 2]),
        confirmation="automatic",
    )
    return made.model_copy(update={"terms": terms})


def _openings(row: dict[str, Any]) -> Any:  # noqa: ANN401 - versions of opening hours
    dated = [each | {"effective_from": date.fromisoformat(each["effective_from"])} for each in row["openings"]]
    return openings_of(dated)
