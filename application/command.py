# SPDX-License-Identifier: Apache-2.0
"""What a command is, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, cast
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterator

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[^\s\x00]+$")]
GREATEST = 10**15
"""The greatest whole number in a command, also of fen: sums of thousands of such still fit where they are kept."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(description="SHA-256 in hexadecimal")]


class Command(BaseModel):
    """A wish to change something, named in the imperative. Unknown fields are refused.

    `TARGET` names the field that holds the id of the aggregate an `If-Match` header speaks of, if any; or it is that
    id, where a jurisdiction has only one such aggregate.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    TARGET: ClassVar[str | UUID | None] = None

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, data: Any) -> Any:  # noqa: ANN401 - a validator sees whatever was sent
        for path, value in _leaves(data, ""):
            if isinstance(value, str) and "\x00" in value:
                message = f"a text may not contain NUL bytes: {path}"
                raise ValueError(message)
            if isinstance(value, int) and abs(value) > GREATEST:
                message = f"a whole number lies between -{GREATEST} and {GREATEST}: {path}"
                raise ValueError(message)
        return data


def target_of(command: Command) -> UUID | None:
    """The aggregate that an `If-Match` header beside this command speaks of."""
    named = command.TARGET
    return cast("UUID", getattr(command, named)) if isinstance(named, str) else named


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Whatever is no list or object, keys included, with where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(key, f"{path}.{key!r}".lstrip("."))
            yield from _leaves(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{place}".lstrip("."))
    else:
        yield path or "body", value


@dataclass(frozen=True)
class Result:
    """What a handled command answers.

    `id` is the aggregate it made or changed, `data` what else the caller needs at once. The bus adds `version`
    (of that aggregate, or of the only one of its kind in which it stands) and `position` (in the log, to wait for
    one's own write).
    """

    id: UUID
    data: dict[str, JsonValue] = field(default_factory=dict)
    version: int = 0
    position: int = 0
    repeated: bool = False
