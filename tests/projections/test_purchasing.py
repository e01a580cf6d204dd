# SPDX-License-Identifier: Apache-2.0
"""Purchase reviews as rows: what a change of band leaves, assets, and the signal of a purchase split up (A16)."""

from datetime import date
from typing import Any

import pytest

from domain.purchasing.events import PurchaseRequestCancelled, PurchaseReviewRequested
from domain.purchasing.values import Purchase
from domain.resources.events import ExemptionClaimed, ResourceSuspended, ResourceTransferred, ResourceUpdated
from projections import purchase_reviews, shared_facilities
from projections.purchase_tables import ASSETS, REVIEWS
from projections.shared_facilities import FACILITIES
from tests.domain.editions import JIANGSU
from tests.domain.purchasing.examples import APPROVER, Story, item, purchase, requested
from tests.domain.purchasing.test_reviewing import revised
from tests.projections.examples import PUBLISHED, SEM, registered
from tests.projections.memory_rows import History, ident


def row_of(story: Story) -> dict[str, Any]:
    return History(purchase_reviews.MODEL).add(ident("review"), *story.events).rows.one(REVIEWS)


def test_a_row_tells_what_was_found_and_decided() -> None:
    story = Story(JIANGSU, purchase(item("2000000.00"))).routed().checked().started().opined().approved()
    row = row_of(story.procured())
    assert (row["state"], row["band"], row["total_fen"]) == ("procured", "upper", 200_000_000)
    assert row["duplicate_check"]["count"] == 0
    assert (row["opinion"]["conclusion"], row["approval"]["approved_by"]) == ("positive", str(APPROVER))
    assert [step["state"] for step in row["steps"]] == [
        "requested",
        "routed",
        "duplicate_checked",
        "under_review",
        "opinion_issued",
        "approved",
        "procured",
    ]


def test_another_band_leaves_only_the_request() -> None:
    story = Story(JIANGSU, purchase(item("600000.00"))).reviewed().approved()
    row = row_of(revised(story, APPROVER, "2000000.00"))
    assert (row["state"], row["band"], row["total_fen"]) == ("requested", "upper", 200_000_000)
    assert {row[name] for name in ("reviewer", "opinion", "approval", "exception")} == {None}
    assert row["purchase"]["items"][0]["price"]["bare"] == 200_000_000


@pytest.mark.parametrize(
    ("story", "way"),
    [
        (Story(JIANGSU, purchase(item("2000000.00"))).reviewed().approved(), "opinion"),
        (Story(JIANGSU, purchase(item("2000000.00"))).excepted().approved(), "exception"),
        (Story(JIANGSU, purchase(item("400000.00"))), "not_required"),
    ],
)
def test_an_asset_says_by_which_way_it_was_bought(story: Story, way: str) -> None:
    asset = History(purchase_reviews.MODEL).add(ident("review"), *story.procured().events).rows.one(ASSETS)
    assert (asset["asset_number"], asset["way"]) == ("A-0", way)


def asked(name: str, day: date, wanted: Purchase) -> list[Any]:
    [event, *more] = requested(wanted, JIANGSU)
    assert isinstance(event, PurchaseReviewRequested)
    return [event.model_copy(update={"number": name, "requested_on": day}), *more]


def signals(*requests: tuple[str, date, Purchase]) -> dict[str, Any]:
    history = History(purchase_reviews.MODEL)
    for name, day, wanted in requests:
        history.add(ident(name), *asked(name, day, wanted))
    return {row["number"]: row["split"] for row in history.rows.all(REVIEWS)}


def below(price: str = "250000.00", **changes: Any) -> Purchase:  # noqa: ANN401 - any field
    return purchase(item(price, class_code=changes.pop("class_code", "010102")), **changes)


@pytest.mark.parametrize(("second", "flagged"), [("250000.00", True), ("249999.99", False)])
def test_A16_parts_that_reach_the_threshold_together_are_flagged(second: str, flagged: bool) -> None:  # noqa: FBT001
    found = signals(("1", date(2026, 1, 1), below()), ("2", date(2026, 6, 1), below(second)))
    assert [signal is not None for signal in found.values()] == [flagged, flagged]
    if flagged:
        assert found["1"]["requests"] == ["1", "2"]
        assert (found["2"]["total_fen"], found["2"]["threshold_fen"]) == (50_000_000, 50_000_000)


@pytest.mark.parametrize(("day", "flagged"), [(date(2027, 1, 1), True), (date(2027, 1, 2), False)])
def test_A16_only_within_365_days(day: date, flagged: bool) -> None:  # noqa: FBT001 - a cell
    found = signals(("1", date(2026, 1, 1), below()), ("2", day, below()))
    assert [signal is not None for signal in found.values()] == [flagged, flagged]


@pytest.mark.parametrize(
    "other",
    [below(class_code="020202"), below(source="own_funds"), below(act="repair"), below("500000.00")],
)
def test_A16_another_category_other_money_and_what_is_reviewed_anyway_do_not_count(other: Purchase) -> None:
    assert set(signals(("1", date(2026, 1, 1), below()), ("2", date(2026, 1, 2), other)).values()) == {None}


def test_A16_a_request_withdrawn_takes_the_signal_with_it() -> None:
    history = History(purchase_reviews.MODEL)
    for name in ("1", "2"):
        history.add(ident(name), *asked(name, date(2026, 1, 1), below()))
    assert all(row["split_signal"] for row in history.rows.all(REVIEWS))
    history.add(ident("2"), PurchaseRequestCancelled(reason="…"))
    assert not any(row["split_signal"] for row in history.rows.all(REVIEWS))


def test_facilities_are_shared_while_they_are_published() -> None:
    history = History(shared_facilities.MODEL).add(SEM, registered(model="Regulus 8100"))
    assert not history.rows.one(FACILITIES)["published"]
    history.add(SEM, PUBLISHED, ResourceUpdated(reason="…", model="SU-9000", class_code="010103"))
    row = history.rows.one(FACILITIES)
    assert (row["published"], row["model_key"], row["class_code"]) == (True, "su9000", "010103")
    for hidden in (
        ResourceSuspended(ground="fault", reason="…", open_reservations=()),
        ExemptionClaimed(ground="secrecy", reason="…", review_on=date(2027, 1, 1)),
        ResourceTransferred(
            to_unit=ident("new"), to_legal_person=ident("p"), from_unit=ident("u"), asset_number="A-1", reason="…"
        ),
    ):
        history.add(SEM, PUBLISHED, hidden)
        assert not history.rows.one(FACILITIES)["published"]
    assert history.rows.one(FACILITIES)["unit"] == ident("new")
