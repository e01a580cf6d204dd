# SPDX-License-Identifier: Apache-2.0
"""Memory holds what is alive; of what has ended only the latest few."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from application.ports import Snapshot
from domain.contracts.contract import CONTRACT
from domain.reservations.reservation import RESERVATION
from infrastructure.simulation import states
from infrastructure.simulation.states import LiveStates

STREAM = UUID(int=7)


@dataclass(frozen=True)
class Toy:
    state: str


def test_a_state_is_known_as_the_aggregate_it_was_put_as() -> None:
    kept = LiveStates()
    kept.put(STREAM, CONTRACT.name, Snapshot(1, Toy("drafted")))
    assert kept.get(STREAM, CONTRACT.name) == Snapshot(1, Toy("drafted"))
    assert kept.get(STREAM, RESERVATION.name) is None
    assert kept[STREAM] == Toy("drafted")
    kept.forget([STREAM])
    assert kept.get(STREAM, CONTRACT.name) is None


def test_what_has_ended_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "KEPT_ENDED", 2)
    kept = LiveStates()
    for number in range(5):
        kept.put(UUID(int=number), RESERVATION.name, Snapshot(1, Toy("confirmed")))
    assert len(kept) == 5
    for number in range(5):
        kept.put(UUID(int=number), RESERVATION.name, Snapshot(2, Toy("completed")))
    assert len(kept) == 2
    assert kept.get(UUID(int=4), RESERVATION.name) == Snapshot(2, Toy("completed"))
    assert kept.get(UUID(int=0), RESERVATION.name) is None
