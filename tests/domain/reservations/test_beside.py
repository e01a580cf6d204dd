# SPDX-License-Identifier: Apache-2.0
"""Where a use that took place fits beside what stands at the same time."""

from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.reservations.beside import Beside, Place, in_the_way, place
from tests.domain.reservations.samples import MORNING, USER, at, span

OTHER, FIRST, SECOND = (UUID(int=number) for number in (90, 91, 92))
INSIDE = span(at(9, 30), at(10))


def used(number: UUID, lane: int = 1, user: UUID = USER) -> Beside:
    return Beside(id=number, lane=lane, user=user, used=MORNING)


def held(number: UUID, lane: int = 1, user: UUID | None = OTHER) -> Beside:
    return Beside(id=number, lane=lane, user=user)


PLACES = [
    ([], 1, MORNING, Place(lane=1)),
    ([used(FIRST, user=OTHER)], 1, INSIDE, Place(lane=1, full_of=(FIRST,))),
    ([used(FIRST, user=OTHER)], 1, MORNING, Place(lane=1, full_of=(FIRST,))),
    ([used(FIRST)], 1, INSIDE, Place(lane=1, full_of=(FIRST,), twin=FIRST)),
    ([used(FIRST)], 1, MORNING, Place(lane=1, twin=FIRST)),
    ([used(FIRST, user=OTHER)], 2, INSIDE, Place(lane=2)),
    ([used(FIRST)], 2, INSIDE, Place(lane=2, twin=FIRST)),
    ([held(FIRST)], 2, INSIDE, Place(lane=2)),
    ([held(FIRST, user=USER)], 2, INSIDE, Place(lane=2, twin=FIRST)),
    ([held(FIRST, user=None), used(SECOND, 2, OTHER)], 2, INSIDE, Place(lane=2, full_of=(SECOND,))),
]


@pytest.mark.parametrize(("beside", "capacity", "wanted", "expected"), PLACES)
def test_a_use_takes_a_lane_on_which_nothing_else_stands(
    beside: list[Beside], capacity: int, wanted: object, expected: Place
) -> None:
    assert place(beside, user=USER, capacity=capacity, span=wanted) == expected  # type: ignore[arg-type]


def test_bookings_on_every_lane_are_named_and_nobody_sets_them_aside() -> None:
    with pytest.raises(DomainError) as refused:
        place([held(FIRST), held(SECOND, 2), used(OTHER)], user=USER, capacity=2, span=INSIDE)
    [told] = refused.value.violations
    assert (told.code, told.overridable_by) == ("reservations.overlaps_booking", None)
    assert told.parameters["holders"] == f"{FIRST}, {SECOND}"


BEGUN = Beside(id=SECOND, lane=2, user=OTHER, begun=at(9, 45))
WAYS: list[tuple[list[Beside], int, tuple[UUID, ...]]] = [
    ([], 1, ()),
    ([used(FIRST)], 1, (FIRST,)),
    ([used(FIRST)], 2, ()),
    ([held(FIRST)], 1, ()),
    ([held(FIRST, user=None), used(OTHER, 2)], 2, ()),
    ([used(FIRST), BEGUN], 2, (FIRST, SECOND)),
    ([used(FIRST), Beside(id=SECOND, lane=2, user=OTHER, begun=at(10))], 2, ()),
]


@pytest.mark.parametrize(("beside", "capacity", "expected"), WAYS)
def test_uses_on_every_lane_are_in_the_way_of_a_correction(
    beside: list[Beside], capacity: int, expected: tuple[UUID, ...]
) -> None:
    assert in_the_way(beside, capacity=capacity, span=INSIDE) == expected
