# SPDX-License-Identifier: Apache-2.0
"""Whatever is changed past the commands is found, and the place is named."""

from collections.abc import Callable
from uuid import UUID

import pytest

from infrastructure.history.verify import verify
from tests.infrastructure.history.conftest import Past


def test_nothing_is_wrong_with_what_only_commands_have_touched(past: Past) -> None:
    report = verify(past.platform)
    assert report.ok, report.as_dict()
    last = past.home.recorder.max_notification_id()
    assert report.positions[past.home.name] == last
    assert all(report.checks[f"jiangsu.{name}"].count for name in ("events", "streams", "money", "claims"))
    document = report.as_dict()
    assert document["ok"] is True
    assert document["checks"]["jiangsu.read_models"]["problems"] == []


CLAIMS: dict[str, tuple[str, Callable[[Past], object], str]] = {
    "a lane is another": ("UPDATE slot_claims SET lane = 2 WHERE holder = %s", lambda past: past.reservation, ", 2, "),
    "a slot is given away": ("DELETE FROM slot_claims WHERE holder = %s", lambda past: past.reservation, "nothing"),
    "a voucher is refilled": (
        "UPDATE account_claims SET used = used - 1 WHERE account = %s",
        lambda past: f"grant:{past.grant}",
        "history says (18000, 50000), the table (17999, 50000)",
    ),
    "a key changes hands": (
        "UPDATE key_claims SET owner = gen_random_uuid() WHERE kind = 'order.reservation' AND owner = %s",
        lambda past: past.order,
        "order.reservation",
    ),
    "a number is skipped": (
        "UPDATE series_claims SET last = last + 1 WHERE series = %s",
        lambda _: "BILL-12320000000000001A-2026",
        "BILL-12320000000000001A-2026: history says 1, the table 2",
    ),
    "a token is promoted": (
        "UPDATE token_claims SET role = 'administrator' WHERE token_hash = %s",
        lambda past: past.token,
        "administrator",
    ),
}


@pytest.mark.parametrize("change", CLAIMS)
def test_a_changed_claim_is_named(past: Past, change: str) -> None:
    sql, whose, told = CLAIMS[change]
    past.tamper(sql, whose(past))
    found = past.problems()
    assert list(found) == ["claims"]
    (problem,) = found["claims"]
    assert problem.startswith(sql.replace("DELETE FROM", "UPDATE").split()[1])
    assert told in problem


def test_a_claim_out_of_nothing_is_named(past: Past) -> None:
    past.tamper("INSERT INTO key_claims (kind, value, owner) VALUES ('unit.code', 'X-1', %s)", past.order)
    assert past.problems() == {
        "claims": [f"key_claims ('unit.code', 'X-1'): history says nothing, the table {past.order}"]
    }


def test_a_changed_row_of_a_read_model_is_named_with_its_columns(past: Past) -> None:
    past.tamper("UPDATE voucher_grants SET used_fen = 1, year = 2025 WHERE id = %s", past.grant)
    found = past.problems()
    assert list(found) == ["read_models"]
    told, row = found["read_models"]
    assert told.startswith("voucher_grants: ")
    assert row == f"voucher_grants id {past.grant}: year is 2025, rebuilt 2026; used_fen is 1, rebuilt 18000"


def test_a_missing_and_a_surplus_row_of_a_read_model_are_named(past: Past) -> None:
    past.tamper("DELETE FROM audit_trail WHERE position = (SELECT max(position) FROM audit_trail)")
    stranger = UUID(int=5)
    past.tamper("UPDATE receivables SET id = %s WHERE id = %s", stranger, past.order)
    last = past.home.recorder.max_notification_id()
    assert past.problems() == {
        "read_models": [
            "receivables: 2 rows differ from the rebuilt table",
            f"receivables id {stranger}: should not be there",
            f"receivables id {past.order}: is missing",
            "audit_trail: 1 rows differ from the rebuilt table",
            f"audit_trail position {last}: is missing",
        ]
    }


