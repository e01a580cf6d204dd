# SPDX-License-Identifier: Apache-2.0
"""Series on the real database: over holidays, with conflicts, in other zones, and their lineage."""

from datetime import date
from typing import Any

import pytest

from application.command import Result
from application.errors import NotPermitted
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.cancel_series import CancelSeries
from application.reservations.request_series import RequestSeries
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor
from domain.kernel.time import local
from domain.reservations.series.events import SeriesRequested
from domain.resources.values import OpeningWindow
from infrastructure.bootstrap import Platform
from infrastructure.history.verify import verify
from tests.application.reservations.house import publish, quota, statements
from tests.application.reservations.province import Province, at, opening, span
from tests.application.reservations.test_closures import close, follow, refused

ALWAYS = tuple(OpeningWindow(weekday=day, start_minute=0, end_minute=1440) for day in range(1, 8))


def wall(day: str, start: str = "09:00", end: str = "11:00") -> dict[str, str]:
    return {"start": f"{day}T{start}:00", "end": f"{day}T{end}:00"}


def book(home: Province, actor: Actor | None = None, **changes: Any) -> Result:  # noqa: ANN401 - any field
    stated = {
        "resource_id": home.resource,
        "purpose": "scientific_research",
        "first": wall("2026-03-03"),
        "pattern": {"frequency": "weekly", "count": 4},
        **changes,
    }
    return home.do(RequestSeries.model_validate(stated), actor or home.customer)


def days(listed: Any) -> list[str]:  # noqa: ANN401 - a list of the answer
    return [each["day"] for each in listed]


def test_each_time_is_a_reservation_of_its_own_that_names_the_series(province: Province) -> None:
    booked = book(province)
    assert days(booked.data["booked"]) == ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24"]
    assert booked.data["quote_fen"] == 4 * 60_000
    for each in province.state(booked.id).booked:
        state = province.state(each.reservation)
        assert (state.judged.series, state.span) == (booked.id, each.span)
        assert local(state.span.start).hour == 9
    commands = {
        province.home.log.stream(stream)[0].meta.command_id
        for stream in (booked.id, *(each.reservation for each in province.state(booked.id).booked))
    }
    assert len(commands) == 1, "all of it is one commit"


@pytest.mark.parametrize(
    ("pattern", "first", "expected"),
    [
        ({"frequency": "daily", "every": 3, "until": "2026-03-10"}, "2026-03-03", ["03", "06", "09"]),
        ({"frequency": "weekly", "weekdays": [2, 5], "count": 4}, "2026-03-03", ["03", "06", "10", "13"]),
        ({"frequency": "weekly", "every": 2, "until": "2026-03-31"}, "2026-03-03", ["03", "17", "31"]),
    ],
)
def test_patterns_mean_these_days(province: Province, pattern: Any, first: str, expected: list[str]) -> None:  # noqa: ANN401
    booked = book(province, pattern=pattern, first=wall(first))
    assert [day[-2:] for day in days(booked.data["booked"])] == expected


def test_a_month_without_the_day_is_passed_over(province: Province) -> None:
    booked = book(province, first=wall("2026-03-31"), pattern={"frequency": "monthly", "count": 3})
    assert days(booked.data["booked"]) == ["2026-03-31", "2026-05-31", "2026-07-31"]


def test_a_series_over_national_day_leaves_the_holidays_out_by_the_pinned_calendar(province: Province) -> None:
    pattern = {"frequency": "daily", "until": "2026-10-10"}
    booked = book(province, first=wall("2026-09-28"), pattern=pattern, skip_holidays=True)
    assert days(booked.data["booked"]) == [
        "2026-09-28",
        "2026-09-29",
        "2026-09-30",
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
    ]
    assert days(booked.data["skipped"]) == [f"2026-10-{day:02}" for day in range(1, 8)]
    event = province.home.log.stream(booked.id)[0].event
    assert isinstance(event, SeriesRequested)
    assert (event.calendar, event.provisional) == ("mainland-2026-1", False)
    assert {each.codes for each in event.skipped} == {("reservations.series_on_holiday",)}


