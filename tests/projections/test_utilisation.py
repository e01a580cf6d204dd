# SPDX-License-Identifier: Apache-2.0
"""Utilisation rates, to the minute."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.time import Span
from domain.parties.closure_events import UnitClosureAnnounced, UnitClosureLifted
from domain.parties.events import UnitRenamed
from domain.reservations.events import ReservationCancelled, ReservationConfirmed, UsageAborted, UsageCorrected
from domain.resources.closure_events import ClosureAnnounced
from domain.resources.events import (
    ExemptionClaimed,
    MaintenanceEnded,
    MaintenanceScheduled,
    ResourceResumed,
    ResourceSuspended,
    ResourceTransferred,
)
from domain.resources.opening import open_minutes
from projections.opened import opened_minutes, openings_of, rated_minutes
from projections.utilisation import INTERVALS, MODEL, OPENINGS, USAGE
from projections.utilisation_rates import Usage, ratio, utilisation
from tests.projections.conftest import Stage
from tests.projections.examples import PROVIDER, PUBLISHED, SEM, UNIT, completed, opening, registered, requested, span
from tests.projections.memory_rows import History, at, ident

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
CONFIRMED = ReservationConfirmed(automatic=True)
SUSPENDED = ResourceSuspended(ground="fault", reason="r", open_reservations=())


def history() -> History:
    """A microscope, published at the start of the year and open from 9 to 17 every day."""
    published = at("2026-01-01 00:00")
    return History(MODEL).add(SEM, registered(), opening(date(2025, 12, 1)), PUBLISHED, occurred_at=published)


def used(log: History, name: str, start: str, end: str, minutes: int, **changes: Any) -> History:  # noqa: ANN401
    return log.add(ident(name), requested(start, end, **changes), CONFIRMED, completed(start, end, minutes))


def maintenance(start: str, end: str, lanes: tuple[int, ...] = (1,)) -> MaintenanceScheduled:
    return MaintenanceScheduled(
        maintenance=ident("maintenance"), span=span(start, end), lanes=lanes, kind="repair", reason="r"
    )


def test_a_use_is_split_at_the_month_end_and_external_time_kept_apart() -> None:
    log = used(history(), "outside", "2026-01-31 23:00", "2026-02-01 01:00", 120)
    used(log, "inside", "2026-02-02 09:00", "2026-02-02 12:00", 180, external=False)
    january, february = log.row(USAGE, JANUARY, SEM, UNIT), log.row(USAGE, FEBRUARY, SEM, UNIT)
    assert [january[name] for name in ("used_minutes", "external_minutes", "uses", "external_uses")] == [60, 60, 1, 1]
    assert [february[name] for name in ("used_minutes", "external_minutes", "uses", "external_uses")] == [240, 60, 1, 0]


def test_a_correction_replaces_the_old_figures() -> None:
    corrected = UsageCorrected(
        started_at=at("2026-01-31 22:00"), ended_at=at("2026-01-31 23:30"), used_minutes=90, reason="clock"
    )
    log = used(history(), "outside", "2026-01-31 23:00", "2026-02-01 01:00", 120).add(ident("outside"), corrected)
    january, february = log.row(USAGE, JANUARY, SEM, UNIT), log.row(USAGE, FEBRUARY, SEM, UNIT)
    assert [january[name] for name in ("used_minutes", "external_minutes", "uses", "corrections")] == [90, 90, 1, 1]
    assert [february[name] for name in ("used_minutes", "external_minutes", "uses")] == [0, 0, 0]


def test_an_aborted_use_keeps_its_minutes_and_a_cancelled_one_has_none() -> None:
    log = history()
    aborted = UsageAborted(
        started_at=at("2026-01-05 09:00"),
        ended_at=at("2026-01-05 09:40"),
        used_minutes=40,
        ground="power",
        reason="r",
    )
    log.add(ident("aborted"), requested("2026-01-05 09:00", "2026-01-05 11:00"), CONFIRMED, aborted)
    given_up = ReservationCancelled(by="user", reason="r")
    log.add(ident("cancelled"), requested("2026-01-06 09:00", "2026-01-06 11:00"), given_up)
    row = log.row(USAGE, JANUARY, SEM, UNIT)
    assert (row["used_minutes"], row["uses"]) == (40, 0)


def test_intervals_begin_with_publication_and_end_with_suspension_or_transfer() -> None:
    moved = ResourceTransferred(
        to_unit=ident("new"), to_legal_person=PROVIDER, from_unit=UNIT, asset_number="A-1", reason="r"
    )
    log = history().add(SEM, SUSPENDED, occurred_at=at("2026-01-10 12:00"))
    log.add(SEM, ResourceResumed(), occurred_at=at("2026-01-11 12:00"))
    log.add(SEM, moved, occurred_at=at("2026-01-20 00:00"))
    log.add(SEM, ResourceResumed(), occurred_at=at("2026-01-21 00:00"))
    found = [(row["unit"], row["starts_at"], row["ends_at"]) for row in log.rows.all(INTERVALS)]
    assert found == [
        (UNIT, at("2026-01-01 00:00"), at("2026-01-10 12:00")),
        (UNIT, at("2026-01-11 12:00"), at("2026-01-20 00:00")),
        (ident("new"), at("2026-01-21 00:00"), None),
    ]


def test_ratios_have_four_decimals_no_cap_and_no_zero_below() -> None:
    assert [ratio(1, 3), ratio(3, 2), ratio(1, 0), ratio(0, 5)] == ["0.3333", "1.5000", None, "0.0000"]


def test_rated_minutes_are_those_of_the_year_in_proportion() -> None:
    log = history().add(SEM, opening(date(2026, 7, 1), version=2).model_copy(update={"rated_minutes_per_year": 0}))
    openings = openings_of(log.rows.all(OPENINGS))
    year = span("2026-01-01 00:00", "2027-01-01 00:00")
    assert rated_minutes(openings, year) == 86_400 * Fraction(181, 365)
    assert rated_minutes(openings, span("2026-01-01 00:00", "2026-01-01 12:00")) == 86_400 * Fraction(1, 730)


def test_rated_minutes_know_leap_years() -> None:
    openings = openings_of(History(MODEL).add(SEM, opening(date(2023, 1, 1))).rows.all(OPENINGS))
    half = 86_400 * Fraction(1, 365) + 86_400 * Fraction(1, 366)
    assert rated_minutes(openings, span("2023-12-31 00:00", "2024-01-02 00:00")) == half


@given(st.integers(0, 60), st.integers(0, 24 * 60), st.integers(1, 40 * 24 * 60), st.booleans())
def test_open_minutes_are_those_of_the_rule_however_they_are_remembered(
    later: int,
    start: int,
    length: int,
    shut: bool,  # noqa: FBT001 - hypothesis gives arguments by name
) -> None:
    versions = (opening(date(2026, 1, 2)), opening(date(2026, 1, 2) + timedelta(days=later), version=2, hours=(7, 22)))
    openings = openings_of(History(MODEL).add(SEM, *versions).rows.all(OPENINGS))
    begin = at("2026-01-01 00:00") + timedelta(minutes=start)
    published = Span(start=begin, end=begin + timedelta(minutes=length))
    closures = [span("2026-01-05 10:15", "2026-01-08 12:00")] if shut else []
    expected = open_minutes(openings, closures, published.start, published.end)
    assert opened_minutes(openings, closures, published) == expected


def only(rows: list[Usage]) -> Usage:
    (row,) = rows
    return row


def test_open_minutes_are_published_hours_less_maintenance(stage: Stage) -> None:
    log = used(history(), "outside", "2026-01-31 15:00", "2026-01-31 17:00", 120)
    used(log, "inside", "2026-01-02 09:00", "2026-01-02 13:00", 240, external=False)
    log.add(SEM, maintenance("2026-01-05 13:00", "2026-01-09 13:00"))
    ended = MaintenanceEnded(maintenance=ident("maintenance"), ended_at=at("2026-01-06 11:00"), lanes=(1,))
    log.add(SEM, ended)
    log.add(SEM, SUSPENDED, occurred_at=at("2026-01-30 13:00"))
    report = utilisation(stage.show(log), JANUARY, JANUARY, by="instrument", as_of=at("2026-03-01 00:00"))
    row = only(report.rows)
    # 29 days of 480 and 240 minutes of the 30th, less 240 on the 5th and 120 on the 6th.
    assert row.opened_minutes == 29 * 480 + 240 - 360
    assert (row.used_minutes, row.external_minutes, row.uses, row.name_zh) == (360, 120, 2, "场发射扫描电子显微镜")
    assert (row.external_share, row.utilisation) == ("0.3333", ratio(360, 13_800))
    # 29.5417 of 365 days of 86,400 minutes a year.
    assert row.rated_minutes == 6993
    assert report.position == log.events[-1].position
    assert set(report.definition) == {"zh", "en"}


@pytest.mark.parametrize(("lanes", "lost"), [((1,), 0), ((1, 2), 480)])
def test_maintenance_counts_where_it_takes_every_lane(stage: Stage, lanes: tuple[int, ...], lost: int) -> None:
    log = History(MODEL).add(SEM, registered(), opening(date(2025, 12, 1), capacity=2))
    log.add(
        SEM, PUBLISHED, maintenance("2026-01-05 00:00", "2026-01-06 00:00", lanes), occurred_at=at("2026-01-01 00:00")
    )
    report = utilisation(stage.show(log), JANUARY, JANUARY, by="instrument", as_of=at("2026-02-01 00:00"))
    assert only(report.rows).opened_minutes == 31 * 480 - lost


def test_time_after_the_moment_asked_for_is_not_open_yet(stage: Stage) -> None:
    cursor = stage.show(history())
    report = utilisation(cursor, JANUARY, FEBRUARY, by="instrument", as_of=at("2026-01-02 10:00"))
    row = only(report.rows)
    assert (row.month, row.opened_minutes, row.used_minutes, row.utilisation) == (JANUARY, 540, 0, "0.0000")


def test_units_sum_their_instruments_and_an_instrument_without_hours_has_no_ratio(stage: Stage) -> None:
    log = used(history(), "one", "2026-01-02 09:00", "2026-01-02 10:00", 60)
    other = ident("other instrument")
    log.add(other, registered(asset_number="A-2"), PUBLISHED)
    used(log, "two", "2026-02-02 09:00", "2026-02-02 10:00", 60, resource=other)
    log.add(UNIT, UnitRenamed(name_zh="分析中心", name_en="Centre", reason="r"))
    cursor = stage.show(log)
    as_of = at("2026-03-01 00:00")
    by_unit = utilisation(cursor, JANUARY, FEBRUARY, by="unit", as_of=as_of)
    assert [(row.month, row.used_minutes, row.opened_minutes) for row in by_unit.rows] == [
        (JANUARY, 60, 14_880),
        (FEBRUARY, 60, 13_440),
    ]
    total = only(by_unit.over_all_months())
    assert (total.name_zh, total.month, total.used_minutes, total.opened_minutes) == ("分析中心", None, 120, 28_320)
    bare = utilisation(cursor, FEBRUARY, FEBRUARY, by="instrument", as_of=as_of, resource=other)
    assert (only(bare.rows).used_minutes, only(bare.rows).utilisation, only(bare.rows).rated_utilisation) == (
        60,
        None,
        None,
    )


def test_an_exempt_instrument_is_left_out_for_the_public(stage: Stage) -> None:
    claimed = ExemptionClaimed(ground="state_secret", reason="r", review_on=date(2027, 1, 1))
    log = used(history(), "one", "2026-01-02 09:00", "2026-01-02 10:00", 60)
    log.add(SEM, claimed, occurred_at=at("2026-01-03 00:00"))
    cursor = stage.show(log)
    as_of = at("2026-03-01 00:00")
    assert utilisation(cursor, JANUARY, JANUARY, by="instrument", as_of=as_of).rows == []
    seen = utilisation(cursor, JANUARY, JANUARY, by="instrument", as_of=as_of, hidden=True)
    assert only(seen.rows).opened_minutes == 960


def closed(start: str, end: str, lanes: tuple[int, ...] | None = None) -> ClosureAnnounced:
    return ClosureAnnounced(
        closure=ident(f"closed {start}"), spans=(span(start, end),), calendar=None, lanes=lanes, reason="r"
    )


def opened(stage: Stage, log: History) -> int:
    """Open minutes of January."""
    found = utilisation(stage.show(log), JANUARY, JANUARY, by="instrument", as_of=at("2026-03-01 00:00"))
    return int(found.rows[0].opened_minutes)


def test_closed_time_of_the_instrument_or_its_unit_is_no_open_time_and_counts_once(stage: Stage) -> None:
    """January has 31 days of eight hours. The instrument and its unit are closed on the 5th, partly at once."""
    log = history().add(SEM, closed("2026-01-05 08:00", "2026-01-05 12:00"))
    spans = (span("2026-01-05 11:00", "2026-01-05 18:00"), span("2026-01-07 00:00", "2026-01-08 00:00"))
    log.add(UNIT, UnitClosureAnnounced(closure=ident("unit"), spans=spans, calendar="mainland-2026-1", reason="r"))
    log.add(UNIT, UnitClosureLifted(closure=ident("unit"), lifted_from=at("2026-01-07 12:00"), reason="r"))
    log.add(ident("other"), closed("2026-01-20 00:00", "2026-01-21 00:00"))
    assert opened(stage, log) == (31 * 8 - 8 - 3) * 60


def test_a_closure_of_one_lane_of_two_leaves_the_instrument_open(stage: Stage) -> None:
    published = at("2026-01-01 00:00")
    two = opening(date(2025, 12, 1), capacity=2)
    log = History(MODEL).add(SEM, registered(), two, PUBLISHED, occurred_at=published)
    log.add(SEM, closed("2026-01-05 08:00", "2026-01-05 18:00", (1,)))
    log.add(SEM, closed("2026-01-06 08:00", "2026-01-06 18:00", (1, 2)))
    assert opened(stage, log) == (31 * 8 - 8) * 60
