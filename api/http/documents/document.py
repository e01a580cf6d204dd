# SPDX-License-Identifier: Apache-2.0
"""What the descriptions of all answers share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


def _open(schema: dict[str, Any]) -> None:
    """Clients are to overlook members that they do not know."""
    schema.pop("additionalProperties", None)


class Document(BaseModel):
    """An answer, or a part of one. Members without a default are always there."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_open)


Exact = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$", description="An exact decimal, as text")]
Position = Annotated[int, Field(description="The log position that is shown")]
Values = dict[str, Any]
"""Values by name, of which each rule has its own."""


class SpanDocument(Document):
    """From `start` up to `end`, which does not belong to it."""

    start: AwareDatetime
    end: AwareDatetime


class TermDocument(Document):
    """Words in both languages."""

    zh: str
    en: str
