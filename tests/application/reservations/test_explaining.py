# SPDX-License-Identifier: Apache-2.0
"""A reservation is explained from the log alone, the same for ever, and says loudly where money does not follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from api.http.explaining.told import document, text
from api.http.explaining.words import known
from api.http.rendering import as_json
from application.reservations import judged, told
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.explaining import Explanation, explained
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.start_usage import StartUsage
from domain.reservations.events import ReservationRequested
from domain.reservations.rules import NAMES, RULE_OF
from domain.resources.events import OpeningLimitPublished, TariffPublished
from domain.resources.values import FeeLine
from infrastructure.words import load_words
from projections.catalogue import READ_MODELS
from tests.application.reservations.house import every_kind, obliging, opening, publish, publish_for_unit, quota
from tests.application.reservations.province import Province, at, span


def explain(home: Province, reservation: object) -> Explanation:
    return explained(home.home.log, home.home.claims, reservation)  # type: ignore[arg-type]


def printed(home: Province, reservation: object, language: str = "zh") -> str:
    found = document(explain(home, reservation), load_words(), language)  # type: ignore[arg-type]
    return text(found) + as_json(found).decode()


@pytest.fixture
def walked(province: Province) -> object:
    """A request under every kind of rule, moved, used and charged."""
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, **every_kind())
    publish_for_unit(province, quotas=[quota("单位", scope="organisation", limit=6000)])
    asked = province.ask(**obliging(span()))
    move = RescheduleReservation(reservation_id=asked.id, span=span(10, 12), reason="样品未到")
    province.do(move, province.customer)
    contract = province.contract()
    start = StartUsage(reservation_id=asked.id, contract_id=contract.id)
    province.do(start, province.manager, at(10))
    province.do(CompleteUsage(reservation_id=asked.id, used_minutes=90), province.manager, at(11, 30))
    return asked.id


def test_every_value_has_a_sentence_and_every_basic_rule_is_still_judged() -> None:
    assert set(told._TOLD) == known("values")
    assert set(RULE_OF.values()) <= set(NAMES)
    assert set(judged.WITHOUT_HOUSE_RULES) <= set(NAMES)


def test_the_quote_is_worked_out_again_to_the_fen_and_the_charge_says_why(province: Province, walked: object) -> None:
    found = explain(province, walked)
    assert [each.what for each in found.judgements] == ["ReservationRequested", "ReservationRescheduled"]
    assert [(each.quoted_fen, each.recomputed_fen) for each in found.judgements] == [(60_000, 60_000)] * 2
    (charge,) = found.charges
    assert (charge.amount_fen, charge.quoted_fen, charge.day_fen, charge.kind) == (45_000, 45_000, 45_000, "service")
    assert found.agrees
    names = {rule.rule: rule.values for rule in found.judgements[0].rules}
    assert {each["quota"] for each in names["quota.counters"]} == {"每日", "工作日", "每周", "每月", "每年", "单位"}
    assert names["lead.earliest"][0]["level"] == "instrument"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_published_later_changes_not_a_byte(province: Province, walked: object, language: str) -> None:
    before = printed(province, walked, language)
    later = at(9, day=5)
    publish(province, later, quotas=[quota("新", limit=1)], lengths=[{"max_minutes": 30}])
    publish_for_unit(province, later, quotas=[quota("新", limit=1)])
    lines = (FeeLine(user_kind="enterprise", kind="machine_time", unit="hour", price_fen=1),)
    tariff = TariffPublished(tariff_version=2, effective_from=date(2026, 1, 1), lines=lines, cost_sheet_version=None)
    province.add(province.resource, tariff, opening(3, slot_minutes=60))
    province.add(province.resource, OpeningLimitPublished(limit_version=1, earliest_minutes_before=1, text="新"))
    assert printed(province, walked, language) == before


def test_it_is_told_without_any_read_model(province: Province, walked: object) -> None:
    before = printed(province, walked)
    with _no_read_models(province):
        assert printed(province, walked) == before
        with pytest.raises(psycopg.errors.UndefinedTable), province.home.database.reading() as cursor:
            cursor.execute("SELECT FROM reservations")


@contextmanager
def _no_read_models(home: Province) -> Iterator[None]:
    """Their tables are gone inside; the schema belongs to all tests, so they come back."""
    tables = [table.name for model in READ_MODELS for table in model.tables]
    _rename(home, tables, "{}", "gone_{}")
    try:
        yield
    finally:
        _rename(home, tables, "gone_{}", "{}")


def _rename(home: Province, tables: list[str], here: str, there: str) -> None:
    database = home.home.database
    with psycopg.connect(database.dsn) as administrator:
        for name in tables:
            old, new = sql.Identifier(database.schema, here.format(name)), sql.Identifier(there.format(name))
            administrator.execute(sql.SQL("ALTER TABLE IF EXISTS {} RENAME TO {}").format(old, new))


def test_a_quote_that_does_not_follow_is_said_loudly(province: Province) -> None:
    asked = province.ask()
    history = province.home.log.stream(asked.id)
    event = history[0].event
    assert isinstance(event, ReservationRequested)
    line = event.quote.lines[0].model_copy(update={"amount_fen": 1})
    changes = {"lane": 9, "quote": event.quote.model_copy(update={"lines": (line,)})}
    province.seed(UUID(int=77), event.model_copy(update=changes))
    found = explain(province, UUID(int=77))
    assert not found.agrees
    assert "!!!" in text(document(found, load_words(), "zh"))


def test_who_set_a_rule_aside_and_what_a_late_cancellation_cost(province: Province) -> None:
    province.add(
        province.resource,
        OpeningLimitPublished(limit_version=1, cancel_minutes_before=120, no_show_charge=True, text="限制"),
    )
    publish(province, quotas=[quota(limit=60)])
    overrides = {"reservations.quota_exceeded": "课题验收"}
    asked = province.ask(province.manager, on_behalf_of=province.client, overrides=overrides)
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager)
    province.do(CancelReservation(reservation_id=asked.id, reason="延误"), province.customer, at(8))
    found = explain(province, asked.id)
    verdicts = {rule.rule: rule.verdict for rule in found.judgements[0].rules}
    assert verdicts["quota.counters"] == "set_aside"
    assert set(verdicts.values()) == {"set_aside", "kept"}
    assert [each.event.reason for each in found.overrides] == ["课题验收"]  # type: ignore[attr-defined]
    assert [(step.what, step.cost_fen) for step in found.cancellation][:2] == [("free", 0), ("late_cancel", 60_000)]
    (charge,) = found.charges
    assert (charge.kind, charge.amount_fen, charge.agrees) == ("late_cancel", 60_000, True)
