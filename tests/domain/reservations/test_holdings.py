# SPDX-License-Identifier: Apache-2.0
"""What is drawn and held goes back whole at an end, and by the difference at a move."""

from uuid import UUID

from hypothesis import given as draw_from
from hypothesis import strategies as st

from domain.kernel.claims import Draw, DrawUpTo, HoldSlot, ReleaseSlot
from domain.reservations.claims import claims_of
from domain.reservations.giving_back import exchanged, returned
from domain.reservations.holdings import accessory_holder, less, together
from domain.reservations.judged_events import HeldAccessory, HoldingsReturned, QuotaDraw, RequestJudged
from domain.reservations.reservation import RESERVATION, Reservation
from tests.domain.reservations.samples import REQUESTED, RESERVATION_ID, at

ACCESSORY = HeldAccessory(id=UUID(int=7), name="样品杆", piece=2)


def drawn(account: str, amount: int, cap: int = 100) -> QuotaDraw:
    return QuotaDraw(quota="q", account=account, cap=cap, amount=amount)


def judged(*draws: QuotaDraw, accessories: tuple[HeldAccessory, ...] = ()) -> RequestJudged:
    return RequestJudged(
        rules=("r",),
        resource_rules=1,
        unit_rules=None,
        draws=draws,
        accessories=accessories,
        held_from=at(9),
        held_until=at(11),
    )


def state(*events: RequestJudged | HoldingsReturned) -> Reservation:
    found = RESERVATION.fold((REQUESTED, *events))
    assert found is not None
    return found


def test_a_judgement_claims_draws_and_pieces_and_its_return_gives_them_back() -> None:
    event = judged(drawn("a", 30), accessories=(ACCESSORY,))
    holder = accessory_holder(RESERVATION_ID, "样品杆")
    assert claims_of(RESERVATION_ID, event) == [
        HoldSlot(holder, ACCESSORY.id, 2, at(9), at(11)),
        DrawUpTo("a", 100, 30),
    ]
    (back,) = returned(state(event), "cancelled")
    assert claims_of(RESERVATION_ID, back) == [ReleaseSlot(holder), Draw("a", -30)]
    assert isinstance(back, HoldingsReturned)
    after = state(event, back)
    assert (after.draws, after.accessories, returned(after, "again")) == ((), (), [])


def test_nothing_drawn_gives_no_event() -> None:
    assert returned(state(), "cancelled") == []
    assert exchanged(state(), (), "moved") == ([], ())


amounts = st.dictionaries(st.sampled_from("abc"), st.integers(1, 50))


@draw_from(amounts, amounts)
def test_a_move_leaves_exactly_what_the_new_time_draws(before: dict[str, int], after: dict[str, int]) -> None:
    wanted = tuple(drawn(account, amount) for account, amount in after.items())
    start = state(judged(*(drawn(account, amount) for account, amount in before.items())))
    back, added = exchanged(start, wanted, "moved")
    end = state(judged(*start.draws), *back, judged(*added))  # type: ignore[arg-type]
    assert {draw.account: draw.amount for draw in end.draws} == after
    for draw in added:
        assert draw.amount == after[draw.account] - before.get(draw.account, 0)


def test_draws_add_up_and_take_away_by_account() -> None:
    both = together((drawn("a", 1), drawn("b", 2)), (drawn("b", 3, cap=9),))
    assert [(each.account, each.amount, each.cap) for each in both] == [("a", 1, 100), ("b", 5, 9)]
    assert [(each.account, each.amount) for each in less(both, (drawn("a", 1), drawn("b", 1)))] == [("b", 4)]
