# SPDX-License-Identifier: Apache-2.0
"""The demonstration's data files as rows."""

from __future__ import annotations

import csv
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORIES = ("governance", "registry", "purchasing", "network", "statistics", "booking", "together", "orders")
DATA = resources.files("infrastructure.demonstration") / "data"
WEEKDAYS = {"Mon": 1, "Tue": 2, "Wed": 3, "Thu": 4, "Fri": 5, "Sat": 6, "Sun": 7}
Row = dict[str, str]


@dataclass(frozen=True)
class Catalogue:
    """Everything that one jurisdiction's demonstration begins with."""

    jurisdiction: str
    legal_persons: list[Row]
    units: list[Row]
    instruments: list[Row]
    users: list[Row]
    programmes: list[dict[str, Any]]
    houses: dict[str, Any]
    resources: list[dict[str, Any]]
    """What nobody reserves, one of every kind."""
    ledgers: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    """Of all stories, each a command of a person on a day."""

    def users_of(self, kind: str, *, unit: str = "", legal_person: str = "") -> list[Row]:
        """The people of a kind, of one unit or legal person where one is named."""
        return [
            user
            for user in self.users
            if user["kind"] == kind
            and unit in ("", user["unit_code"])
            and legal_person in ("", user["legal_person_code"])
        ]


def load_catalogue(jurisdiction: str) -> Catalogue:
    """Read the files of one jurisdiction."""
    return Catalogue(
        jurisdiction,
        _rows(jurisdiction, "legal_persons.csv"),
        _rows(jurisdiction, "units.csv"),
        _rows(jurisdiction, "instruments.csv"),
        _rows(jurisdiction, "users.csv"),
        _table(jurisdiction, "vouchers")["programmes"],
        _table(jurisdiction, "houses"),
        _table(jurisdiction, "resources")["resources"],
        _table(jurisdiction, "ledgers")["ledgers"],
        [step for story in STORIES for step in _table(jurisdiction, f"story/{story}")["steps"]],
    )


@contextmanager
def data_file(jurisdiction: str, name: str) -> Iterator[Path]:
    """A file of the data as a path, for those who read files of users."""
    with resources.as_file(DATA / jurisdiction / name) as path:
        yield path


def _rows(jurisdiction: str, name: str) -> list[Row]:
    with (DATA / jurisdiction / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _table(jurisdiction: str, name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / jurisdiction / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


def opening_windows(text: str) -> list[tuple[int, int, int]]:
    """Weekday, start and end in minutes of `Mon-Fri 08:30-17:30; Sat 09:00-12:00`."""
    windows = []
    for part in text.split(";"):
        days, hours = part.split()
        first, _, last = days.partition("-")
        start, _, end = hours.partition("-")
        windows += [
            (weekday, _minutes(start), _minutes(end)) for weekday in range(WEEKDAYS[first], WEEKDAYS[last or first] + 1)
        ]
    return sorted(windows)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
