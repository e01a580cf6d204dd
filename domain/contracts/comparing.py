# SPDX-License-Identifier: Apache-2.0
"""Two versions of a contract side by side: clause by clause and term by term, what was added, removed or changed.

Texts are compared sentence by sentence first and by words only inside what differs, so that long clauses cost little.
A Chinese character is a word, and so is a run of letters or digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import JsonValue

    from domain.contracts.document import Clauses
    from domain.contracts.events import Terms

Change = Literal["same", "added", "removed", "changed"]
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]?|[。；;！？!?\n]")
_WORD = re.compile(r"[A-Za-z0-9_.%]+|\s+|.", re.DOTALL)
MOST_WORDS = 2_000
"""Of what differs, on either side: beyond that it is shown as replaced in whole: the work grows as the square."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stands in both versions, only in the first or only in the second."""

    how: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One clause or term. `pieces` put the first and the second version of a text together."""

    name: str
    change: Change
    before: JsonValue
    after: JsonValue
    pieces: tuple[Piece, ...] = ()


def compare_clauses(before: Clauses, after: Clauses) -> list[Difference]:
    """Every clause that stands in either version, also those that are the same."""
    return list(_differing(_texts(before), _texts(after), by_words=True))


def compare_terms(before: Terms, after: Terms) -> list[Difference]:
    """Every term; shares are told by side, so that their order does not matter."""
    return list(_differing(_flat(before), _flat(after), by_words=False))


def _texts(clauses: Clauses) -> dict[str, JsonValue]:
    texts: dict[str, JsonValue] = {**clauses.model_dump(exclude={"further"}), **clauses.further}
    return {name: text or None for name, text in texts.items()}


def _flat(terms: Terms) -> dict[str, JsonValue]:
    stated: dict[str, JsonValue] = terms.model_dump(mode="json", exclude={"ip_shares"})
    shares: dict[str, JsonValue] = {f"ip_share_{share.party}": f"{share.percent:.2f}" for share in terms.ip_shares}
    resources: list[JsonValue] = [*sorted(map(str, terms.resources))]
    return {**stated, "resources": resources, **shares}


def _differing(
    before: Mapping[str, JsonValue], after: Mapping[str, JsonValue], *, by_words: bool
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        pieces = tuple(_pieces(str(one or ""), str(other or ""))) if by_words and one != other else ()
        yield Difference(name, _change(one, other), one, other, pieces)


def _change(before: JsonValue, after: JsonValue) -> Change:
    if before == after:
        return "same"
    if before in (None, [], ""):
        return "added"
    return "removed" if after in (None, [], "") else "changed"


def _pieces(before: str, after: str) -> Iterator[Piece]:
    for same, one, other in _runs(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        if same:
            yield Piece("same", "".join(one))
        else:
            yield from _by_words(_WORD.findall("".join(one)), _WORD.findall("".join(other)))


def _by_words(before: list[str], after: list[str]) -> Iterator[Piece]:
    small = max(len(before), len(after)) <= MOST_WORDS
    runs = _runs(before, after) if small else iter([(False, before, after)])
    for same, one, other in runs:
        if same:
            yield Piece("same", "".join(one))
            continue
        if one:
            yield Piece("removed", "".join(one))
        if other:
            yield Piece("added", "".join(other))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        yield tag == "equal", before[start:end], after[other_start:other_end]
