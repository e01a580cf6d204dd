# SPDX-License-Identifier: Apache-2.0
"""One command sent many times at once takes effect once, and everybody hears the same answer."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest

from application.bus import Request
from application.command import Command
from application.contracts.draft_contract import DraftContract
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor
from tests.application.reservations.province import Province, span
from tests.application.vouchers.treasury import Treasury
from tests.concurrency.crowd import rush
from tests.domain.contracts.samples import SIX, TERMS

SENDERS = 16


def wish(treasury: Treasury) -> tuple[Command, Actor]:
    home = treasury.province
    asked = RequestReservation(resource_id=home.resource, span=span(), purpose="scientific_research")
    return asked, home.customer


def numbered(treasury: Treasury) -> tuple[Command, Actor]:
    home = treasury.province
    terms = TERMS.model_copy(update={"resources": (home.resource,)})
    draft = {"unit_id": home.unit, "customer_user_id": home.client, "terms": terms, "clauses": SIX}
    return DraftContract.model_validate(draft), home.manager


def paid_by_voucher(treasury: Treasury) -> tuple[Command, Actor]:
    home = treasury.province
    asked = home.ask(voucher_grant_id=treasury.voucher(treasury.programme()))
    return ConfirmReservation(reservation_id=asked.id), home.manager


def count(province: Province, table: str) -> int:
    with province.home.database.reading() as cursor:
        return cursor.execute(f"SELECT FROM {table}").rowcount


@pytest.mark.parametrize("scene", [wish, numbered, paid_by_voucher])
def test_one_command_id_takes_effect_once(
    treasury: Treasury, scene: Callable[[Treasury], tuple[Command, Actor]]
) -> None:
    home = treasury.province
    command, actor = scene(treasury)
    before, refusals = count(home, "commands"), count(home, "refusals")
    request = Request(command, actor, uuid4(), uuid4())
    outcome = rush([partial(home.home.bus.execute, request)] * SENDERS)
    assert not outcome.refused
    first = replace(outcome.results[0], repeated=False)
    assert all(replace(result, repeated=False) == first for result in outcome.results)
    assert sum(not result.repeated for result in outcome.results) == 1
    assert (count(home, "commands"), count(home, "refusals")) == (before + 1, refusals)


def test_of_two_bodies_under_one_command_id_one_stands(province: Province) -> None:
    key = uuid4()
    bodies = [
        RequestReservation(resource_id=province.resource, span=each, purpose="scientific_research")
        for each in (span(9, 11), span(13, 15))
    ]
    requests = [Request(bodies[place % 2], province.customer, key, key) for place in range(SENDERS)]
    outcome = rush([partial(province.home.bus.execute, request) for request in requests])
    assert outcome.refused == {"application.idempotency_key_reused": SENDERS // 2}
    assert len({result.id for result in outcome.results}) == 1
    assert count(province, "slot_claims") == 1
