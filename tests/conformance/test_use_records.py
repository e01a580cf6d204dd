# SPDX-License-Identifier: Apache-2.0
"""Uses from a unit's own platform are like native ones (JS 16.b), and each leaves a sharing record (CQ 14.b)."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from application.parties.link_external_identity import LinkExternalIdentity
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.correct_usage import CorrectUsage
from application.reservations.start_usage import StartUsage
from domain.kernel.errors import DomainError
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.parties.events import UserRegistered
from domain.parties.identities import link
from domain.parties.user import USER
from domain.reservations.day_sheet import sheet_id
from infrastructure.importing.records.files import import_records
from projections import service_figures, sharing_records
from projections import utilisation_rates as rates
from tests.application.reservations.province import Province, at, founded
from tests.conformance.editions import chongqing, jiangsu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from domain.kernel.event import Event
    from domain.policy import Edition
    from infrastructure.bootstrap import Platform
    from infrastructure.importing.records.files import RecordSummary

MARCH = date(2026, 3, 1)
DONE = at(20, day=31)
HEADER = ("来源编号", "仪器编号", "用户账号", "开始时间", "结束时间", "用途", "样品数", "服务人数", "合同")
SAME = (
    "user_kind",
    "customer",
    "external",
    "service_mode",
    "state",
    "used_minutes",
    "samples",
    "persons",
    "contract",
    "quote",
)
"""What a use is, wherever it was noted first."""
BILLED = ("kind", "state", "user_kind", "external", "used_minutes", "samples", "amount_fen", "lines", "contract")
USES = 100


def imported(platform: Platform, folder: Path, *rows: tuple[object, ...]) -> RecordSummary:
    """A file of the unit's platform, taken in at noon of the day after."""
    file = folder / "uses.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([HEADER, *rows])
    return import_records(platform, file, "uses", unit_code="JS-U01", source="lims")


def row(
    source_id: str, contract: UUID, start: str = "2026-03-02 09:00", end: str = "2026-03-02 11:00"
) -> tuple[object, ...]:
    return (source_id, "A-1", "S2023-0117", start, end, "scientific_research", 2, 2, contract)


def linked(province: Province) -> None:
    link = LinkExternalIdentity(user=province.client, unit=province.unit, source="lims", external_user="S2023-0117")
    province.do(link, province.manager)


def native(province: Province, contract: UUID) -> UUID:
    span = Span(start=at(9), end=at(11))
    asked = province.ask(now=at(12, day=2), contract_id=contract, span=span)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager, at(13, day=2))
    province.do(StartUsage(reservation_id=asked.id, started_at=at(9)), province.manager, at(9))
    end = CompleteUsage(reservation_id=asked.id, ended_at=at(11), samples=2, persons=2)
    province.do(end, province.manager, at(11))
    return asked.id


def project(province: Province) -> None:
    projector = province.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()


def uses_in_log(province: Province) -> int:
    with province.home.database.reading() as cursor:
        found = cursor.execute("SELECT count(*) FROM events WHERE type = 'reservations.UsageCompleted'").fetchone()
    assert found is not None
    return int(found[0])


REGIMES = ("jiangsu", "chongqing")
TWICE = [(("7", "7"), 1, 0), (("7", "8"), 2, 1)]
"""Source identities of two lines that say the same, how many uses they are, and how many are flagged."""


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize(("identities", "uses", "flagged"), TWICE)
def test_JS_16_2_the_same_source_id_is_one_event_and_a_new_one_is_flagged(
    regime: str, platform: Platform, tmp_path: Path, identities: tuple[str, str], uses: int, flagged: int
) -> None:
    province = founded(platform, regime)
    linked(province)
    contract = province.contract(now=at(8, day=2)).id
    for each in identities:
        summary = imported(platform, tmp_path, row(each, contract))
        assert summary.count("refused") == 0, summary.outcomes
    assert uses_in_log(province) == uses
    sheet = province.types(sheet_id(province.resource, date(2026, 3, 2)))
    assert sheet.count("UseEnteredAfterwards") == uses
    assert sheet.count("DuplicateSuspected") == flagged


ONE, ANOTHER = "S2023-0117", "S2023-0118"


@pytest.mark.parametrize("regime", [jiangsu, chongqing])
@pytest.mark.parametrize(
    ("known", "linked_now", "refused"), [((), ONE, False), ((ONE,), ANOTHER, False), ((ONE,), ONE, True)]
)
def test_JS_16_2_a_unit_may_run_a_platform_of_its_own_whose_identities_stand_once(
    regime: Callable[[], Edition], known: tuple[str, ...], linked_now: str, *, refused: bool
) -> None:
    user = UUID(int=3)
    state = USER.fold(
        [UserRegistered(name=Personal.of(user, "示例"), user_kind="enterprise", legal_person=UUID(int=4))]
    )

    def step(external_user: str) -> list[Event]:
        assert state is not None
        return link(
            state,
            unit=UUID(int=5),
            source="lims",
            external_user=Personal.of(user, external_user),
            digest=external_user,
            edition=regime(),
        )

    for each in known:
        state = USER.fold(step(each), state)
    if refused:
        with pytest.raises(DomainError):
            step(linked_now)
    else:
        [event] = step(linked_now)
        assert event.basis is not None
        assert event.basis.values["resource.own_platform_allowed"] == "true"