def test_a_series_over_spring_festival_meets_the_closure_of_the_unit(province: Province) -> None:
    """The holidays of 2026 lie before this clock; the same series asked in January."""
    asked = RequestSeries.model_validate(
        {
            "resource_id": province.resource,
            "purpose": "scientific_research",
            "first": wall("2026-02-12"),
            "pattern": {"frequency": "daily", "until": "2026-02-26"},
            "skip_holidays": True,
        }
    )
    january = at(9).replace(month=1, day=12)
    booked = province.do(asked, province.customer, january)
    assert days(booked.data["skipped"]) == [f"2026-02-{day}" for day in range(15, 24)]
    assert len(days(booked.data["booked"])) == 6


def test_next_years_holidays_are_not_guessed(province: Province) -> None:
    """1 January is a holiday of any year: what is not announced is not booked, unless holidays do not matter."""
    province.add(province.resource, opening(2))
    monthly: dict[str, Any] = {"first": wall("2026-03-01"), "pattern": {"frequency": "monthly", "count": 12}}
    error = refused(book, province, **monthly, skip_holidays=True)
    unknown = [each for each in error.violations if each.code == "reservations.series_holidays_unknown"]
    assert [each.parameters["day"] for each in unknown] == ["2027-01-01", "2027-02-01"]
    booked = book(province, **monthly, skip_holidays=True, at_conflict="skip")
    skipped = {each["day"]: [why["code"] for why in each["why"]] for each in booked.data["skipped"]}  # type: ignore[union-attr, index, call-overload]
    assert skipped["2027-01-01"] == ["reservations.series_holidays_unknown"]
    event = province.home.log.stream(booked.id)[0].event
    assert isinstance(event, SeriesRequested)
    assert event.provisional
    assert booked.data["provisional"]
    assert "2027-02-01" in days(
        book(province, **{**monthly, "first": wall("2026-04-01", "13:00", "15:00")}).data["booked"]
    )


def test_stop_books_nothing_and_lists_every_conflict(province: Province) -> None:
    province.ask(province.individual, span=span(10, 12, day=10))
    close(province, span=span(8, 18, day=17))
    error = refused(book, province)
    assert [(each.code, each.field) for each in error.violations] == [
        ("reservation.slot_taken", "occurrences.2"),
        ("reservations.closed", "occurrences.3"),
    ]
    assert error.violations[1].parameters["day"] == "2026-03-17"
    assert len(province.home.claims.holders(province.resource, at(8), at(18, day=31))) == 1


def test_skip_leaves_conflicts_out_with_their_reasons_and_books_the_rest(province: Province) -> None:
    province.ask(province.individual, span=span(10, 12, day=10))
    publish(province, quotas=[quota("每月次数", recurrence="monthly", measure="reservations", limit=2)])
    booked = book(province, at_conflict="skip")
    assert days(booked.data["booked"]) == ["2026-03-03", "2026-03-17"]
    skipped = {each["day"]: [why["code"] for why in each["why"]] for each in booked.data["skipped"]}  # type: ignore[union-attr, index, call-overload]
    assert skipped == {
        "2026-03-10": ["reservation.slot_taken"],
        "2026-03-24": ["reservations.quota_exceeded"],
    }


def test_where_everything_is_skipped_nothing_is_booked(province: Province) -> None:
    close(province, first_day=date(2026, 3, 3), last_day=date(2026, 4, 30))
    assert refused(book, province, at_conflict="skip").codes == ("reservations.series_books_nothing",)


