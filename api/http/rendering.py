# SPDX-License-Identifier: Apache-2.0
"""Documents as JSON: times on the Shanghai clock with their offset, exact decimals as text, money as integer fen."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from pydantic import BaseModel

from domain.kernel.time import local
from infrastructure.readable import INSTANT

OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_NON_STR_KEYS


def as_json(document: object) -> bytes:
    """The bytes of a document made of rows, events and values. Raises TypeError for anything else: that is a bug."""
    return orjson.dumps(document, default=_plain, option=OPTIONS)


def localised(value: Any) -> Any:  # noqa: ANN401 - parameters of a refusal as they were written down
    """The same with each instant among its texts on the Shanghai clock."""
    match value:
        case str() if INSTANT.fullmatch(value):
            try:
                return local(datetime.fromisoformat(value)).isoformat()
            except (ValueError, OverflowError):
                return value  # what only looks like one
        case dict():
            return {name: localised(inner) for name, inner in value.items()}
        case list():
            return [localised(inner) for inner in value]
    return value


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a row may hold
    match value:
        case datetime():
            return local(value).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case BaseModel():
            return value.model_dump(mode="python")
        case set() | frozenset():
            return sorted(value, key=str)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(type(value).__name__)