@pytest.mark.parametrize("regime", REGIMES)
def test_JS_16_2_an_imported_use_does_not_differ_in_effect_from_a_native_one(
    regime: str, platform: Platform, tmp_path: Path
) -> None:
    province = founded(platform, regime)
    linked(province)
    contract = province.contract(now=at(8, day=2)).id
    [outcome] = imported(platform, tmp_path, row("7", contract)).outcomes
    assert outcome.reservation is not None
    theirs, ours = UUID(outcome.reservation), native(province, contract)
    assert [name for name in SAME if getattr(province.state(theirs), name) != getattr(province.state(ours), name)] == []
    bills = [province.state(_owner(province, each)) for each in (theirs, ours)]
    assert [name for name in BILLED if getattr(bills[0], name) != getattr(bills[1], name)] == []
    project(province)
    with province.home.database.reading() as cursor:
        records = sharing_records.sharing_records(cursor, unit=province.unit).rows
        [used] = rates.utilisation(cursor, MARCH, MARCH, by="unit", as_of=DONE).rows
        [total] = service_figures.service_totals(cursor, MARCH, MARCH, capacity={}).rows
    assert {record["reservation"] for record in records} == {theirs, ours}
    plain = [
        {name: record[name] for name in ("external", "used_minutes", "completed", "resource")} for record in records
    ]
    assert plain[0] == plain[1]
    assert (used.uses, used.external_uses, used.used_minutes) == (2, 2, 240)
    assert (total.figures["uses"], total.figures["samples"], total.figures["person_times"]) == (2, 4, 4)


def _owner(province: Province, reservation: UUID) -> UUID:
    owner = province.home.claims.owner("order.reservation", f"service:{reservation}")
    assert owner is not None
    return owner


def _hundred(contract: UUID) -> Iterator[tuple[object, ...]]:
    """Ten uses of half an hour a day, on the ten days up to the tests' noon."""
    for number in range(USES):
        day = date(2026, 2, 20) + timedelta(days=number // 10)
        minute = 8 * 60 + 30 * (number % 10)
        clock = [f"{day} {each // 60:02}:{each % 60:02}" for each in (minute, minute + 30)]
        yield row(str(number), contract, *clock)


def replayed_minutes(province: Province) -> int:
    """What the records of use in the log add up to, each as corrected last."""
    with province.home.database.reading() as cursor:
        streams = cursor.execute(
            "SELECT DISTINCT stream FROM events WHERE type = 'reservations.UsageCompleted'"
        ).fetchall()
    return sum(province.state(stream).used_minutes for (stream,) in streams)


def published(province: Province) -> tuple[int, int, int]:
    """Minutes by utilisation and by service totals, and how many sharing records there are."""
    february = date(2026, 2, 1)
    project(province)
    with province.home.database.reading() as cursor:
        used = rates.utilisation(cursor, february, MARCH, by="unit", as_of=DONE).rows
        totals = service_figures.service_totals(cursor, february, MARCH, capacity={}).rows
        records = sharing_records.sharing_records(cursor, unit=province.unit, limit=200).rows
    return sum(each.used_minutes for each in used), sum(each.figures["used_minutes"] for each in totals), len(records)


def test_CQ_14_1_a_hundred_uses_leave_a_hundred_records_and_totals_equal_their_replay(
    province: Province, platform: Platform, tmp_path: Path
) -> None:
    linked(province)
    contract = province.contract(now=at(8, day=1) - timedelta(days=20)).id
    summary = imported(platform, tmp_path, *_hundred(contract))
    assert summary.count("taken") == USES, [outcome for outcome in summary.outcomes if outcome.reasons][:3]
    utilised, served, records = published(province)
    assert records == USES
    assert replayed_minutes(province) - utilised == 0
    assert replayed_minutes(province) - served == 0


def test_CQ_14_1_a_correction_changes_records_and_totals_alike(
    province: Province, platform: Platform, tmp_path: Path
) -> None:
    linked(province)
    contract = province.contract(now=at(8, day=2)).id
    [outcome] = imported(platform, tmp_path, row("7", contract)).outcomes
    assert published(province) == (120, 120, 1)
    correction = CorrectUsage(
        reservation_id=UUID(str(outcome.reservation)),
        started_at=at(9, day=2),
        ended_at=at(10, 30, day=2),
        samples=2,
        reason="按设备日志更正",
    )
    province.do(correction, province.manager, at(12))
    assert published(province) == (90, 90, 1)
    assert replayed_minutes(province) == 90