def test_a_piece_of_an_accessory_is_held_each_time(province: Province) -> None:
    publish(province, accessories=[{"name": "样品杆", "quantity": 1}])
    booked = book(province, accessories=["样品杆"])
    assert all(province.state(each.reservation).accessories for each in province.state(booked.id).booked)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"pattern": {"frequency": "daily"}}, ["reservations.series_without_end"]),
        ({"pattern": {"frequency": "daily", "count": 1000}}, ["reservations.series_too_long"]),
        ({"pattern": {"frequency": "daily", "count": 101}}, ["reservations.series_too_long"]),
        ({"pattern": {"frequency": "daily", "until": "2199-01-01"}}, ["reservations.series_too_long"]),
        ({"pattern": {"frequency": "monthly", "every": 12, "count": 4}}, ["reservations.series_too_far"]),
        ({"pattern": {"frequency": "daily", "until": "2026-03-01"}}, ["reservations.series_ends_before"]),
        (
            {"pattern": {"frequency": "daily", "until": "2026-03-09", "count": 2}},
            ["reservations.series_with_two_ends"],
        ),
        ({"pattern": {"frequency": "daily", "weekdays": [2], "count": 2}}, ["reservations.series_weekdays_idle"]),
        ({"pattern": {"frequency": "weekly", "weekdays": [1], "count": 2}}, ["reservations.series_first_day_off"]),
        ({"first": wall("2026-03-03", "11:00", "09:00")}, ["reservations.series_ends_backwards"]),
        ({"zone": "Asia/Nanjing"}, ["reservations.zone_unknown"]),
        (
            {"first": wall("2026-03-29", "02:30", "05:00"), "zone": "Europe/Berlin"},
            ["reservations.time_does_not_exist"],
        ),
        (
            {"first": wall("2026-10-25", "02:30", "05:00"), "zone": "Europe/Berlin"},
            ["reservations.time_exists_twice"],
        ),
        (
            {"first": {"start": "2026-03-03T09:00:00+08:00", "end": "2026-03-03T11:00:00+08:00"}, "zone": "Asia/Tokyo"},
            ["reservations.offset_not_of_zone", "reservations.offset_not_of_zone"],
        ),
    ],
)
def test_series_that_cannot_be_are_refused(province: Province, changes: dict[str, Any], codes: list[str]) -> None:
    assert list(refused(book, province, **changes).codes) == codes


def test_a_time_that_comes_twice_names_both_instants_and_is_told_by_its_offset(province: Province) -> None:
    error = refused(book, province, first=wall("2026-10-25", "02:30", "05:00"), zone="Europe/Berlin")
    parameters = error.violations[0].parameters
    assert (parameters["earlier"], parameters["later"]) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")
    first = {"start": "2026-10-25T02:30:00+01:00", "end": "2026-10-25T05:00:00+01:00"}
    booked = book(province, first=first, zone="Europe/Berlin", pattern={"frequency": "daily", "count": 2})
    assert [local(each.span.start).hour for each in province.state(booked.id).booked] == [9, 9]


def test_the_wall_of_a_remote_user_stays_while_the_clocks_change(province: Province) -> None:
    """Nine in the morning in Berlin is 16:00 in Nanjing in winter and 15:00 in summer."""
    booked = book(
        province,
        first=wall("2026-03-27", "09:00", "10:00"),
        zone="Europe/Berlin",
        pattern={"frequency": "daily", "every": 3, "count": 2},
    )
    assert [local(each.span.start).hour for each in province.state(booked.id).booked] == [16, 15]


def test_a_later_time_that_does_not_exist_is_a_conflict(province: Province) -> None:
    first = wall("2026-03-28", "02:30", "03:30")
    changes: dict[str, Any] = {"zone": "Europe/Berlin", "pattern": {"frequency": "daily", "count": 3}, "first": first}
    error = refused(book, province, **changes)
    assert (error.codes, error.violations[0].field) == (("reservations.time_does_not_exist",), "occurrences.2")
    booked = book(province, **changes, at_conflict="skip")
    assert days(booked.data["booked"]) == ["2026-03-28", "2026-03-30"]


CHANGES_OF_CLOCKS = [
    ("Europe/Berlin", "2026-03-28", "01:00", "04:00", "2026-03-29", 120),
    ("Europe/Berlin", "2026-10-24", "01:00", "04:00", "2026-10-25", 240),
    ("Europe/Berlin", "2027-03-27", "01:00", "04:00", "2027-03-28", 120),
    ("America/New_York", "2026-10-31", "00:00", "03:00", "2026-11-01", 240),
    ("America/New_York", "2027-03-13", "00:00", "03:00", "2027-03-14", 120),
]


@pytest.mark.parametrize(("zone", "first", "start", "end", "day", "minutes"), CHANGES_OF_CLOCKS)
def test_a_time_that_the_clocks_make_longer_or_shorter_is_a_conflict(
    province: Province, zone: str, first: str, start: str, end: str, day: str, minutes: int
) -> None:
    province.add(province.resource, opening(2).model_copy(update={"windows": ALWAYS}))
    asked: dict[str, Any] = {
        "zone": zone,
        "first": wall(first, start, end),
        "pattern": {"frequency": "daily", "count": 3},
    }
    error = refused(book, province, **asked)
    [told] = error.violations
    assert (told.code, told.field) == ("reservations.series_length_differs", "occurrences.2")
    known = {name: told.parameters[name] for name in ("day", "zone", "used_minutes", "first_minutes")}
    assert known == {"day": day, "zone": zone, "used_minutes": minutes, "first_minutes": 180}
    booked = book(province, **asked, at_conflict="skip")
    assert days(booked.data["skipped"]) == [day]
    spans = [each.span.minutes for each in province.state(booked.id).booked]
    assert spans == [180, 180]


