# SPDX-License-Identifier: Apache-2.0
"""The main job end to end in both jurisdictions, and every figure that must come of it, to the fen and the minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest

from infrastructure.bootstrap import Platform
from infrastructure.history.replay import replay
from infrastructure.history.verify import verify
from projections import audit_trail, contract_register, ledger, receivables, reservations, voucher_accounts
from projections.service_figures import capacity_of, service_totals
from projections.utilisation_rates import utilisation
from tests.scenarios.places import PLACES
from tests.scenarios.story import BUDGET_FEN, GRANTED_FEN, SCORE, Story, moment

MARCH = date(2026, 3, 1)
APRIL_BEGINS = moment(1, 0, month=4)
FEE_FEN = 60_000
OPENED = 21 * 480 + 300
"""Workdays from 9 to 17 from the 3rd to the 31st, and on the 2nd from noon to 17."""
RATED = 7080
"""87,600 minutes a year are 240 a day: of the time from noon on the 2nd, 29.5 days."""


@pytest.fixture(params=list(PLACES))
def story(request: pytest.FixtureRequest, platform: Platform) -> Story:
    return Story(platform, PLACES[request.param])


@contextmanager
def figures(story: Story) -> Iterator[psycopg.Cursor[Any]]:
    """Read models at the end of the log."""
    projector = story.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    with story.home.database.reading() as cursor:
        yield cursor


def test_the_main_job(story: Story, platform: Platform) -> None:
    story.register_parties()
    story.publish_instrument()
    story.grant_voucher()
    story.sign_contract()
    story.use_it()
    voucher_is_set_aside(story)
    story.bill()
    debt_is_open(story)
    story.pay_and_settle()
    story.redeem()
    story.rate()
    end = story.home.recorder.max_notification_id()
    with figures(story) as cursor:
        utilisation_counts_both_uses(story, cursor)
        service_totals_count_them_and_the_income(story, cursor)
        nothing_is_owed_any_more(story, cursor)
        voucher_is_used_claimed_and_paid(story, cursor)
        contract_is_registered_as_signed(story, cursor)
        use_is_rated(story, cursor)
        books_balance(story, cursor)
        trail_tells_every_event_in_both_languages(story, cursor, end)
    report = verify(platform)
    assert report.ok, report.as_dict()


def voucher_is_set_aside(story: Story) -> None:
    with figures(story) as cursor:
        grant = voucher_accounts.grant(cursor, story.ids["grant"])
    assert grant
    aside, left = story.place.voucher_fen, GRANTED_FEN - story.place.voucher_fen
    assert (grant["reserved_fen"], grant["used_fen"], grant["left_fen"]) == (aside, 0, left)


def debt_is_open(story: Story) -> None:
    with figures(story) as cursor:
        (age,) = receivables.ages(cursor, date(2026, 4, 5))
    rest = FEE_FEN - story.place.voucher_fen
    assert (age.orders, age.open_fen, age.by_age) == (1, rest, {"0-30": rest, "31-60": 0, "61-90": 0, "90+": 0})


def utilisation_counts_both_uses(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    for by, subject in (("instrument", "instrument"), ("unit", "unit")):
        found = utilisation(cursor, MARCH, MARCH, by=by, as_of=APRIL_BEGINS)  # type: ignore[arg-type]
        (row,) = found.rows
        assert row.subject == story.ids[subject]
        assert (row.used_minutes, row.external_minutes, row.uses, row.external_uses) == (180, 120, 2, 1)
        assert (row.opened_minutes, row.rated_minutes) == (OPENED, RATED)
        assert (row.utilisation, row.rated_utilisation, row.external_share) == ("0.0173", "0.0254", "0.6667")


def service_totals_count_them_and_the_income(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    usage = utilisation(cursor, MARCH, MARCH, by="unit", as_of=APRIL_BEGINS).rows
    (row,) = service_totals(cursor, MARCH, MARCH, capacity=capacity_of(usage)).rows
    voucher = story.place.voucher_fen
    assert (row.unit, row.provider) == (story.ids["unit"], story.ids["university"])
    assert row.figures == {
        "uses": 2,
        "used_minutes": 180,
        "external_uses": 1,
        "external_minutes": 120,
        "person_times": 3,
        "samples": 3,
        "orders": 1,
        "external_orders": 1,
        "income_fen": FEE_FEN,
        "external_income_fen": FEE_FEN,
        "voucher_fen": voucher,
        "refunds_fen": 0,
        "external_refunds_fen": 0,
        "actual_service_total_fen": FEE_FEN,
    }
    assert (row.distinct_users, row.smes_served) == (2, 1)
    income = {"orders": 1, "income_fen": FEE_FEN, "voucher_fen": voucher, "refunds_fen": 0}
    assert row.income_by_user_kind == {"enterprise": income}
    assert (row.hours_to_opened, row.hours_to_rated) == ("0.0173", "0.0254")


def nothing_is_owed_any_more(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    order = receivables.receivable(cursor, story.ids["order"])
    assert order
    voucher = story.place.voucher_fen
    assert (order["state"], order["settled_on"], order["income_class"]) == (
        "settled",
        date(2026, 3, 9),
        story.place.income_class,
    )
    amounts = {name: order[f"{name}_fen"] for name in ("invoiced", "deducted", "paid", "open", "refunded")}
    assert amounts == {
        "invoiced": FEE_FEN,
        "deducted": voucher,
        "paid": FEE_FEN - voucher,
        "open": 0,
        "refunded": 0,
    }
    assert order["bill_number"] == f"BILL-{story.place.university}-2026-000001"
    assert receivables.ages(cursor, date(2026, 4, 5)) == []


def voucher_is_used_claimed_and_paid(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    voucher, ids = story.place.voucher_fen, story.ids
    grant = voucher_accounts.grant(cursor, ids["grant"])
    assert grant
    assert (grant["state"], grant["used_fen"], grant["reserved_fen"]) == ("partly_used", voucher, 0)
    assert grant["left_fen"] == GRANTED_FEN - voucher
    programme = voucher_accounts.programme(cursor, ids["programme"])
    assert programme
    granted, paid = story.place.funded(GRANTED_FEN), story.place.funded(voucher)
    budgets = {row["funder"]: (row["granted_fen"], row["paid_fen"], row["left_fen"]) for row in programme.budgets}
    assert budgets == {
        ids[f"funder {place}"]: (granted[place], paid[place], BUDGET_FEN - granted[place])
        for place in range(len(story.place.funders))
    }
    claim = voucher_accounts.redemption(cursor, ids["redemption"])
    assert claim
    assert (claim["state"], claim["amount_fen"], claim["approved_fen"], claim["paid_fen"]) == (
        "reimbursed",
        voucher,
        voucher,
        voucher,
    )
    (batch,) = voucher_accounts.batches(cursor).rows
    assert (batch["id"], batch["state"], batch["total_fen"], batch["paid_fen"]) == (
        ids["batch"],
        "settled",
        voucher,
        voucher,
    )


def contract_is_registered_as_signed(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    contract = contract_register.contract(cursor, story.ids["contract"])
    assert contract
    assert (contract["number"], contract["state"]) == ("HT-U01-2026-000001", "signed_by_both")
    assert (contract["provider_signed_at"], contract["user_signed_at"]) == (moment(3, 11), moment(3, 14))
    assert (contract["customer"], contract["customer_user"]) == (story.ids["enterprise"], story.ids["customer"])
    assert contract["resources"] == [str(story.ids["instrument"])]


def use_is_rated(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    use = reservations.reservation(cursor, story.ids["reservation"])
    assert use
    assert (use["state"], str(use["rating"])) == ("completed", str(SCORE))


def books_balance(story: Story, cursor: psycopg.Cursor[Any]) -> None:
    balance = ledger.trial_balance(cursor)
    assert balance.difference_fen == 0
    standing = {kind: amount for kind, amount in balance.by_kind.items() if amount}
    voucher = story.place.voucher_fen
    assert standing == {
        "budget": GRANTED_FEN,
        "cash": FEE_FEN,
        f"income.{story.place.income_class}": -FEE_FEN,
        "paid": -voucher,
        "voucher.granted": voucher - GRANTED_FEN,
    }


def trail_tells_every_event_in_both_languages(story: Story, cursor: psycopg.Cursor[Any], end: int | None) -> None:
    page = audit_trail.entries(cursor, limit=500)
    with story.home.database.reading() as log:
        stored = log.execute("SELECT position, type FROM events ORDER BY position").fetchall()
    assert [(row["position"], row["type"]) for row in page.rows] == stored
    assert page.position == end == stored[-1][0]
    for language in ("zh", "en"):
        streams = {row["stream"] for row in page.rows}
        told = [line for stream in streams for line in replay(story.home, stream).lines(story.platform.words, language)]
        assert len(told) == len(stored)
        assert not any("{" in line for line in told)
    assert [row["occurred_at"] for row in page.rows] == sorted(row["occurred_at"] for row in page.rows)
    assert {row["command"] for row in page.rows} >= {"PublishResource", "SignContract", "ReimburseRedemption"}
