# SPDX-License-Identifier: Apache-2.0
"""Which line of a ledger and which entry of the registry are one asset, also where units have merged.

A number is one asset's within a unit. After a merger the line may stand under the former unit and the entry under its
successor, or the other way round: then the number alone decides, where only one entry is left that bears it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Place = tuple[UUID, str]
"""A unit and an asset key."""
L = TypeVar("L")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Pair(Generic[L, E]):
    """An asset of a ledger, of the registry or of both. `key` tells it apart from all others of the list."""

    key: str
    line: L | None
    entry: E | None


def paired(lines: Mapping[Place, L], entries: Mapping[Place, E], own: Collection[UUID]) -> list[Pair[L, E]]:
    """Every line with its entry, and every entry without a line that one of the units `own` has, by key."""
    left = {place: entry for place, entry in entries.items() if place not in lines}
    elsewhere: dict[str, list[Place]] = defaultdict(list)
    for place in left:
        elsewhere[place[1]].append(place)
    found: list[tuple[Place, L | None, E | None]] = []
    for place, line in lines.items():
        entry = entries.get(place)
        places = elsewhere[place[1]]
        if entry is None and len(places) == 1:
            entry = left.pop(places.pop())
        found.append((place, line, entry))
    found += [(place, None, entry) for place, entry in left.items() if place[0] in own]
    times = Counter(key for (_, key), _, _ in found)
    pairs = (Pair(key if times[key] == 1 else f"{key}@{unit}", line, entry) for (unit, key), line, entry in found)
    return sorted(pairs, key=lambda pair: pair.key)
