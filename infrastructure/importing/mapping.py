# SPDX-License-Identifier: Apache-2.0
"""Which column means what: a TOML file, one of ours by name or the user's own by path."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from domain.resources.values import BookingTerms
from infrastructure.importing.problems import FileRefused

DEFAULT = "ledger"
FIELDS = (
    "asset_number", "name_zh", "name_en", "aliases", "model", "manufacturer", "origin_country", "class_code",
    "subject_code", "original_value_yuan", "funding_source", "acquired_on", "accepted_on", "location", "city",
    "district", "large", "duty_free", "bookable", "description", "external_id", "opening_hours", "hours_per_day",
)  # fmt: skip
Headers = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
Weekday = Annotated[int, Field(ge=1, le=7)]


class Section(BaseModel):
    """Base of the parts of a mapping: unknown keys are refused, since a misspelt one would be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OpeningTerms(Section):
    """How opening hours in the file become a published opening. Without this section none is published.

    `hours_per_day` in the file is spread over `weekdays` from `starts_at_minute` on (after local midnight);
    24 hours means every day of the week.
    """

    weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    starts_at_minute: int = Field(default=8 * 60, ge=0, lt=24 * 60)
    effective_from: date | None = None
    rated_hours_per_year: int = Field(ge=1, le=366 * 24)
    terms: BookingTerms


class Mapping(Section):
    """Columns, defaults for empty cells, and translations of values, by field of the import.

    `instrument_type` is the type of an instrument among the resource types of each regime. `remove` are texts
    taken out of every cell.
    """

    name: str
    note: str = ""
    columns: dict[str, Headers]
    defaults: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    instrument_type: dict[str, str] = {}
    opening: OpeningTerms | None = None
    remove: tuple[str, ...] = ()

    @property
    def key_headers(self) -> tuple[str, ...]:
        """Headers under which the asset number may stand."""
        return self.columns["asset_number"]


def load_mapping(name_or_path: str, defaults: dict[str, str] | None = None) -> Mapping:
    """A mapping by the name of one of ours or by path, with `defaults` over its own.

    Raises `FileRefused` for one that is not there, is wrong, or names unknown fields.
    """
    mapping = _parsed(name_or_path)
    mapping = mapping.model_copy(update={"defaults": mapping.defaults | (defaults or {})})
    unknown = sorted({*mapping.columns, *mapping.defaults, *mapping.values} - set(FIELDS))
    if unknown or "asset_number" not in mapping.columns:
        wrong = f"unknown fields {', '.join(unknown)}" if unknown else "no column for asset_number"
        message = f"The mapping {mapping.name} has {wrong}; nothing was imported. The fields are {', '.join(FIELDS)}."
        raise FileRefused(message)
    if not mapping.instrument_type:
        mapping = mapping.model_copy(update={"instrument_type": _parsed(DEFAULT).instrument_type})
    return mapping


def names() -> list[str]:
    """The mappings that come with the product."""
    folder = files(__package__).joinpath("mappings")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def _parsed(name_or_path: str) -> Mapping:
    try:
        if name_or_path in names():
            text = files(__package__).joinpath("mappings", f"{name_or_path}.toml").read_text("utf-8")
        else:
            text = Path(name_or_path).read_text("utf-8-sig")
        return Mapping.model_validate({"name": Path(name_or_path).stem} | tomllib.loads(text))
    except OSError as error:
        message = (
            f"There is no mapping {name_or_path}; nothing was imported. "
            f"Give the path of a TOML file or one of: {', '.join(names())}."
        )
        raise FileRefused(message) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = " ".join(str(error).split())
        message = f"The mapping {name_or_path} is wrong ({reason}); nothing was imported. Correct it."
        raise FileRefused(message) from error
