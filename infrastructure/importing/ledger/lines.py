# SPDX-License-Identifier: Apache-2.0
"""One line of a ledger becomes an asset, or is refused with everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infrastructure.importing.cells import EXCEL_ERRORS
from infrastructure.importing.ledger.columns import bare, vocabulary
from infrastructure.importing.ledger.findings import Finding, Place, column_name
from infrastructure.importing.ledger.sheets import shared_cells
from infrastructure.importing.ledger.values import Unreadable, amount, asset_number, day, pieces, plain
from infrastructure.importing.tables import normalised

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from infrastructure.importing.ledger.findings import Weight
    from infrastructure.importing.ledger.sheets import LedgerSheet
    from infrastructure.importing.ledger.values import Read
    from infrastructure.importing.lines import Line

TEXTS = ("name", "model", "manufacturer", "category", "funding", "location", "project_number")
ALONE = frozenset({"asset_number", "value", "unit_price", "quantity"})
"""What no two assets can share."""
ESSENTIAL = ALONE | {"name"}
"""Without these a line is refused; another cell that cannot be read is left empty, and the asset is counted."""
LONGEST = 2000
_TOTAL = re.compile(r"^(本页|本表)?(合计|总计|小计|累计|共计|total|subtotal|sum)")

_REMARK = re.compile(r"^(制表|填表|填报|审核|复核|负责人|单位负责人|经办|打印|日期|备注|说明|注:|第\d+页|共\d+页)")


@dataclass
class Reader:
    """Reads the lines of one sheet and collects what there is to say about them."""

    file: str
    sheet: LedgerSheet
    as_of: date
    findings: list[Finding] = field(default_factory=list)
    stated_totals: list[tuple[Line, str]] = field(default_factory=list)
    passed_over: int = 0

    def read(self, line: Line) -> dict[str, Any] | None:
        """The fields of an asset; None for a line that is none, or is refused."""
        if not line.problem and not any(cell.strip() for cell in line.cells):
            return None
        if self._is_aside(line):
            self.passed_over += 1
            return None
        if line.problem and line.problem.code != "merged_cells":
            self._say(line, "refused", line.problem.code, **line.problem.parameters)
            return None
        width = len(self.sheet.columns.headers)
        if len(line.cells) != width:  # a separator too many, and the price would be taken from the wrong column
            self._say(line, "refused", "cell_count", found=str(len(line.cells)), expected=str(width))
            return None
        shared, filled, broken = shared_cells(self.sheet, line, ALONE)
        if broken:
            area = next(area.name for area in self.sheet.areas if area.top <= line.number <= area.bottom)
            self._say(line, "refused", "merged_cells", area=area)
            return None
        for name in filled:
            self._say(shared, "read_so", "shared_cell", field=name)
        if line.number in self.sheet.odd:
            self._say(line, "read_so", "other_encoding")
        return self._asset(shared)

    def _is_aside(self, line: Line) -> bool:
        """A total, the header printed again, or a remark such as who drew up the ledger."""
        texts = [normalised(cell) for cell in line.cells if cell.strip()]
        if texts and texts == [normalised(header) for header in self.sheet.columns.headers if header]:
            return True
        number = self._text(line, "asset_number")
        if (not number or number == texts[0]) and any(_TOTAL.match(text) for text in texts[:3]):
            self.stated_totals.append((line, self._text(line, "value")))
            return True
        valued = self._text(line, "value") or self._text(line, "unit_price")
        return not line.problem and not valued and (not number or _REMARK.match(texts[0]) is not None)

    def _asset(self, line: Line) -> dict[str, Any] | None:
        before = len(self.findings)
        found: dict[str, Any] = {name: plain(self._text(line, name)) for name in TEXTS}
        for name, reader in self._readers().items():
            value = self._value(line, name, reader)
            if value is not None:
                found[name] = value
        self._reckon_value(line, found)
        for name in ("asset_number", "name", "value"):
            stated = name if name in self.sheet.columns.places else "unit_price"  # a value may be reckoned from prices
            if not found.get(name) and not (name == "value" and "value" in found) and not self._spoken_of(line, stated):
                self._say(line, "refused", "missing", field=stated)
        self._check_texts(line, found)
        self._check_dates(line, found)
        if any(item.weight == "refused" for item in self.findings[before:]):
            return None
        return _named(found)

    def _readers(self) -> dict[str, Callable[[str], Read]]:
        columns = self.sheet.columns
        return {
            "asset_number": asset_number,
            "value": lambda text: amount(text, columns.unit("value")),
            "unit_price": lambda text: amount(text, columns.unit("unit_price")),
            "quantity": pieces,
            "acquired_on": day,
            "accepted_on": day,
        }

    def _value(self, line: Line, name: str, reader: Callable[[str], Read]) -> Any:  # noqa: ANN401 - of any kind
        text = self._text(line, name)
        if not text:
            return None
        weight: Weight = "refused" if name in ESSENTIAL else "left_empty"
        if text in EXCEL_ERRORS:
            self._say(line, weight, "excel_error", field=name)
            return None
        try:
            read = reader(text)
        except Unreadable as unreadable:
            self._say(line, weight, unreadable.code, field=name, unit=self._unit(name))
            return None
        if read.note:
            self._say(line, "read_so", read.note, field=name, read=_shown(read.value))
        return read.value

    def _reckon_value(self, line: Line, found: dict[str, Any]) -> None:
        """A sheet without a column for the value states it as price and number."""
        columns = self.sheet.columns
        if "value" not in columns.places and columns.priced and "unit_price" in found:
            found["value"] = found["unit_price"] * found.get("quantity", 1)
            self._say(line, "read_so", "value_reckoned", field="unit_price", read=_shown(found["value"]))

    def _check_texts(self, line: Line, found: dict[str, Any]) -> None:
        for name in TEXTS:
            if "\0" in found[name] or found[name] in EXCEL_ERRORS or len(found[name]) > LONGEST:
                code = "nul_byte" if "\0" in found[name] else "text_too_long"
                code = "excel_error" if found[name] in EXCEL_ERRORS else code
                self._say(line, "refused" if name in ESSENTIAL else "left_empty", code, field=name)
                found[name] = ""

    def _check_dates(self, line: Line, found: dict[str, Any]) -> None:
        for name in ("acquired_on", "accepted_on"):
            if name in found and found[name] > self.as_of:
                self._say(line, "left_empty", "date_after_ledger", field=name, as_of=self.as_of.isoformat())
                del found[name]

    def _spoken_of(self, line: Line, name: str) -> bool:
        column = self._column(name)
        return any((item.line, item.column, item.weight) == (line.number, column, "refused") for item in self.findings)

    def _text(self, line: Line, name: str) -> str:
        place = self.sheet.columns.places.get(name)
        return line.cells[place].strip() if place is not None and place < len(line.cells) else ""

    def _column(self, name: str) -> str:
        place = self.sheet.columns.places.get(name)
        if place is None:
            return name
        return column_name(place, self.sheet.columns.headers[place], lettered=self.sheet.lettered)

    def _unit(self, name: str) -> str:
        return self.sheet.columns.unit(name) if name in ("value", "unit_price") else ""

    def _say(self, line: Line, weight: Weight, code: str, *, field: str = "", **more: str) -> None:
        self.findings.append(self.say(line, weight, code, field=field, **more))

    def say(self, line: Line, weight: Weight, code: str, *, field: str = "", **more: str) -> Finding:
        """A finding about a line, or about its cell of one field."""
        try:
            number = str(asset_number(self._text(line, "asset_number")).value)
        except Unreadable:
            number = ""
        place = Place(self.file, self.sheet.name, line.number, number)
        column = self._column(field) if field else ""
        return place.finding(weight, code, column=column, value=self._text(line, field) if field else "", **more)


def _named(found: dict[str, Any]) -> dict[str, Any]:
    """Fields as the domain names them, and what the words for kind and money mean."""
    words = vocabulary()
    source = words.sources.get(normalised(found["funding"]))
    named = {"value": "value_fen", "unit_price": "unit_price_fen", "funding": "funding_text"}
    return {named.get(name, name): value for name, value in found.items()} | {
        "funding": source,
        "equipment": words.categories.get(bare(found["category"])),
    }


def _shown(value: object) -> str:
    return f"{value // 100}.{value % 100:02d} 元" if isinstance(value, int) else str(value)