def test_a_read_model_that_stopped_is_named(past: Past) -> None:
    past.tamper("UPDATE read_models SET failed_position = 7, error = 'KeyError: x' WHERE name = 'calendar'")
    assert past.problems() == {"read_models": ["calendar stopped at position 7: KeyError: x"]}


def test_money_moved_in_an_event_is_named_by_its_position(past: Past) -> None:
    position = past.rewrite(past.order, "billing.PaymentReceived", entries=[{"account": "cash:x", "amount_fen": 1}])
    found = past.problems()
    assert found["money"] == [f"billing.PaymentReceived at {position} is off balance by 1 fen"]
    assert f"audit_trail position {position}: parameters is" in " ".join(found["read_models"])


def test_a_claim_changed_in_an_event_is_named_by_its_holder(past: Past) -> None:
    past.rewrite(past.reservation, "reservations.ReservationRequested", lane=2)
    (problem,) = past.problems()["claims"]
    assert problem.startswith(f"slot_claims {past.reservation}: history says")


def test_a_word_changed_in_an_event_is_named_by_its_position(past: Past) -> None:
    position = past.rewrite(past.grant, "vouchers.VoucherApplied", purpose="new_process")
    found = past.problems()
    assert list(found) == ["read_models"]
    assert f"voucher_grants id {past.grant}: purpose is new_product, rebuilt new_process" in found["read_models"]
    assert any(problem.startswith(f"audit_trail position {position}: ") for problem in found["read_models"])


UNREADABLE = (b"", b"\xff", b"null", b"{}", b'{"v": 1, "d": {}, "m": {}}', b'{"v": 1, "d": {"x": 1}, "m": null}')


@pytest.mark.parametrize("state", UNREADABLE)
def test_an_event_that_cannot_be_read_is_named_and_ends_nothing(past: Past, state: bytes) -> None:
    position = past.rewrite(past.reservation, "reservations.ReservationRequested")
    past.tamper("UPDATE events SET state = %s WHERE position = %s", state, position)
    found = past.problems()
    (problem,) = found["events"]
    assert problem.startswith(f"position {position}: ")
    assert any("cannot be rebuilt" in told for told in found["read_models"])


def test_an_event_of_an_unknown_type_is_named(past: Past) -> None:
    position = past.rewrite(past.reservation, "reservations.ReservationRequested")
    past.tamper("UPDATE events SET type = 'reservations.Dreamt' WHERE position = %s", position)
    (problem,) = past.problems()["events"]
    assert problem.startswith(f"position {position}: ")
    assert "reservations.Dreamt" in problem


def test_an_event_that_does_not_fold_is_named(past: Past) -> None:
    position = past.rewrite(past.reservation, "reservations.ReservationRequested")
    state = b'"v":1,"d":{"text":"x"},"m":'
    past.tamper(
        "UPDATE events SET type = 'reservations.ReservationAnswered', state = convert_to(regexp_replace("
        "convert_from(state, 'UTF8'), '\"v\":1,\"d\":.*,\"m\":', %s), 'UTF8') WHERE position = %s",
        state.decode(),
        position,
    )
    (problem,) = past.problems()["streams"]
    assert problem.startswith(f"{past.reservation}: reservations.ReservationAnswered at {position} does not fold")


def test_a_removed_event_is_named_by_the_gap_it_leaves(past: Past) -> None:
    past.tamper("DELETE FROM events WHERE stream = %s AND type = 'billing.ServiceAccepted'", past.order)
    problems = past.problems()["streams"]
    assert problems[0].startswith(f"{past.order}: version 4 follows 2 at ")


def test_a_removed_last_event_is_named_by_what_it_had_made(past: Past) -> None:
    past.tamper("DELETE FROM events WHERE stream = %s", past.reservation)
    found = past.problems()
    assert found["claims"][0].startswith(f"slot_claims {past.reservation}: history says nothing")
    assert f"reservations id {past.reservation}: should not be there" in found["read_models"]
