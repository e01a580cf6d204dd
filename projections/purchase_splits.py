# SPDX-License-Identifier: Apache-2.0
"""The signal that one purchase may have been split into several below the threshold (A16). It refuses nothing."""

from datetime import date, timedelta
from typing import Any, TypedDict
from uuid import UUID

from domain.purchasing.rule import Finding
from domain.purchasing.values import Purchase
from projections.readmodel import Rows, Table

SPLITS = Table("purchase_splits", ("unit", "class_code"), {"unit": "uuid", "class_code": "text", "requests": "jsonb"})
"""The requests of a unit in a category that stay below the threshold by their price alone."""


class Part(TypedDict):
    """One of the requests, with the rule it was judged by. Amounts in fen."""

    review: str
    number: str
    on: str
    total_fen: int
    threshold_fen: int
    window_days: int


Signal = dict[str, Any]


def follow(rows: Rows, unit: UUID, purchase: Purchase, finding: Finding | None, part: Part) -> dict[str, Signal | None]:
    """The signal of every request touched, by its id, after one has come, changed, or gone (`finding` is None)."""
    changed: dict[str, Signal | None] = {}
    counts = finding is not None and finding.grounds == ("price",)
    for class_code in sorted({item.class_code for item in purchase.items if item.class_code}):
        row = rows.get(SPLITS, unit, class_code) or {"unit": unit, "class_code": class_code, "requests": []}
        others = [each for each in row["requests"] if each["review"] != part["review"]]
        own = {**part, "total_fen": _total_of(purchase, class_code)}
        requests = sorted([*others, own] if counts else others, key=lambda each: (each["on"], each["number"]))
        rows.put(SPLITS, row | {"requests": requests})
        changed |= dict.fromkeys([part["review"], *(each["review"] for each in requests)])
        changed |= _signals(requests, class_code)
    return changed


def _signals(requests: list[Part], class_code: str) -> dict[str, Signal | None]:
    """Each below and together at or above the threshold, within the days that end with one of them."""
    signals: dict[str, Signal | None] = {}
    for last in requests:
        day = date.fromisoformat(last["on"])
        begin = (day - timedelta(days=last["window_days"])).isoformat()
        near = [each for each in requests if begin <= each["on"] <= last["on"]]
        total_fen = sum(each["total_fen"] for each in near)
        if len(near) > 1 and total_fen >= last["threshold_fen"]:
            signal = {
                "class_code": class_code,
                "requests": [each["number"] for each in near],
                "total_fen": total_fen,
                "threshold_fen": last["threshold_fen"],
                "window_days": last["window_days"],
            }
            signals |= {each["review"]: signal for each in near}
    return signals


def _total_of(purchase: Purchase, class_code: str) -> int:
    return sum(item.price.fen * item.quantity for item in purchase.items if item.class_code == class_code)