@pytest.mark.parametrize(
    ("zone", "first", "start", "code"),
    [
        ("Europe/Berlin", "2026-10-24", "02:30", "reservations.time_exists_twice"),
        ("Europe/Berlin", "2027-03-27", "02:30", "reservations.time_does_not_exist"),
        ("America/New_York", "2026-10-31", "01:30", "reservations.time_exists_twice"),
        ("America/New_York", "2027-03-13", "02:30", "reservations.time_does_not_exist"),
    ],
)
def test_a_later_start_or_end_that_the_clocks_leave_out_or_repeat_is_a_conflict(
    province: Province, zone: str, first: str, start: str, code: str
) -> None:
    province.add(province.resource, opening(2).model_copy(update={"windows": ALWAYS}))
    pattern = {"frequency": "daily", "count": 3}
    for times in ((start, "05:00"), ("00:00", start)):
        asked: dict[str, Any] = {"zone": zone, "first": wall(first, *times), "pattern": pattern}
        error = refused(book, province, **asked)
        assert [(each.code, each.field) for each in error.violations] == [(code, "occurrences.2")]


def test_times_that_overlap_each_other_are_told(province: Province) -> None:
    province.add(province.resource, opening(2, max_minutes=2880))
    windows = [{"weekday": day, "start_minute": 0, "end_minute": 1440} for day in range(1, 8)]
    every_hour = opening(3, max_minutes=2880).model_copy(
        update={"windows": type(opening()).model_validate(opening().model_dump() | {"windows": windows}).windows}
    )
    province.add(province.resource, every_hour)
    first = {"start": "2026-03-03T09:00:00", "end": "2026-03-04T10:00:00"}
    error = refused(book, province, first=first, pattern={"frequency": "daily", "count": 2})
    assert error.codes == ("reservations.series_overlaps_itself",)


def test_moving_and_cancelling_one_keeps_the_series(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    booked = book(province)
    first, second, third, fourth = (each.reservation for each in province.state(booked.id).booked)
    move = RescheduleReservation(reservation_id=second, span=span(14, 16, day=11), reason="改期")
    province.do(move, province.customer)
    assert province.state(second).judged.series == booked.id
    province.do(CancelReservation(reservation_id=third, reason="延误"), province.customer)
    ended = province.do(
        CancelSeries(series_id=booked.id, cancel_from=at(0, day=11), reason="课题结题"), province.customer
    )
    assert [each["reservation"] for each in ended.data["cancelled"]] == [str(second), str(fourth)]  # type: ignore[union-attr, index, call-overload]
    assert province.state(first).state == "confirmed"
    assert province.state(booked.id).ended_from == at(0, day=11)
    province.do(CancelSeries(series_id=booked.id, reason="全部"), province.customer)
    again = CancelSeries(series_id=booked.id, reason="全部")
    assert refused(province.do, again, province.customer).codes == ("reservations.series_over",)


def test_a_series_is_cancelled_by_those_concerned(province: Province) -> None:
    booked = book(province)
    command = CancelSeries(series_id=booked.id, reason="…")
    with pytest.raises(NotPermitted):
        province.do(command, province.individual)
    province.do(command, province.manager)
    state = province.state(province.state(booked.id).booked[0].reservation)
    assert state.state == "cancelled"


def test_a_hundred_times_are_one_commit_and_the_claims_agree(
    province: Province, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(province, quotas=[quota(limit=10**6)])
    with statements(monkeypatch) as sent:
        booked = book(province, pattern={"frequency": "daily", "count": 100}, first=wall("2026-03-03"))
    assert len(booked.data["booked"]) == 100  # type: ignore[arg-type]
    print(f"\n{len(sent)} statements for a hundred times")  # noqa: T201 - the measured figure, shown with -s
    follow(province)
    report = verify(platform)
    assert report.ok, report.as_dict()
