# SPDX-License-Identifier: Apache-2.0
"""What the minutes of a decision must show: who sat there, who had an interest in the matter, who voted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.decision import APPROVAL

if TYPE_CHECKING:
    from domain.governance.values import Minutes
    from domain.kernel.errors import Rules
    from domain.policy import Edition


def check_minutes(rules: Rules, minutes: Minutes, named: tuple[str, ...], edition: Edition) -> None:
    """Note what is wrong with the minutes: a seat with a declared conflict is not counted as voting."""
    seats = [seat.seat for seat in minutes.seats]
    present = {seat.seat for seat in minutes.seats if seat.present}
    conflicted = {conflict.seat for conflict in minutes.conflicts}
    voted = [vote.seat for vote in minutes.votes]
    for seat in _twice(seats):
        rules.require(holds=False, code="governance.seat_twice", field="minutes.seats", seat=seat)
    for seat in dict.fromkeys([*conflicted, *voted, *named]):
        rules.require(seat in seats, "governance.seat_unknown", field="minutes", seat=seat)
    for seat in _twice(voted):
        rules.require(holds=False, code="governance.voted_twice", field="minutes.votes", seat=seat)
    citation = edition.citation(APPROVAL)
    for seat in dict.fromkeys(voted):
        rules.require(
            seat in present or seat not in seats, "governance.vote_of_the_absent", field="minutes.votes", seat=seat
        )
        rules.require(
            seat not in conflicted,
            "governance.vote_despite_conflict",
            citation=citation,
            field="minutes.votes",
            seat=seat,
        )


def _twice(names: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]
