# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.policy import Edition
from domain.resources.ledger.duties import registry_duty, review_duty
from domain.resources.ledger.gaps import Compared, Entry, Gap, Yardstick, compare
from domain.resources.ledger.line import AssetLine
from tests.domain.editions import CHONGQING, JIANGSU

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
AS_OF = date(2026, 2, 28)


def line(**changes: Any) -> AssetLine:  # noqa: ANN401 - any field
    stated = {
        "asset_number": "A-1",
        "name": "离心机",
        "model": "C-1",
        "value_fen": 300_000_00,
        "equipment": True,
        "funding": "provincial_fiscal_funds",
        "acquired_on": date(2025, 12, 1),
        "accepted_on": date(2026, 2, 10),
    }
    return AssetLine.model_validate(stated | changes)


def entry(**changes: Any) -> Entry:  # noqa: ANN401 - any field
    registered = Entry(UUID(int=31), "A-1", "离心机", "C-1", 300_000_00, date(2026, 2, 10), "registered", NOW, NOW)
    return replace(registered, **changes)


def seen(
    ledger: AssetLine | None,
    registry: Entry | None,
    edition: Edition = CHONGQING,
    now: datetime = NOW,
    reviewed: frozenset[str] = frozenset(),
) -> Compared:
    def edition_on(day: date) -> Edition | None:
        return edition if day >= edition.value("policy.effective_from") else None

    return compare("A-1", ledger, registry, Yardstick(edition_on, AS_OF, now, reviewed))


def kinds(compared: Compared) -> list[str]:
    return [gap.kind for gap in compared.gaps]


def test_what_is_registered_alike_and_in_time_has_no_gap() -> None:
    assert kinds(seen(line(), entry())) == []
    assert kinds(seen(line(model=" c-1"), entry(model="C-1"))) == []


@pytest.mark.parametrize(
    ("changes", "standing", "doubts"),
    [
        ({"value_fen": 200_000_00}, "counted", ()),
        ({"value_fen": 199_999_99}, "outside", ("below_minimum",)),
        ({"value_fen": 400_000_00, "quantity": 2}, "counted", ()),
        ({"value_fen": 399_999_99, "quantity": 2}, "outside", ("below_minimum",)),
        ({"value_fen": 2_000_000_00, "quantity": 20, "unit_price_fen": 100_000_00}, "outside", ("below_minimum",)),
        ({"funding": "own_funds"}, "outside", ("no_public_money",)),
        ({"funding": "state_owned_capital"}, "outside", ("no_public_money",)),
        ({"funding": "district_fiscal_funds"}, "counted", ()),
        ({"funding": "fiscal_funds"}, "counted", ()),
        ({"equipment": False}, "outside", ("other_kind",)),
        ({"funding": None}, "unclear", ("funding_unknown",)),
        ({"equipment": None, "funding": None}, "unclear", ("kind_unknown", "funding_unknown")),
    ],
)
def test_CQ_3_1_what_belongs_in_the_registry_of_chongqing(
    changes: dict[str, Any], standing: str, doubts: tuple[str, ...]
) -> None:
    duty = registry_duty(line(**changes), CHONGQING)
    assert (duty.standing, duty.doubts) == (standing, doubts)
    assert duty.citation is not None


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"value_fen": 1}, "counted"),
        ({"value_fen": 0}, "counted"),
        ({"funding": "state_owned_capital"}, "counted"),
        ({"funding": "own_funds"}, "outside"),
        ({"funding": None}, "unclear"),
    ],
)
def test_JS_2_2_what_belongs_in_the_registry_of_jiangsu(changes: dict[str, Any], standing: str) -> None:
    assert registry_duty(line(**changes), JIANGSU).standing == standing


def test_only_what_counts_is_a_gap_and_what_is_open_is_said() -> None:
    assert kinds(seen(line(), None)) == ["not_registered"]
    assert kinds(seen(line(value_fen=199_999_99), None)) == []
    (perhaps,) = seen(line(funding=None), None).gaps
    assert (perhaps.kind, perhaps.doubts) == ("perhaps_not_registered", ("funding_unknown",))
    assert kinds(seen(line(accepted_on=None), None)) == ["not_registered", "acceptance_date_missing"]


def test_what_the_registry_has_alone_is_a_gap_too_unless_withdrawn() -> None:
    assert kinds(seen(None, entry())) == ["not_in_ledger"]
    assert kinds(seen(None, entry(state="withdrawn"))) == []
    assert kinds(seen(line(), entry(state="withdrawn"))) == ["withdrawn_from_registry"]


