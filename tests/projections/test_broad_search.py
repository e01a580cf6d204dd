# SPDX-License-Identifier: Apache-2.0
"""A search that finds very many: what is counted, in which order they come, and that none is lost."""

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import pytest

from projections.instrument_search import REMEMBERED, Found, Search, matching, search
from projections.instruments import MODEL
from projections.paging import InvalidPageToken, encode_token
from projections.search_conditions import conditions
from projections.search_order import IN_RUNS
from projections.search_sample import width_of
from projections.shelves import SHELVES, rounded, shelf_grams, shelf_of, shelves_grams
from tests.projections.conftest import Stage
from tests.projections.examples import PUBLISHED, registered
from tests.projections.memory_rows import History, ident

NAMES = ("质谱", "质谱仪", "高分辨质谱仪", "ICP-MS", "台式质谱仪")
INSTRUMENTS = 60
WIDTH = SHELVES // 4
BROAD = Search("质谱")


@pytest.fixture
def catalogue(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a cursor
    """Sixty mass spectrometers, where ten finds are enough to be looked at."""
    history, chance = History(MODEL), Random(1)
    for number in range(INSTRUMENTS):
        given = registered(name_zh=chance.choice(NAMES), name_en="", class_code="", asset_number=f"A-{number}")
        history.add(ident(f"ms{number}"), given, PUBLISHED)
    monkeypatch.setattr("projections.search_runs.ENOUGH", 10)
    monkeypatch.setattr("projections.instrument_search.ENOUGH", 10)
    monkeypatch.setattr("projections.search_runs.width_of", lambda *_: WIDTH)
    REMEMBERED.clear()
    return stage.show(history)


def pages(cursor: Any, wanted: Search, limit: int) -> Iterator[Found]:  # noqa: ANN401
    after = None
    while True:
        page = search(cursor, wanted, limit=limit, after=after)
        yield page
        after = page.next
        if after is None:
            return


def ids(found: Found) -> list[UUID]:
    return [row["id"] for row in found.rows]


@pytest.mark.parametrize("limit", [1, 7, 25, INSTRUMENTS, 200])
def test_pages_show_every_find_once_equal_names_first_then_runs_of_shelves(catalogue: Any, limit: int) -> None:  # noqa: ANN401
    rows = [row for page in pages(catalogue, BROAD, limit) for row in page.rows]
    score = {"质谱": 0, "质谱仪": 1, "ICP-MS": 4}

    def place(row: Any) -> tuple[int, int, str]:  # noqa: ANN401 - a row
        tier = score.get(row["name_zh"], 2)
        return (0 if tier == 0 else 1 + shelf_of(row["id"]) // WIDTH, tier, row["name_zh"])

    by_place = [place(row)[:2] for row in rows]
    assert len({row["id"] for row in rows}) == len(rows) == INSTRUMENTS
    assert by_place == sorted(by_place)
    assert by_place[0] == (0, 0)
    assert matching(catalogue, BROAD, INSTRUMENTS) == [row["id"] for row in rows]


def test_total_and_facets_are_lower_bounds_and_say_so(catalogue: Any) -> None:  # noqa: ANN401
    found = search(catalogue, BROAD)
    [bookable] = found.facets["bookable"]
    assert (found.total, found.more) == (10, True)
    assert 10 <= bookable.count < INSTRUMENTS


def test_other_orders_are_kept_by_a_broad_search(catalogue: Any) -> None:  # noqa: ANN401
    by_name = [row["name_zh"] for page in pages(catalogue, Search("质谱", sort="name"), 9) for row in page.rows]
    assert len(by_name) == INSTRUMENTS
    assert by_name == sorted(by_name, key=["高分辨质谱仪", "ICP-MS", "台式质谱仪", "质谱", "质谱仪"].index)


def test_shelves_that_hold_too_little_are_not_enough(catalogue: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    monkeypatch.setattr("projections.search_runs.ENOUGH", INSTRUMENTS)
    found = search(catalogue, BROAD)
    assert (found.total, found.more) == (INSTRUMENTS, False)


def test_a_page_goes_on_as_it_began_whatever_was_entered_meanwhile(
    catalogue: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = search(catalogue, BROAD, limit=20)
    monkeypatch.setattr("projections.search_runs.width_of", lambda *_: SHELVES)
    REMEMBERED.clear()
    rest = [each for page in _following(catalogue, first) for each in ids(page)]
    assert sorted(ids(first) + rest) == sorted(ident(f"ms{number}") for number in range(INSTRUMENTS))


def _following(cursor: Any, page: Found) -> Iterator[Found]:  # noqa: ANN401
    while page.next:
        page = search(cursor, BROAD, limit=20, after=page.next)
        yield page


@pytest.mark.parametrize(("width", "run"), [(0, 0), (SHELVES + 1, 0), (1, -2), (1, SHELVES)])
def test_runs_that_there_are_not_are_refused(catalogue: Any, width: int, run: int) -> None:  # noqa: ANN401
    token = encode_token(IN_RUNS, {"width": width, "run": run, "score": 1, "pinyin": "", "id": ident("ms1")})
    with pytest.raises(InvalidPageToken):
        search(catalogue, BROAD, after=token)


def test_as_many_shelves_are_looked_at_as_hold_enough(catalogue: Any) -> None:  # noqa: ANN401
    where = conditions(catalogue, BROAD)
    assert width_of(catalogue, where) == SHELVES
    catalogue.connection.execute("UPDATE instrument_index SET grams = grams || %s::text[]", (shelves_grams(0, 16),))
    assert width_of(catalogue, where) == rounded(1_250 * 16 // INSTRUMENTS + 1) < SHELVES // 2


def test_a_shelf_follows_from_the_id_alone_and_shelves_are_even() -> None:
    held = [0] * 8
    for number in range(4_000):
        shelf = shelf_of(ident(f"r{number}"))
        held[shelf * 8 // SHELVES] += 1
    assert shelf_of(UUID(int=1)) == shelf_of(UUID(int=1))
    assert max(held) < 600


@pytest.mark.parametrize("wanted", [1, 7, 16, 17, 100, 256, 257, 511])
def test_few_grams_name_exactly_the_shelves_of_a_run(wanted: int) -> None:
    width = rounded(wanted)
    assert wanted <= width <= wanted * 5 / 4
    everybody = [ident(f"r{number}") for number in range(300)]
    for run in range(-(-SHELVES // width)):
        first, end = run * width, min((run + 1) * width, SHELVES)
        grams = set(shelves_grams(first, end))
        assert len(grams) <= 16
        found = [each for each in everybody if grams & set(shelf_grams(each))]
        assert found == [each for each in everybody if first <= shelf_of(each) < end]
