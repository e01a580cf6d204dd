# SPDX-License-Identifier: Apache-2.0
"""Comparing what is to be bought with what is shared already, and saying why it is alike (CQ 22, A25).

The result is information for people, never a refusal: every candidate carries its reasons and its points.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from domain.purchasing.facilities import Candidate, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.purchasing.facilities import Facility, Nearness, Search, Sought

CLASS_POINTS, MODEL_POINTS, NAME_POINTS = 40, 30, 20
NEARNESS_POINTS: dict[Nearness, int] = {
    "same_unit": 10,
    "same_district": 8,
    "same_city": 5,
    "same_jurisdiction": 0,
}
SIMILAR_PERCENT = 50
"""Names that share half of their pairs of letters count as similar."""
MOST_LISTED = 50
CARRIED = ("resource", "unit", "model", "class_code", "city", "district", "original_value_fen")


def rank(search: Search, facilities: Iterable[Facility]) -> list[Candidate]:
    """Every candidate with its reasons, the best first; each facility once, beside the item it resembles most."""
    found = [candidate for facility in facilities if (candidate := _best(search, facility)) is not None]
    return sorted(found, key=lambda candidate: (-candidate.points, candidate.resource))


def model_key(model: str) -> str:
    """A model as it is compared: letters and digits in one width and case. REGULUS-8100 is Regulus 8100."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", model).lower()))


def similarity_percent(one: str, other: str) -> int:
    """How many pairs of neighbouring letters two names share, of all they have (Dice), in whole percent."""
    left, right = _pairs(one), _pairs(other)
    if not left or not right:
        return 0
    return 200 * len(left & right) // (len(left) + len(right))


def _best(search: Search, facility: Facility) -> Candidate | None:
    near = _nearness(search, facility)
    judged = [(place, _likeness(item, facility)) for place, item in enumerate(search.items)]
    alike = [(place, reasons) for place, reasons in judged if _is_candidate(reasons)]
    if not alike:
        return None
    place, reasons = max(alike, key=lambda each: _sum(each[1]))
    if near != "same_jurisdiction":
        reasons = [*reasons, Reason(code=near, points=NEARNESS_POINTS[near])]
    return Candidate(
        item=place,
        name=facility.names[0],
        nearness=near,
        points=_sum(reasons),
        reasons=tuple(reasons),
        **{name: getattr(facility, name) for name in CARRIED},
    )


def _likeness(item: Sought, facility: Facility) -> list[Reason]:
    reasons = []
    if item.class_code and item.class_code == facility.class_code:
        reasons.append(Reason(code="same_class", points=CLASS_POINTS, detail=item.class_code))
    if model_key(item.model) and model_key(item.model) == model_key(facility.model):
        reasons.append(Reason(code="same_model", points=MODEL_POINTS, detail=facility.model))
    percent = max((similarity_percent(item.name, name) for name in facility.names), default=0)
    if percent >= SIMILAR_PERCENT:
        reasons.append(Reason(code="similar_name", points=NAME_POINTS * percent // 100, detail=f"{percent}%"))
    return reasons


def _is_candidate(reasons: Sequence[Reason]) -> bool:
    """The type or the key specification is the same (A25); a similar name alone is chance."""
    return any(reason.code in ("same_class", "same_model") for reason in reasons)


def _nearness(search: Search, facility: Facility) -> Nearness:
    if search.unit == facility.unit:
        return "same_unit"
    if _place(search.city) != _place(facility.city) or not search.city:
        return "same_jurisdiction"
    if search.district and _place(search.district) == _place(facility.district):
        return "same_district"
    return "same_city"


def _place(name: str) -> str:
    """南京 is 南京市."""
    return name.strip().removesuffix("市")


def _sum(reasons: Iterable[Reason]) -> int:
    return sum(reason.points for reason in reasons)


def _pairs(name: str) -> set[str]:
    folded = model_key(name)
    return {folded[place : place + 2] for place in range(len(folded) - 1)}
