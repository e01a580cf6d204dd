# SPDX-License-Identifier: Apache-2.0
"""What the two texts fix, transcribed once more beside the regimes, so that a slip in one of them shows."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "text.toml"


@cache
def fixed_by_the_text() -> dict[str, dict[str, Any]]:
    """The values that the texts fix: parameter, then regime. None where a regulation is silent."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        f"{group}.{name}": {regime: json.loads(said, parse_float=Decimal) for regime, said in row.items()}
        for group, rows in groups.items()
        for name, row in rows.items()
    }


def plain(value: object) -> object:
    """A parameter's value as JSON has it."""
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return value if value is None or isinstance(value, bool | int | Decimal | str) else str(value)
