# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: the no-show job matches "start == this minute", so that a skipped minute loses the no-show. Ours asks
what is due and not yet processed, whenever it runs.
"""

import ast
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from application.reservations.confirm_reservation import ConfirmReservation
from domain.kernel.house_rules import HouseRules
from infrastructure.scheduling.due import do_due_work
from tests.application.reservations.province import Province, at, span
from tests.application.standing.town import CONDUCT, booked, publish, recorded, tick
from tests.concurrency.crowd import rush

DUE = at(11, day=4)
"""When an absence from nine to eleven of the 3rd is judged: 24 hours after its end."""
ROOT = Path(__file__).parents[2]
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "clock"}


@pytest.mark.parametrize(
    "first_round",
    [
        pytest.param(DUE, id="in the very minute"),
        pytest.param(DUE + timedelta(seconds=61), id="the minute was skipped"),
        pytest.param(DUE + timedelta(days=3), id="the worker stood still for three days"),
        pytest.param(DUE + timedelta(days=400), id="the worker stood still for more than a year"),
    ],
)
def test_no_show_job_start_equals_this_minute_a_skipped_minute_loses_nothing(
    province: Province, first_round: datetime
) -> None:
    publish(province, HouseRules(conduct=CONDUCT))
    absent = booked(province)
    tick(province, DUE - timedelta(seconds=1))
    assert province.state(absent).state == "confirmed"
    tick(province, first_round)
    assert province.state(absent).state == "no_show"
    tick(province, first_round)
    assert recorded(province, absent)["NoShowRecorded"] == 1, "and a second round adds nothing"


@pytest.mark.parametrize("late", [timedelta(seconds=1), timedelta(seconds=61), timedelta(days=3)])
def test_no_show_job_a_request_that_nobody_answered_lapses_however_late_the_worker_runs(
    province: Province, late: timedelta
) -> None:
    asked = province.ask()
    tick(province, at(9) + late)
    tick(province, at(9) + late)
    assert province.types(asked.id).count("ReservationExpired") == 1


def test_no_show_job_two_workers_at_once_record_one_absence(province: Province) -> None:
    publish(province, HouseRules(conduct=CONDUCT))
    absents = [booked(province, hour, hour + 1) for hour in (9, 11, 13)]
    projector = province.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    rush([lambda: do_due_work(province.home, at(18, day=5))] * 3)
    assert [recorded(province, each)["NoShowRecorded"] for each in absents] == [1, 1, 1]


def test_waiting_list_default_now_frozen_at_import_no_default_anywhere_reads_a_clock() -> None:
    """A default is evaluated once, at import: whatever reads the clock there stands still from then on."""
    frozen = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("domain", "application", "projections", "infrastructure", "api")
        for path in (ROOT / package).rglob("*.py")
        for node in _defaults(ast.parse(path.read_text(encoding="utf-8")))
        if _reads_clock(node)
    ]
    assert frozen == []


def test_the_search_for_frozen_clocks_finds_what_peers_wrote() -> None:
    wrote = ast.parse("def notify_waiting(reservation, now=timezone.now()):\n    pass")
    assert [_reads_clock(node) for node in _defaults(wrote)] == [True]


def test_waiting_list_default_now_frozen_at_import_two_commands_have_times_of_their_own(province: Province) -> None:
    """The same process, the same handler, another moment: what was ahead this morning is over in the afternoon."""
    first = province.ask(now=at(8))
    province.do(ConfirmReservation(reservation_id=first.id), province.manager, at(8))
    recorded_at = [item.meta.occurred_at for item in province.home.log.stream(first.id)]
    assert recorded_at[0] == at(8)
    second = province.ask(now=at(12), span=span(14, 16))
    assert [item.meta.occurred_at for item in province.home.log.stream(second.id)] == [at(12)]


def _defaults(tree: ast.Module) -> list[ast.expr]:
    """What is evaluated when a module is imported and used when its functions run or its objects are made."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            found += [each for each in (*node.args.defaults, *node.args.kw_defaults) if each is not None]
        elif isinstance(node, ast.ClassDef):
            found += [each.value for each in node.body if isinstance(each, ast.AnnAssign) and each.value is not None]
    return found


def _reads_clock(node: ast.expr) -> bool:
    calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return any(
        (isinstance(func, ast.Attribute) and func.attr in CLOCKS) or (isinstance(func, ast.Name) and func.id in CLOCKS)
        for func in calls
    )
