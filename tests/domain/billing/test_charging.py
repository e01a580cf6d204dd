# SPDX-License-Identifier: Apache-2.0
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.billing.charging import charge, exceeding
from tests.domain.billing.examples import line, quote_of


def test_a_price_that_rose_since_the_quote_does_not_count() -> None:
    charged = charge(quote_of(("machine_time", 20000)), quote_of(("machine_time", 30000), version=2))
    assert (charged.tariff_version, charged.amount_fen) == (1, 40000)


def test_JS_21_1_a_tariff_changed_from_a_day_on_is_the_ceiling_from_that_day() -> None:
    charged = charge(quote_of(("machine_time", 30000)), quote_of(("machine_time", 20000), version=2))
    assert (charged.tariff_version, charged.amount_fen) == (2, 40000)


def test_a_quote_cheaper_as_a_whole_but_with_a_dearer_line_is_reached_by_reducing_the_lines_of_the_day() -> None:
    quoted = quote_of(("machine_time", 30000), ("labour", 1000))
    on_day = quote_of(("machine_time", 20000), ("labour", 20000), version=2)
    charged = charge(quoted, on_day)
    assert charged.tariff_version == 2
    assert charged.amount_fen == quoted.total_fen
    assert not exceeding(charged.lines, on_day)


def test_without_a_tariff_for_this_user_on_the_day_the_quote_stands() -> None:
    assert charge(quote_of(("machine_time", 30000)), None).amount_fen == 60000


def test_a_kind_that_the_tariff_does_not_have_may_cost_nothing() -> None:
    tariff = quote_of(("machine_time", 30000))
    assert exceeding([line(0, "profit")], tariff) == []
    assert exceeding([line(1, "profit")], tariff) == [("profit", 1, 0)]


def test_two_lines_of_a_kind_are_judged_together() -> None:
    tariff = quote_of(("machine_time", 30000))
    assert exceeding([line(30000), line(30000)], tariff) == []
    assert exceeding([line(30000), line(30001)], tariff) == [("machine_time", 60001, 60000)]


prices = st.lists(
    st.tuples(st.sampled_from(["machine_time", "labour", "material"]), st.integers(0, 10**7)),
    min_size=1,
    max_size=3,
    unique_by=lambda fee: fee[0],
)


@examples(prices, prices)
def test_the_charge_is_never_above_the_quote_nor_above_any_line_of_the_day(
    quoted: list[tuple[str, int]], today: list[tuple[str, int]]
) -> None:
    was, now = quote_of(*quoted), quote_of(*today, version=2)
    charged = charge(was, now)
    assert charged.amount_fen == min(was.total_fen, now.total_fen)
    assert not exceeding(charged.lines, now)
