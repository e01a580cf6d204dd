# SPDX-License-Identifier: Apache-2.0
"""Finding Chinese names in a database without Chinese collation: grams of one and two characters.

A text is folded (NFKC, lower case, letters and digits only) and cut into single characters and pairs. Pinyin initials
are cut the same way with a mark before each, so that `smdj` finds 扫描电镜 and nothing confuses them with Latin names;
full pinyin is cut into triples with a mark of its own, so that `saomiaodianjing` does too.
Words of the alias table are added where a text speaks of the same thing.
"""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pypinyin import Style, lazy_pinyin

INITIAL = "'"
SPELT = '"'
TITLE = "="
SPELT_LETTERS = 3  # pairs of letters are in every other name
MOST_WORDS = 8
MOST_CHARACTERS = 40
KEPT_WORDS = 20_000
"""Names of classes and makers stand in thousands of entries; spelling one takes as long as cutting it."""


@dataclass(frozen=True, slots=True)
class Searchable:
    """What is stored of a text: the grams that an index finds, and the folded words that confirm a find."""

    grams: list[str]
    folded: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word looked for. `initials` and `spelt` are its grams as pinyin, short and in full, where it may be such."""

    folded: str
    grams: list[str]
    initials: list[str] | None
    spelt: list[str] | None

    @property
    def exact(self) -> bool:
        """Whether its grams alone prove a find: up to two characters are one gram."""
        return len(self.folded) <= len("电镜")

    @property
    def names_units(self) -> bool:
        """Whether it is long enough to tell units apart: 学 is in all of them, and gc in half of their spellings."""
        return len(self.folded) >= (len("univ") if self.folded.isascii() else len("涂山"))


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that name the same instrument: where one is `found`, `names` are added."""

    found: tuple[str, ...]
    names: tuple[str, ...]


def fold(text: str) -> str:
    """Letters and digits in one width and case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def searchable(texts: Iterable[str], titles: Iterable[str] = ()) -> Searchable:
    """What to store so that any of the texts is found by a part of it, by its initials or by another name.

    Each of the `titles` is found as a whole besides.
    """
    given = [text for text in texts if text]
    words = list(dict.fromkeys(filter(None, map(fold, [*given, *_aliases_of(given)]))))
    chinese = [word for word in words if not word.isascii()]
    initials = list(dict.fromkeys(map(initials_of, chinese)))
    spelt = list(dict.fromkeys(map(spelling_of, chinese)))
    grams = {gram for word in words for gram in grams_of(word)}
    grams.update(gram for word in initials for gram in grams_of(word, INITIAL))
    grams.update(gram for word in spelt for gram in spelt_grams_of(word))
    grams.update(TITLE + title for title in map(fold, titles) if title)
    return Searchable(sorted(grams), "\n".join([*words, *initials, *spelt]))


def searchable_unit(names: Iterable[str]) -> str:
    """What to store of a unit's names so that any part of them, or of their pinyin, is found in it."""
    words = list(filter(None, map(fold, names)))
    return "\n".join([*words, *(spelling_of(word) for word in words if not word.isascii())])


def words_of(query: str) -> list[Word]:
    """The words that a person looks for, all of which must be found."""
    spaced = unicodedata.normalize("NFKC", query).lower().split()
    folded = list(dict.fromkeys(word[:MOST_CHARACTERS] for word in map(fold, spaced) if word))[:MOST_WORDS]
    return [_word(word) for word in folded]


def _word(folded: str) -> Word:
    latin = folded.isascii()
    return Word(
        folded,
        _longest(grams_of(folded)),
        _longest(grams_of(folded, INITIAL)) if latin else None,
        sorted(spelt_grams_of(folded)) if latin and len(folded) >= SPELT_LETTERS else None,
    )


def _longest(grams: set[str]) -> list[str]:
    """Pairs alone, where there are any: they say what single characters say, and fewer are faster."""
    most = max(map(len, grams))
    return sorted(gram for gram in grams if len(gram) == most)


def grams_of(word: str, mark: str = "") -> set[str]:
    """The single characters and the pairs of neighbours of a folded word, each behind the mark."""
    return {mark + word[place : place + size] for size in (1, 2) for place in range(len(word) - size + 1)}


def spelt_grams_of(word: str) -> set[str]:
    """The triples of neighbouring letters of a spelling, each behind the mark."""
    return {SPELT + word[place : place + SPELT_LETTERS] for place in range(len(word) - SPELT_LETTERS + 1)}


@lru_cache(maxsize=KEPT_WORDS)
def spelling_of(word: str) -> str:
    """The whole pinyin of a folded word without tones; other letters and digits stay: 显微镜 is xianweijing."""
    return "".join(lazy_pinyin(word))


@lru_cache(maxsize=KEPT_WORDS)
def initials_of(word: str) -> str:
    """The first letters of the pinyin of a folded word; other letters and digits stay: X射线衍射仪 is xsxysy."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def sort_key(name: str) -> str:
    """Pinyin of a name in lower case, by which catalogues in Chinese are ordered."""
    return " ".join(lazy_pinyin(unicodedata.normalize("NFKC", name).lower()))


@cache
def class_names() -> dict[str, str]:
    """Names of the national instrument classes by code."""
    table = files("domain.resources") / "codes" / "nrii_instrument_classes.csv"
    with table.open(encoding="utf-8") as lines:
        return {line["code"]: line["name"] for line in csv.DictReader(lines)}


def class_path(code: str) -> list[str]:
    """The names of a class and of the classes above it: 010102 is 扫描电镜, 电子光学仪器, 分析仪器."""
    codes = dict.fromkeys(code[:size].ljust(len(code), "0") for size in (len(code), 4, 2))
    return [class_names()[each] for each in codes if each in class_names()]


@cache
def aliases() -> tuple[Alias, ...]:
    """The alias table."""
    table = tomllib.loads((files("projections") / "search_aliases.toml").read_text(encoding="utf-8"))
    return tuple(Alias(tuple(each["found"]), tuple(each["names"])) for each in table["alias"])


def _aliases_of(texts: list[str]) -> Iterator[str]:
    spaced = " ".join(f" {_spaced(text)} " for text in texts)
    together = "\n".join(map(fold, texts))
    for alias in aliases():
        if any(_speaks_of(word, spaced, together) for word in alias.found):
            yield from alias.names


def _speaks_of(word: str, spaced: str, together: str) -> bool:
    if word.isascii():
        return f" {_spaced(word)} " in spaced or f" {fold(word)} " in spaced
    return fold(word) in together


def _spaced(text: str) -> str:
    """Latin words with single spaces: FE-SEM is "fe sem"; Chinese characters part them."""
    return " ".join(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).lower()))