def test_differences_name_both_sides_and_silence_is_none() -> None:
    compared = seen(line(), entry(value_fen=1, name="天平", model="X", accepted_on=date(2026, 2, 11)))
    assert compared.gaps == (
        Gap("value_differs", ledger=300_000_00, registry=1),
        Gap("name_differs", ledger="离心机", registry="天平"),
        Gap("model_differs", ledger="C-1", registry="X"),
        Gap("accepted_on_differs", ledger="2026-02-10", registry="2026-02-11"),
    )
    assert kinds(seen(line(model=""), entry(model="X", accepted_on=None))) == []


@pytest.mark.parametrize(
    ("now", "overdue"),
    [(datetime(2024, 1, 31, 15, 59, 59, tzinfo=UTC), False), (datetime(2024, 1, 31, 16, 0, tzinfo=UTC), True)],
)
def test_CQ_12_1_thirty_days_from_acceptance_last_day_included(now: datetime, overdue: bool) -> None:  # noqa: FBT001
    bought = line(accepted_on=date(2024, 1, 1), acquired_on=date(2023, 12, 1))
    for registry in (None, entry(accepted_on=date(2024, 1, 1), reported_at=None, opened_at=None)):
        assert ("listing_overdue" in kinds(seen(bought, registry, now=now))) is overdue
    gaps = seen(bought, None, now=datetime(2024, 3, 1, tzinfo=UTC)).gaps
    assert [gap.due_on for gap in gaps if gap.kind == "listing_overdue"] == [date(2024, 1, 31)]


def test_CQ_12_2_both_report_and_opening_count_and_an_exception_excuses() -> None:
    bought = line(accepted_on=date(2024, 1, 1), acquired_on=date(2023, 12, 1))
    tenth, thirty_first = datetime(2024, 1, 10, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
    registered = entry(accepted_on=date(2024, 1, 1), reported_at=tenth)
    assert kinds(seen(bought, replace(registered, opened_at=tenth))) == []
    assert kinds(seen(bought, replace(registered, opened_at=thirty_first))) == ["listing_overdue"]
    assert kinds(seen(bought, replace(registered, opened_at=thirty_first, excused=True))) == []
    assert kinds(seen(bought, replace(registered, opened_at=None, state="exempt"))) == []


def test_an_asset_from_before_the_regime_is_late_by_no_rule_and_needed_no_review() -> None:
    old = line(accepted_on=date(2016, 10, 1), acquired_on=date(2016, 9, 1), value_fen=900_000_00)
    assert kinds(seen(old, None)) == ["not_registered"]


@pytest.mark.parametrize(
    ("edition", "changes", "standing"),
    [
        (JIANGSU, {"value_fen": 500_000_00}, "counted"),
        (JIANGSU, {"value_fen": 499_999_99}, "outside"),
        (JIANGSU, {"value_fen": 3_000_000_00, "funding": "municipal_fiscal_funds"}, "outside"),
        (CHONGQING, {"value_fen": 500_000_00, "funding": "municipal_fiscal_funds"}, "counted"),
        (CHONGQING, {"value_fen": 499_999_99}, "outside"),
        (CHONGQING, {"value_fen": 3_000_000_00, "funding": "own_funds"}, "outside"),
        (CHONGQING, {"value_fen": 3_000_000_00, "funding": None}, "unclear"),
        (CHONGQING, {"value_fen": 3_000_000_00, "funding": "fiscal_funds"}, "counted"),
        (JIANGSU, {"value_fen": 3_000_000_00, "funding": "fiscal_funds"}, "unclear"),
        (CHONGQING, {"value_fen": 3_000_000_00, "equipment": False}, "outside"),
    ],
)
def test_JS_12_3_CQ_22_3_which_purchases_needed_a_review(
    edition: Edition, changes: dict[str, Any], standing: str
) -> None:
    assert review_duty(line(**changes), edition).standing == standing


def test_a_purchase_in_a_review_band_without_a_review_is_a_gap() -> None:
    dear = line(value_fen=600_000_00)
    same = entry(value_fen=600_000_00)
    assert kinds(seen(dear, same)) == ["review_missing"]
    assert kinds(seen(dear, same, reviewed=frozenset({"A-1"}))) == []
    (undated,) = seen(line(value_fen=600_000_00, acquired_on=None), same).gaps
    assert (undated.kind, undated.doubts) == ("review_perhaps_missing", ("acquisition_date_unknown",))
