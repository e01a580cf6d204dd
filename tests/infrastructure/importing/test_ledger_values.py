# SPDX-License-Identifier: Apache-2.0
"""Cells of ledgers, one by one."""

from datetime import date

import pytest

from infrastructure.importing.ledger.columns import bare, columns_of
from infrastructure.importing.ledger.values import Unreadable, amount, asset_number, day, pieces


@pytest.mark.parametrize(
    ("text", "unit", "fen", "note"),
    [
        ("1234567.89", "元", 123_456_789, ""),
        ("1,234,567.89", "元", 123_456_789, ""),
        ("１，２３４．５０", "元", 123_450, ""),
        ("￥1 234.5 元", "元", 123_450, ""),
        ("12.5", "万元", 12_500_000, ""),
        ("12.3456", "万元", 12_345_600, ""),
        ("12.5万元", "元", 12_500_000, "amount_in_unit"),
        ("12.5万", "万元", 12_500_000, ""),
        ("125000元", "万元", 12_500_000, "amount_in_unit"),
        ("3.5", "千元", 350_000, ""),
        ("0", "元", 0, ""),
        ("人民币318000000.00", "元", 31_800_000_000, ""),
    ],
)
def test_amounts_are_exact_in_every_unit(text: str, unit: str, fen: int, note: str) -> None:
    assert amount(text, unit) == (fen, note)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("12.345", "元", "bad_ledger_amount"),
        ("12.3456789", "万元", "bad_ledger_amount"),
        ("1,23", "元", "bad_ledger_amount"),
        ("1.234.567,89", "元", "bad_ledger_amount"),
        ("12,34,567", "元", "bad_ledger_amount"),
        ("-5000", "元", "negative_amount"),
        ("（5,000.00）", "元", "negative_amount"),
        ("待定", "元", "bad_ledger_amount"),
        ("1e6", "元", "bad_ledger_amount"),
        ("99999999999999", "万元", "bad_ledger_amount"),
    ],
)
def test_what_is_no_exact_amount_is_refused(text: str, unit: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        amount(text, unit)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "expected", "note"),
    [
        ("2021-03-05", date(2021, 3, 5), ""),
        ("2021-03-05 00:00:00", date(2021, 3, 5), ""),
        ("2021.3.5", date(2021, 3, 5), "date_from_text"),
        ("2021/3/5", date(2021, 3, 5), "date_from_text"),
        ("2021年3月5日", date(2021, 3, 5), "date_from_text"),
        ("２０２１年３月５号", date(2021, 3, 5), "date_from_text"),
        ("20210305", date(2021, 3, 5), "date_from_text"),
        ("44260", date(2021, 3, 5), "date_from_serial"),
        ("44260.5", date(2021, 3, 5), "date_from_serial"),
        ("20240229", date(2024, 2, 29), "date_from_text"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, expected: date, note: str) -> None:
    assert day(text) == (expected, note)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021.3", "date_without_day"),
        ("2021年3月", "date_without_day"),
        ("202103", "date_without_day"),
        ("2021", "bad_ledger_date"),
        ("20210230", "bad_ledger_date"),
        ("2021-13-01", "bad_ledger_date"),
        ("5.3.2021", "bad_ledger_date"),
        ("99999", "bad_ledger_date"),
        ("不详", "bad_ledger_date"),
    ],
)
def test_what_is_no_date_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        day(text)
    assert refused.value.code == code


def test_asset_numbers_lose_no_digit() -> None:
    assert asset_number(" ２０２１ 0001 ").value == "20210001"
    assert asset_number("'00123").value == "00123"
    assert asset_number("20210001.0").value == "20210001"
    for text, code in (("2.02100010001235e+16", "number_lost_digits"), ("9" * 65, "bad_asset_number")):
        with pytest.raises(Unreadable) as refused:
            asset_number(text)
        assert refused.value.code == code


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("２台", 2), ("3.0", 3), ("12 套", 12)])
def test_pieces_are_counted(text: str, number: int) -> None:
    assert pieces(text).value == number


@pytest.mark.parametrize("text", ["0", "1.5", "若干", "-1"])
def test_what_is_no_number_of_pieces_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        pieces(text)


@pytest.mark.parametrize(
    ("header", "title", "unit"),
    [
        ("原值（万元）", "", "万元"),
        ("原 值/万元", "", "万元"),
        ("原值(单位：万元)", "", "万元"),
        ("原值(元)", "单位：万元", "元"),
        ("原值", "2026年2月　金额单位：万元", "万元"),
        ("原值", "使用单位：某大学", "元"),
    ],
)
def test_the_unit_of_money_is_that_of_the_header_else_of_the_title(header: str, title: str, unit: str) -> None:
    assert bare(header) == "原值"
    columns = columns_of(("资产编号", "名称", header), (title,), {})
    assert columns is not None
    assert columns.unit("value") == unit


def test_a_better_name_goes_first_and_a_named_one_before_all() -> None:
    cells = ("资产编号", "名称", "单价", "数量", "金额", "账面原值", "我们的值")
    found = columns_of(cells, (), {})
    assert found is not None
    assert (found.header("value"), found.unused) == ("账面原值", ("金额", "我们的值"))
    named = columns_of(cells, (), {"value": "我们的值"})
    assert named is not None
    assert named.header("value") == "我们的值"
