# SPDX-License-Identifier: Apache-2.0
"""Every event is in the trail, and no personal value."""

from domain.reservations.events import ReservationConfirmed
from projections.audit_trail import EVENTS, MODEL, entries, entry
from tests.projections.conftest import Stage
from tests.projections.examples import SEM, USER, registered, requested
from tests.projections.memory_rows import CLERK, History, ident
from tests.projections.test_parties import FIRM, PERSON


def history() -> History:
    log = History(MODEL).add(ident("firm"), FIRM).add(USER, PERSON).add(SEM, registered())
    return log.add(ident("r"), requested("2026-01-05 09:00", "2026-01-05 10:00"), ReservationConfirmed(automatic=True))


def test_an_entry_names_actor_cause_and_public_fields() -> None:
    row = history().row(EVENTS, 50)
    assert (row["type"], row["room"], row["version"]) == ("reservations.ReservationConfirmed", "reservations", 2)
    assert (row["actor"], row["actor_role"], row["actor_organisation"]) == (
        CLERK.user,
        "managing_unit",
        CLERK.organisation,
    )
    assert (row["command"], row["parameters"], row["basis"]) == ("Example", {"automatic": True}, None)


def test_personal_fields_never_enter() -> None:
    log = history()
    assert "name" not in log.row(EVENTS, 20)["parameters"]
    assert log.row(EVENTS, 20)["parameters"]["user_kind"] == "enterprise"
    assert not [value for value in ("张三", "李四", "138") if value in str(log.rows.tables)]


def test_the_trail_is_read_by_stream_room_and_position(stage: Stage) -> None:
    cursor = stage.show(history())
    assert [row["position"] for row in entries(cursor, stream=ident("r")).rows] == [40, 50]
    assert [row["position"] for row in entries(cursor, room="parties").rows] == [10, 20]
    assert [row["position"] for row in entries(cursor, position_from=20, position_to=40).rows] == [20, 30, 40]
    assert [row["position"] for row in entries(cursor, correlation=ident("command 30")).rows] == [30]
    assert len(entries(cursor, actor=CLERK.user, organisation=CLERK.organisation).rows) == 5
    backwards = entries(cursor, descending=True, limit=2)
    assert [row["position"] for row in backwards.rows] == [50, 40]
    rest = entries(cursor, descending=True, limit=9, after=backwards.next)
    assert ([row["position"] for row in rest.rows], rest.next, rest.position) == ([30, 20, 10], None, 50)
    assert entry(cursor, 11) is None
