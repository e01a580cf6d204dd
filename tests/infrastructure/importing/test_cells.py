# SPDX-License-Identifier: Apache-2.0
"""Cells: nothing is guessed or rounded."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.resources.values import OpeningWindow
from infrastructure.importing import cells


def refused(read: Callable[[], object]) -> bool:
    try:
        read()
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("3180000.00", 318_000_000),
        ("3,180,000", 318_000_000),
        ("¥ 12.5", 1_250),
        ("１２．５０", 1_250),
        ("0", 0),
        ("99.99元", 9_999),
    ],
)
def test_an_amount_in_yuan_is_read_to_the_fen(text: str, fen: int) -> None:
    assert cells.fen(text) == fen


@pytest.mark.parametrize("text", ["1.234", "1e5", "-3", "abc", "12万", "1.2.3", "", "9" * 40, "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert refused(lambda: cells.fen(text))


@pytest.mark.parametrize("text", ["2021-03-08", "2021/3/8", "2021.3.8", "2021年3月8日"])
def test_a_date_has_its_year_first(text: str) -> None:
    assert cells.day(text) == date(2021, 3, 8)


@pytest.mark.parametrize("text", ["8.3.2021", "03/08/2021", "2021-02-30", "2021", "44263", "2021-03-08 12:00:00"])
def test_a_date_that_could_mean_another_day_is_refused(text: str) -> None:
    assert refused(lambda: cells.day(text))


@pytest.mark.parametrize("text", ["Mon-Tue 08:30-17:30; Sat 09:00-12:00", "周一至周二 08:30-17:30；星期六 9:00-12:00"])
def test_opening_hours_in_both_languages(text: str) -> None:
    assert cells.weekly_windows(text) == (
        OpeningWindow(weekday=1, start_minute=510, end_minute=1050),
        OpeningWindow(weekday=2, start_minute=510, end_minute=1050),
        OpeningWindow(weekday=6, start_minute=540, end_minute=720),
    )


@pytest.mark.parametrize(
    "text", ["always", "Mon 17:00-08:00", "Fri-Mon 08:00-12:00", "Mon 08:00-25:00", "Mon 08-12", "Feb 08:00-12:00"]
)
def test_hours_that_say_nothing_certain_are_refused(text: str) -> None:
    assert refused(lambda: cells.weekly_windows(text))


def test_hours_a_day_lie_on_working_days_and_24_is_the_whole_week() -> None:
    ten = cells.hours_a_day("10", (1, 2), 480)
    assert ten == tuple(OpeningWindow(weekday=day, start_minute=480, end_minute=1080) for day in (1, 2))
    whole = cells.hours_a_day("24", (1, 2), 480)
    assert [window.weekday for window in whole] == [1, 2, 3, 4, 5, 6, 7]
    assert {(window.start_minute, window.end_minute) for window in whole} == {(0, 1440)}
    assert cells.hours_a_day("20", (1,), 480) == (OpeningWindow(weekday=1, start_minute=240, end_minute=1440),)


@pytest.mark.parametrize("text", ["0", "25", "-1", "ten", "1.234"])
def test_impossible_hours_are_refused(text: str) -> None:
    assert refused(lambda: cells.hours_a_day(text, (1,), 480))


@pytest.mark.parametrize(("text", "truth"), [("是", True), ("Y", True), ("0", False), ("否", False)])
def test_yes_and_no(text: str, truth: bool) -> None:  # noqa: FBT001 - an example
    assert cells.yes_or_no(text) is truth


@pytest.mark.parametrize("reader", [cells.yes_or_no, cells.day, cells.fen])
def test_doubt_is_refused(reader: Callable[[str], object]) -> None:
    assert refused(lambda: reader("maybe"))
