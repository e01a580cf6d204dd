# SPDX-License-Identifier: Apache-2.0
"""Bookings and uses from files: every bad line is named with its reason, and a second run changes nothing."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from openpyxl import Workbook

from application.parties.link_external_identity import LinkExternalIdentity
from application.parties.unlink_external_identity import UnlinkExternalIdentity
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from infrastructure.importing.problems import FileRefused, LineRefused
from infrastructure.importing.records.files import import_records, write_fates
from infrastructure.importing.records.values import moment
from tests.application.reservations.province import Province, at, province

if TYPE_CHECKING:
    from pathlib import Path

    from infrastructure.bootstrap import Platform
    from infrastructure.importing.records.files import RecordSummary
    from infrastructure.importing.records.run import Kind

__all__ = ["province"]
HEADER = ("来源编号", "仪器编号", "用户账号", "开始时间", "结束时间", "用途")
GOOD = ("1", "A-1", "S1", "2026-03-02 09:00", "2026-03-02 11:00", "scientific_research")


@pytest.fixture
def staff(province: Province) -> Province:
    """The unit's own colleague is known in its platform as S1, an individual as S2."""
    for user, name in ((province.staff, "S1"), (province.person, "S2")):
        link = LinkExternalIdentity(user=user, unit=province.unit, source="lims", external_user=name)
        province.do(link, province.manager)
    return province


def run(
    platform: Platform, folder: Path, *rows: tuple[str, ...], kind: Kind = "uses", **more: bool | str
) -> RecordSummary:
    file = folder / "records.csv"
    with file.open("w", encoding=str(more.pop("encoding", "utf-8")), newline="") as opened:
        csv.writer(opened).writerows([HEADER, *rows])
    return import_records(platform, file, kind, unit_code="JS-U01", source="lims", dry_run=bool(more.get("dry_run")))


def changed(**cells: str) -> tuple[str, ...]:
    names = ("id", "instrument", "user", "start", "end", "purpose")
    return tuple(cells.get(name, text) for name, text in zip(names, GOOD, strict=True))


BAD = [
    (changed(instrument="X-9"), ["import.unknown_instrument"]),
    (changed(user="S9"), ["import.unknown_user"]),
    (changed(start="上午九点"), ["import.bad_moment"]),
    (changed(start="1772413200"), ["import.epoch_time"]),
    (changed(end="1772413200000"), ["import.epoch_time"]),
    (changed(start="2026-03-02"), ["import.bad_moment"]),
    (changed(start="2026-02-30 09:00"), ["import.bad_moment"]),
    (changed(end="2026-03-02 08:00"), ["import.ends_before_start"]),
    (changed(purpose=""), ["import.missing"]),
    (
        changed(user="S9", instrument="X-9", start="nine"),
        ["import.bad_moment", "import.unknown_instrument", "import.unknown_user"],
    ),
    (changed(start="2026-03-02 06:00"), ["reservations.outside_opening_hours"]),
    (changed(user="S2"), ["reservations.contract_missing"]),
    (changed(start="2025-11-03 09:00", end="2025-11-03 11:00"), ["reservations.period_locked"]),
]


@pytest.mark.parametrize(("line", "codes"), BAD)
def test_each_bad_line_is_named_with_its_reasons(
    staff: Province, platform: Platform, tmp_path: Path, line: tuple[str, ...], codes: list[str]
) -> None:
    good = ("2", *GOOD[1:])
    summary = run(platform, tmp_path, line, good)
    refused, taken = summary.outcomes
    told = {reason.code for reason in refused.reasons}
    assert (refused.line, refused.fate) == (2, "refused")
    assert set(codes) <= told
    assert taken.fate == "taken"
    assert staff.state(staff.resource).state == "published"


def test_a_use_on_time_that_a_booking_still_holds_names_the_booking(
    staff: Province, platform: Platform, tmp_path: Path
) -> None:
    held = staff.ask(staff.individual, at(8, 30, day=1), span=Span(start=at(9, day=2), end=at(11, day=2)))
    [outcome] = run(platform, tmp_path, GOOD).outcomes
    [reason] = outcome.reasons
    assert reason.code == "reservations.overlaps_booking"
    assert str(held.id) in reason.en


def test_a_second_run_and_a_break_in_the_middle_change_nothing(
    staff: Province, platform: Platform, tmp_path: Path
) -> None:
    lines = [
        changed(id=str(hour), start=f"2026-03-02 {hour:02}:00", end=f"2026-03-02 {hour:02}:30") for hour in (8, 9, 10)
    ]
    assert run(platform, tmp_path, *lines[:2]).count("taken") == 2
    whole = run(platform, tmp_path, *lines)
    assert [outcome.fate for outcome in whole.outcomes] == ["already_there", "already_there", "taken"]
    assert run(platform, tmp_path, *lines).count("already_there") == 3
    assert staff.home.claims.holders(staff.resource, at(0, day=2), at(23, day=2)) == []


