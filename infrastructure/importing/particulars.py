# SPDX-License-Identifier: Apache-2.0
"""One line of a table becomes the fields of `RegisterResource` and the opening to publish with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from domain.resources.values import FundingSource
from infrastructure.importing import cells
from infrastructure.importing.problems import LineRefused, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.resources.values import OpeningWindow
    from infrastructure.importing.lines import Line
    from infrastructure.importing.mapping import Mapping, OpeningTerms
    from infrastructure.importing.tables import Table

REQUIRED = ("asset_number", "name_zh", "original_value_yuan", "funding_source")
TEXTS = (
    "asset_number", "name_zh", "name_en", "model", "manufacturer", "origin_country", "class_code", "subject_code",
    "location", "city", "district", "description", "external_id",
)  # fmt: skip
READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "original_value_yuan": (cells.fen, "bad_amount"),
    "acquired_on": (cells.day, "bad_date"),
    "accepted_on": (cells.day, "bad_date"),
    "aliases": (cells.words, "bad_value"),
    "large": (cells.yes_or_no, "bad_choice"),
    "duty_free": (cells.yes_or_no, "bad_choice"),
    "bookable": (cells.yes_or_no, "bad_choice"),
}
FUNDING = get_args(FundingSource)


@dataclass(frozen=True)
class Particulars:
    """What a line says: fields of the registration, and weekly windows where it gives hours."""

    asset_number: str
    fields: dict[str, Any]
    windows: tuple[OpeningWindow, ...]


def asset_number_of(table: Table, line: Line, mapping: Mapping) -> str:
    """The asset number a line is reported under, also when the line is refused."""
    return "" if line.problem else _texts(table, line, mapping).get("asset_number", "")


def particulars_of(table: Table, line: Line, mapping: Mapping) -> Particulars:
    """The values of a line. Raises `LineRefused` with every problem of the line at once."""
    if line.problem:
        raise LineRefused([line.problem])
    texts = _texts(table, line, mapping)
    problems = [Problem("missing", name) for name in REQUIRED if not texts.get(name)]
    problems += [Problem("excel_error", name, {"value": text}) for name, text in texts.items() if _broken(text)]
    problems += [Problem("nul_byte", name) for name, text in texts.items() if "\0" in text]
    values: dict[str, Any] = {name: texts[name] for name in TEXTS if texts.get(name)}
    for name, (reader, code) in READERS.items():
        text = texts.get(name, "")
        if text and not _broken(text):
            try:
                values[name] = reader(text)
            except ValueError:
                problems.append(Problem(code, name, {"value": text, "allowed": "true, false, 是, 否"}))
    source = texts.get("funding_source")
    if source and source not in FUNDING:
        problems.append(Problem("bad_choice", "funding_source", {"value": source, "allowed": ", ".join(FUNDING)}))
    windows = _windows(texts, mapping.opening, problems)
    if problems:
        raise LineRefused(problems)
    if "external_id" in values:
        values["external_id"] = f"{mapping.name}:{values['external_id']}"
    return Particulars(texts["asset_number"], _registration(values, texts), windows)


def _registration(values: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    """Fields as the command names them: the value in fen, all of it from the one source a line can name."""
    amount = values.pop("original_value_yuan")
    funding = [{"source": texts["funding_source"], "amount_fen": amount}]
    bookable = values.pop("bookable", True)
    return values | {"original_value_fen": amount, "funding": funding, "bookable": bookable, "holding": "physical"}


def _texts(table: Table, line: Line, mapping: Mapping) -> dict[str, str]:
    found = dict(mapping.defaults)
    for name, headers in mapping.columns.items():
        text = next((cell for header in headers if (cell := table.cell(line, header))), "")
        for unwanted in mapping.remove:
            text = text.replace(unwanted, "").strip()
        if text:
            found[name] = mapping.values.get(name, {}).get(text, text)
    return found


def _broken(text: str) -> bool:
    return text in cells.EXCEL_ERRORS


def _windows(texts: dict[str, str], opening: OpeningTerms | None, problems: list[Problem]) -> tuple[OpeningWindow, ...]:
    if opening is None:
        return ()
    written, hours = texts.get("opening_hours"), texts.get("hours_per_day")
    try:
        if written:
            return cells.weekly_windows(written)
        return cells.hours_a_day(hours, opening.weekdays, opening.starts_at_minute) if hours else ()
    except ValueError:
        name = "opening_hours" if written else "hours_per_day"
        code = "bad_opening" if written else "bad_hours"
        problems.append(Problem(code, name, {"value": written or hours or ""}))
        return ()
