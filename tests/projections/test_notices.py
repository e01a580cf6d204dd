# SPDX-License-Identifier: Apache-2.0
"""The table of notices: every line makes sense by itself, and its events make the notices that it says."""

from datetime import date
from uuid import UUID

from domain.catalogue import EVENT_TYPES
from domain.notices.kinds import KINDS
from domain.parties.closure_events import UnitClosureAnnounced
from domain.resources.events import ResourceSuspended
from domain.samples.events import ReportDelivered, SampleOrderAccepted, SampleOrderApproved, SamplesReceived
from domain.standing.events import StandingOpened, UserBanned
from projections.notices.lines import LINES, SETTLED
from projections.notices.model import MODEL
from projections.notices.on_duty import CANCELLED, CONFIRMED, MOVED
from projections.notices.tables import NOTICES
from tests.domain.samples import examples as samples
from tests.domain.samples.examples import applied
from tests.projections.examples import UNIT, USER, requested, span
from tests.projections.memory_rows import History, ident


def test_every_line_is_of_a_known_event_and_kind_and_copies_fields_that_there_are() -> None:
    for event, lines in LINES.items():
        assert EVENT_TYPES[event.TYPE] is event
        for line in lines:
            assert line.kind in KINDS, line
            assert set(line.facts) <= set(event.model_fields), line
            assert {line.about, line.each, line.resource} - {""} <= set(event.model_fields), line
    assert {kind for kinds in SETTLED.values() for kind in kinds} <= set(KINDS)


def test_every_kind_that_is_not_planned_ahead_has_a_line() -> None:
    made = {line.kind for lines in LINES.values() for line in lines}
    on_duty = {CONFIRMED, MOVED, CANCELLED}
    assert set(KINDS) - made == {"reservation_reminder", "series_displaced"} | on_duty


def test_a_ban_is_told_to_whom_it_concerns() -> None:
    ban = UserBanned(ban=ident("ban"), scope="unit", until=None, ground="other", reason="多次爽约")
    past = History(MODEL).add(ident("standing"), StandingOpened(unit=ident("unit"), user=ident("user")), ban)
    (notice,) = past.rows.all(NOTICES)
    assert (notice["kind"], notice["addressee"], notice["state"]) == ("ban_imposed", ident("user"), "in_app")
    assert notice["facts"]["reason"] == "多次爽约"


def test_everybody_whose_reservation_stands_in_closed_time_is_told_once_for_each() -> None:
    log = History(MODEL)
    for name, day in (("one", "05"), ("two", "06")):
        log.add(ident(name), requested(f"2026-01-{day} 09:00", f"2026-01-{day} 10:00"))
    closed = UnitClosureAnnounced(
        closure=ident("closed"),
        spans=(span("2026-01-05 00:00", "2026-01-07 00:00"),),
        calendar=None,
        reason="停电",
        kept=(ident("one"), ident("two")),
    )
    log.add(UNIT, closed)
    told = [row for row in log.rows.all(NOTICES) if row["kind"] == "maintenance_scheduled"]
    assert {(row["subject"], row["addressee"]) for row in told} == {(ident("one"), USER), (ident("two"), USER)}
    assert {row["facts"]["reason"] for row in told} == {"停电"}


def test_whose_reservation_stands_while_an_instrument_is_suspended_is_told() -> None:
    log = History(MODEL)
    log.add(ident("one"), requested("2026-01-05 09:00", "2026-01-05 10:00"))
    log.add(ident("two"), requested("2026-01-06 09:00", "2026-01-06 10:00"))
    suspended = ResourceSuspended(ground="fault", reason="电子枪故障", open_reservations=(ident("one"),))
    log.add(ident("instrument"), suspended)
    told = [row for row in log.rows.all(NOTICES) if row["kind"] == "instrument_suspended"]
    assert [(row["subject"], row["addressee"], row["facts"]["reason"]) for row in told] == [
        (ident("one"), USER, "电子枪故障")
    ]


def test_a_sample_order_is_told_to_its_leader_then_to_the_unit_then_to_its_user_at_each_step() -> None:
    order, leader = ident("order"), ident("leader")
    log = History(MODEL).add(order, applied(leader=leader))
    assert told(log) == {("sample_order_to_approve", leader)}
    log.add(order, SampleOrderApproved(approver=leader))
    assert told(log) == {("sample_order_applied", samples.UNIT)}, "what was settled leaves the inbox"
    log.add(order, SampleOrderAccepted(intake_day=date(2026, 3, 2), sample_count=3))
    log.add(order, SamplesReceived(number="S-1", count=3))
    log.add(order, ReportDelivered(digest="0" * 64, method="electronic"))
    steps = ("sample_order_accepted", "samples_received", "sample_report_delivered")
    assert told(log) == {(step, samples.USER) for step in steps}


def told(log: History) -> set[tuple[str, UUID]]:
    return {(row["kind"], row["addressee"]) for row in log.rows.all(NOTICES)}
