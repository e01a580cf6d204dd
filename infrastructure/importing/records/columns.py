# SPDX-License-Identifier: Apache-2.0
"""The columns of bookings and uses: a field and the headers under which it may stand, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infrastructure.importing.problems import FileRefused
from infrastructure.importing.tables import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from infrastructure.importing.lines import Line
    from infrastructure.importing.tables import Table

HEADERS: Mapping[str, tuple[str, ...]] = {
    "source_id": ("来源编号", "记录编号", "预约编号", "source_id", "external_id"),
    "instrument": ("仪器编号", "资产编号", "instrument", "asset_number"),
    "user": ("用户账号", "用户", "user", "external_user"),
    "start": ("开始时间", "start", "started_at"),
    "end": ("结束时间", "end", "ended_at"),
    "purpose": ("用途", "purpose"),
    "used_minutes": ("使用分钟", "used_minutes"),
    "samples": ("样品数", "samples"),
    "persons": ("服务人数", "persons"),
    "operator": ("操作人", "operator"),
    "use_type": ("使用类型", "use_type"),
    "project_type": ("项目类型", "project_type"),
    "service_mode": ("服务方式", "service_mode"),
    "contract": ("合同", "contract"),
    "call_off": ("订单", "call_off"),
    "note": ("备注", "note"),
    "rules_read": ("已阅读须知", "rules_read"),
    "answers": ("回答", "answers"),
    "state": ("状态", "state"),
}
REQUIRED = ("source_id", "instrument", "user", "start", "end", "purpose")


def fields_of(table: Table, line: Line, defaults: Mapping[str, str]) -> dict[str, str]:
    """The filled cells of a line by field; an empty one takes its default."""
    found = {}
    for name, headers in HEADERS.items():
        cells = (table.cell(line, header) for header in headers)
        text = next((cell for cell in cells if cell), "") or defaults.get(name, "")
        if text:
            found[name] = text
    return found


def require_fields(file: str, table: Table, defaults: Mapping[str, str]) -> None:
    """Refuse a file without a column that every line needs, and defaults of no field. Raises `FileRefused`."""
    unknown = sorted(defaults.keys() - HEADERS.keys())
    if unknown:
        message = f"There is no field {', '.join(unknown)}; nothing was imported. The fields are {', '.join(HEADERS)}."
        raise FileRefused(message)
    missing = [name for name in REQUIRED if name not in defaults and not _stands(table, HEADERS[name])]
    if missing:
        headers = "; ".join(f"{name}: {', '.join(HEADERS[name])}" for name in missing)
        message = f"{file} has no column for {headers}; nothing was imported. Add it, or give --defaults FIELD=VALUE."
        raise FileRefused(message)


def unknown_headers(table: Table) -> tuple[str, ...]:
    """Columns that mean nothing here."""
    known = {normalised(header) for headers in HEADERS.values() for header in headers}
    return tuple(header for header in table.header if header and normalised(header) not in known)


def _stands(table: Table, headers: Iterable[str]) -> bool:
    return any(normalised(header) in table.index for header in headers)
