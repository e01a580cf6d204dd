# SPDX-License-Identifier: Apache-2.0
"""The stories, resources and ledgers of the demonstration are whole: who acts may act, and what is named exists."""

import copy
from collections import Counter
from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError

from application.catalogue import ENTRIES
from application.resources.schemas import schema_for
from infrastructure.demonstration.catalogue import Catalogue, data_file, load_catalogue
from infrastructure.demonstration.founding import FOUNDED
from infrastructure.demonstration.people import People
from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.demonstration.telling import COMMANDS, Telling
from infrastructure.importing.ledger.lines import Reader
from infrastructure.importing.ledger.sheets import ledger_sheets
from tests.domain.editions import CHONGQING, JIANGSU

EDITIONS = {"jiangsu": JIANGSU, "chongqing": CHONGQING}
ROLES = {entry.command: entry.roles for entry in ENTRIES}
ANSWERED = ("match", "order_id", "reservation_id", "reservation", "booked.0.reservation", "booked.1.reservation")
"""Ids of what else a command made, by their names in its answer."""
Data = dict[str, Catalogue]
Complaints = list[str]


def teller(here: Catalogue) -> Telling:
    """One who knows the parties and assets of a catalogue, each under an id of today."""
    people = People(
        legal_persons={row["code"]: uuid4() for row in here.legal_persons},
        units={row["unit_code"]: uuid4() for row in here.units},
        users={row["user_code"]: uuid4() for row in here.users},
        rows={row["user_code"]: row for row in here.users},
    )
    assets = {row["asset_no"]: uuid4() for row in here.instruments}
    assets |= {row["asset_number"]: uuid4() for row in here.resources}

    def resource(number: str) -> UUID:
        return assets[number]

    nobody = cast("Any", SimpleNamespace())
    return Telling(nobody, people, nobody, lambda: None, resource)


def in_time(here: Catalogue) -> list[dict[str, Any]]:
    morning = time(9)
    return [
        step
        for _, step in sorted(
            enumerate(here.steps), key=lambda item: (item[1]["on"], item[1].get("at", morning), item[0])
        )
    ]


def steps_are_commands_of_those_who_may(data: Data) -> Complaints:
    found = []
    for here in data.values():
        telling = teller(here)
        for step in in_time(here):
            told = f"{step['on']} {step['do']}"
            try:
                command = COMMANDS[step["do"]].model_validate(telling.read(step["with"]))
                actor = telling._actor(step["by"])
            except (KeyError, ValueError, ValidationError) as error:
                found.append(f"{told}: {error!r}")
                continue
            if actor.role not in ROLES[type(command)]:
                found.append(f"{told}: not by {actor.role}")
            if name := step.get("keep"):
                telling.kept |= {name: uuid4(), f"{name}.digest": "0" * 64}
                telling.kept |= {f"{name}.{made}": uuid4() for made in ANSWERED}
    return found


def days_are_those_of_the_demonstration(data: Data) -> Complaints:
    return [
        f"{row['on']}: {row}"
        for here in data.values()
        for row in (*here.steps, *here.resources, *here.ledgers)
        if not FOUNDED.date() < row["on"] < AFTERMATH
    ]


def every_kind_is_there(data: Data) -> Complaints:
    """Every kind that a regime knows beside instruments is opened once at least; `other` for one type is enough."""
    found = []
    for name, here in data.items():
        known = {kind.name for type_ in EDITIONS[name].value("resource.types") for kind in schema_for(type_).kinds}
        opened = {row["kind"] for row in here.resources if "until" not in row}
        found += [f"{name}: no {kind}" for kind in sorted(known - opened - {"instrument"})]
    return found


def mandatory_fields_are_answered(data: Data) -> Complaints:
    found = []
    for here in data.values():
        for row in here.resources:
            kind = next((kind for kind in schema_for(row["type"]).kinds if kind.name == row["kind"]), None)
            if kind is None:
                found.append(f"{row['asset_number']}: {row['kind']} is no kind of {row['type']}")
                continue
            mandatory = {field.name for field in kind.fields if field.mandatory}
            known = {field.name for field in kind.fields}
            answered = row.get("values", {}).keys()
            if row.get("until") != "registered":
                found += [f"{row['asset_number']}: {name} is missing" for name in sorted(mandatory - answered)]
            found += [f"{row['asset_number']}: {name} is no field" for name in sorted(answered - known)]
    return found


def asset_numbers_are_of_their_unit(data: Data) -> Complaints:
    found = []
    for here in data.values():
        numbers = Counter([row["asset_no"] for row in here.instruments])
        numbers.update(row["asset_number"] for row in here.resources)
        found += [f"{number} x{count}" for number, count in numbers.items() if count > 1]
        for row in here.resources:
            if not row["asset_number"].startswith(f"{row['unit']}-"):
                found.append(f"{row['asset_number']}: not of {row['unit']}")
    return found


