# SPDX-License-Identifier: Apache-2.0
"""Which line and which entry are one asset, within a unit and across a merger."""

from uuid import UUID

import pytest

from domain.resources.ledger.pairing import Pair, Place, paired

OLD, NEW = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("lines", "entries", "found"),
    [
        pytest.param([(NEW, "A")], [(NEW, "A")], [("A", NEW, NEW)], id="the same unit"),
        pytest.param([(NEW, "A")], [(OLD, "A")], [("A", NEW, OLD)], id="registered before the merger"),
        pytest.param([(OLD, "A")], [(NEW, "A")], [("A", OLD, NEW)], id="transferred since"),
        pytest.param([(NEW, "A")], [], [("A", NEW, None)], id="not registered"),
        pytest.param([], [(NEW, "A")], [("A", None, NEW)], id="not in the ledger"),
        pytest.param(
            [(OLD, "A"), (NEW, "A")],
            [(OLD, "A"), (NEW, "A")],
            [(f"A@{OLD}", OLD, OLD), (f"A@{NEW}", NEW, NEW)],
            id="one number of two units is two assets",
        ),
        pytest.param(
            [(OLD, "A"), (NEW, "A")],
            [(NEW, "A")],
            [(f"A@{OLD}", OLD, None), (f"A@{NEW}", NEW, NEW)],
            id="each asset has one entry",
        ),
    ],
)
def test_a_number_is_one_assets_within_a_unit_and_decides_across_a_merger(
    lines: list[Place], entries: list[Place], found: list[tuple[str, UUID | None, UUID | None]]
) -> None:
    def by_place(places: list[Place]) -> dict[Place, UUID]:
        return {place: place[0] for place in places}

    assert paired(by_place(lines), by_place(entries), {OLD, NEW}) == [Pair(*each) for each in found]


def test_a_merged_unit_does_not_show_what_only_its_successor_has() -> None:
    lines, entries = {(OLD, "A"): "line"}, {(NEW, "A"): "entry", (NEW, "B"): "other"}
    assert paired(lines, entries, {OLD}) == [Pair("A", "line", "entry")]