@pytest.mark.usefixtures("staff")
def test_a_line_that_says_otherwise_than_before_is_refused(platform: Platform, tmp_path: Path) -> None:
    run(platform, tmp_path, GOOD)
    [outcome] = run(platform, tmp_path, changed(end="2026-03-02 10:00")).outcomes
    assert [reason.code for reason in outcome.reasons] == ["import.record_differs"]
    twice = run(platform, tmp_path, changed(id="5"), changed(id="5"), changed(id="5", end="2026-03-02 10:00"))
    assert [outcome.fate for outcome in twice.outcomes] == ["taken", "already_there", "refused"]


@pytest.mark.usefixtures("staff")
def test_a_rehearsal_decides_and_changes_nothing(platform: Platform, tmp_path: Path) -> None:
    rehearsed = run(platform, tmp_path, GOOD, changed(id="2", user="S9"), dry_run=True)
    assert (rehearsed.count("taken"), rehearsed.count("refused")) == (1, 1)
    assert run(platform, tmp_path, GOOD).count("taken") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.usefixtures("staff")
def test_encodings_and_workbooks_say_the_same(platform: Platform, tmp_path: Path, encoding: str) -> None:
    assert run(platform, tmp_path, GOOD, encoding=encoding).count("taken") == 1
    book, file = Workbook(), tmp_path / "records.xlsx"
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append([*GOOD[:3], datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 11), GOOD[5]])  # noqa: DTZ001 - as Excel has it
    book.save(file)
    again = import_records(platform, file, "uses", unit_code="JS-U01", source="lims")
    assert again.count("already_there") == 1


def test_a_booking_is_held_confirmed_and_refused_where_the_time_is_taken(
    staff: Province, platform: Platform, tmp_path: Path
) -> None:
    ahead = {"start": "2026-03-05 09:00", "end": "2026-03-05 11:00"}
    summary = run(platform, tmp_path, changed(**ahead), changed(id="2", **ahead), kind="bookings")
    first, second = summary.outcomes
    booked = staff.state(UUID(str(first.reservation)))
    assert (booked.state, booked.external_id, booked.user) == ("confirmed", "lims:1", staff.staff)
    assert [reason.code for reason in second.reasons] == ["reservations.booked_already"]
    assert str(first.reservation) in second.reasons[0].zh
    again = run(platform, tmp_path, changed(**ahead), kind="bookings")
    assert again.count("already_there") == 1


MOMENTS = [
    "2026-03-02 09:00",
    "2026/3/2 9:00",
    "2026年3月2日 9:00",
    "2026-03-02T09:00:00+08:00",
    "2026-03-02T01:00:00Z",
    "２０２６-03-02 09:00:00",
]


@pytest.mark.parametrize("text", MOMENTS)
def test_times_are_those_of_shanghai_unless_they_say_otherwise(text: str) -> None:
    """Peers: epoch seconds read as server wall-clock are 8 h off in Shanghai."""
    assert moment("start", text) == datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_seconds_are_never_guessed() -> None:
    with pytest.raises(LineRefused):
        moment("start", "46083.375")


@pytest.mark.usefixtures("staff")
def test_a_file_without_its_columns_is_refused_in_one_sentence(platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("来源编号,仪器编号\n1,A-1\n", "utf-8")
    with pytest.raises(FileRefused, match="no column for user"):
        import_records(platform, file, "uses", unit_code="JS-U01")


@pytest.mark.usefixtures("staff")
def test_fates_are_written_line_by_line(platform: Platform, tmp_path: Path) -> None:
    summary, report = run(platform, tmp_path, GOOD, changed(id="2", user="=S9")), tmp_path / "fates.csv"
    write_fates(report, summary.outcomes)
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert [row[:3] for row in rows[1:]] == [["2", "1", "taken"], ["3", "2", "refused"]]


def test_an_identity_belongs_to_one_person_until_it_is_taken_back(staff: Province) -> None:
    link = LinkExternalIdentity(user=staff.staff, unit=staff.unit, source="lims", external_user="S1")
    with pytest.raises(DomainError) as refused:
        staff.do(link, staff.manager)
    assert refused.value.codes == ("parties.identity_linked_already",)
    back = UnlinkExternalIdentity(user=staff.staff, unit=staff.unit, source="lims", external_user="S1", reason="离职")
    staff.do(back, staff.manager)
    staff.do(link, staff.manager)