def ledgers_are_read_whole(data: Data) -> Complaints:
    found = []
    for name, here in data.items():
        for row in here.ledgers:
            with data_file(name, row["file"]) as path:
                sheets, _ = ledger_sheets(path, {})
                readers = [Reader(path.name, sheet, row["as_of"]) for sheet in sheets]
                read = [reader.read(line) for reader in readers for line in reader.sheet.lines]
            found += [
                f"{row['file']}: {item.zh}" for each in readers for item in each.findings if item.weight != "read_so"
            ]
            if not any(read) or row["on"] <= row["as_of"]:
                found.append(f"{row['file']}: {len(read)} lines, handed in on {row['on']}")
    return found


def each_regime_shows_every_purchase(data: Data) -> Complaints:
    wanted = {"ApprovePurchase", "CompleteProcurement", "RevisePurchasePrice", "GrantReviewException"}
    found = []
    for name, here in data.items():
        told = Counter(step["do"] for step in here.steps)
        found += [f"{name}: no {command}" for command in sorted(wanted - told.keys())]
    return found


Spoil = Callable[[Catalogue], None]


def step(key: str, value: object, place: int = 0) -> Spoil:
    def spoil(here: Catalogue) -> None:
        here.steps[place][key] = value

    return spoil


def resource(key: str, value: object, place: int = 0) -> Spoil:
    def spoil(here: Catalogue) -> None:
        here.resources[place][key] = value

    return spoil


def ledger(key: str, value: object) -> Spoil:
    def spoil(here: Catalogue) -> None:
        here.ledgers[0][key] = value

    return spoil


def without(command: str) -> Spoil:
    def spoil(here: Catalogue) -> None:
        here.steps[:] = [step for step in here.steps if step["do"] != command]

    return spoil


SPOILT: dict[Callable[[Data], Complaints], dict[str, Spoil]] = {
    steps_are_commands_of_those_who_may: {
        "unknown command": step("do", "Dream"),
        "unknown person": step("by", "JS-P999"),
        "another role": step("by", "JS-P002"),
        "another name": step("keep", "misspelt"),
        "unknown field": step("with", {"kind": "rule", "colour": "red"}),
    },
    days_are_those_of_the_demonstration: {
        "before": step("on", date(2023, 11, 30)),
        "after": resource("on", AFTERMATH),
    },
    every_kind_is_there: {"a kind less": resource("until", "submitted")},
    mandatory_fields_are_answered: {
        "missing": resource("values", {}),
        "another kind": resource("kind", "specimen"),
    },
    asset_numbers_are_of_their_unit: {
        "another unit": resource("unit", "JS-U01"),
        "twice": resource("asset_number", "JS-U04-Z2402"),
    },
    ledgers_are_read_whole: {"handed in too early": ledger("on", date(2025, 12, 31))},
    each_regime_shows_every_purchase: {"no exception": without("GrantReviewException")},
}


@pytest.fixture(scope="module")
def shipped() -> Data:
    return {name: load_catalogue(name) for name in EDITIONS}


@pytest.mark.parametrize("check", SPOILT, ids=lambda check: check.__name__)
def test_the_shipped_stories_pass(shipped: Data, check: Callable[[Data], Complaints]) -> None:
    assert check(shipped) == []


@pytest.mark.parametrize(
    ("check", "spoil"),
    [
        pytest.param(check, spoil, id=f"{check.__name__}: {name}")
        for check, ways in SPOILT.items()
        for name, spoil in ways.items()
    ],
)
def test_a_spoilt_story_is_noticed(shipped: Data, check: Callable[[Data], Complaints], spoil: Spoil) -> None:
    spoilt = copy.deepcopy(shipped)
    spoil(spoilt["jiangsu"])
    assert check(spoilt) != []


def test_what_a_step_refers_to_is_put_in() -> None:
    here = load_catalogue("jiangsu")
    telling = teller(here)
    telling.kept["plan"] = "kept"
    stated = {"a": "@plan", "b": ["@unit:JS-U01", "¥1234.50"], "c": "#text", "d": date(2026, 1, 1), "e": "文本"}
    read = telling.read(stated)
    assert (read["a"], read["b"], read["d"], read["e"]) == (
        "kept",
        [telling.people.units["JS-U01"], 123_450],
        date(2026, 1, 1),
        "文本",
    )
    assert len(read["c"]) == 64
    for unknown in ("@nothing", "@unit:JS-U99", "@resource:JS-U01-0"):
        with pytest.raises(KeyError):
            telling.read(unknown)
