# SPDX-License-Identifier: Apache-2.0
"""Peers' defect: fund balances read, changed and written without a lock. Here each balance is a row that every commit
adds to under a constraint; processes and threads that draw at once never pass its cap.
"""

from functools import partial
from uuid import UUID

import pytest

from application.parties.add_group_member import AddGroupMember
from application.parties.form_group import FormGroup
from application.parties.limit_group_spending import LimitGroupSpending
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor
from infrastructure.bootstrap import Platform
from tests.application.reservations.house import publish, quota
from tests.application.reservations.province import Province, opening, span
from tests.application.vouchers.treasury import Treasury
from tests.concurrency.crowd import customers, rush
from tests.peers.racing import DONE, Errand, race

QUOTE_FEN = 60_000
"""Two hours of the microscope for an enterprise."""
DAYS = range(3, 11)


def drawn(province: Province, like: str) -> list[tuple[int, int]]:
    """What is used of the accounts of a kind, with their caps."""
    with province.home.database.reading() as cursor:
        return cursor.execute("SELECT used, cap FROM account_claims WHERE account LIKE %s", (like,)).fetchall()


def wish(province: Province, user: Actor, day: int, **more: object) -> Errand:
    facts = {"resource_id": province.resource, "span": span(day=day), "purpose": "scientific_research", **more}
    return Errand(RequestReservation.model_validate(facts), user)


def team(province: Province, members: list[Actor], limit_fen: int) -> UUID:
    """A group of the enterprise's users, each of whom may spend so much a month."""
    leader = province.customer
    formed = FormGroup(legal_person=province.enterprise, name="低温组", leader=province.client)
    group = province.do(formed, province.system).id
    for member in members:
        province.do(AddGroupMember(group=group, user=member.user), leader)
    province.do(LimitGroupSpending(group=group, period="monthly", limit_fen=limit_fen), leader)
    return group


def test_balance_without_a_lock_a_voucher_drawn_in_two_processes_never_goes_below_nought(
    treasury: Treasury, platform: Platform
) -> None:
    """Each confirmation may set 180.00 aside of 500.00: together exactly 500.00."""
    home = treasury.province
    grant = treasury.voucher(treasury.programme())
    asked = [home.ask(voucher_grant_id=grant, span=span(day=day)).id for day in DAYS]
    errands = [Errand(ConfirmReservation(reservation_id=each), home.manager) for each in asked]
    outcomes = race(platform, [errands[::2], errands[1::2]])
    assert outcomes == [(DONE, DONE)] * (len(asked) // 2)
    account = f"grant:{grant}"
    assert drawn(home, account) == [(50_000, 50_000)]
    assert home.state(grant).left_fen == 0


def test_balance_without_a_lock_a_quota_drawn_in_two_processes_never_passes_its_limit(
    province: Province, platform: Platform
) -> None:
    """Two users of one organisation share eight hours a month: four bookings of two hours, never five."""
    province.add(province.resource, opening(2, confirmation="automatic", capacity=2))
    publish(province, quotas=[quota("每单位", scope="organisation", recurrence="monthly", limit=480)])
    users = customers(province.home, 2, province.enterprise)
    outcomes = race(platform, [[wish(province, user, day) for day in DAYS] for user in users])
    told = [each for row in outcomes for each in row]
    assert told.count(DONE) == 4
    assert set(told) == {DONE, "reservations.quota_exceeded"}
    assert drawn(province, "quota:%") == [(480, 480)]


def test_balance_without_a_lock_an_amount_of_a_group_drawn_at_once_never_passes_its_limit(
    province: Province, platform: Platform
) -> None:
    """The member's 1,500.00 a month carry two bookings of 600.00, asked for on two servers at once."""
    province.add(province.resource, opening(2, confirmation="automatic", capacity=2))
    (member,) = customers(province.home, 1, province.enterprise)
    group = team(province, [member], limit_fen=150_000)
    days = list(DAYS)
    errands = [[wish(province, member, day, group_id=group) for day in part] for part in (days[::2], days[1::2])]
    outcomes = race(platform, errands)
    told = [each for row in outcomes for each in row]
    assert told.count(DONE) == 2, told
    assert drawn(province, f"%{member.user}%")[0][0] == 2 * QUOTE_FEN


@pytest.mark.parametrize("attempts", [16])
def test_balance_without_a_lock_threads_of_one_server_draw_no_more_either(province: Province, attempts: int) -> None:
    province.add(province.resource, opening(2, confirmation="automatic", capacity=attempts))
    publish(province, quotas=[quota("每单位", scope="organisation", measure="reservations", limit=5)])
    crowd = customers(province.home, attempts, province.enterprise)
    outcome = rush([partial(province.ask, user) for user in crowd])
    assert (len(outcome.results), outcome.refused) == (5, {"reservations.quota_exceeded": attempts - 5})
