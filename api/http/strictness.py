# SPDX-License-Identifier: Apache-2.0
"""Commands as JSON must state them: a whole number is a number, a truth a truth, a share of one a text.

Within the program the same commands are read leniently, from files as well as from code. JSON has types of its own,
and a client that sends `true` for a number has made a mistake that is better told than guessed at. Pydantic's strict
mode is of no use here: behind a validator that runs first it takes text for no date.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticKnownError, SchemaValidator, core_schema

if TYPE_CHECKING:
    from application.command import Command

STRICT = frozenset({"int", "bool"})
NOT_FOR_VALIDATION = frozenset({"metadata", "serialization"})


@cache
def strict_validator(command: type[Command]) -> SchemaValidator:
    """What validates a JSON body as `command`, all wrong fields at once."""
    return SchemaValidator(_strict(command.__pydantic_core_schema__), _use_prebuilt=False)


def _strict(node: Any) -> Any:  # noqa: ANN401 - a schema is a tree of dictionaries, lists and whatever they hold
    if isinstance(node, list | tuple):
        return type(node)(map(_strict, node))
    if not isinstance(node, dict):
        return node
    made = {name: inner if name in NOT_FOR_VALIDATION else _strict(inner) for name, inner in node.items()}
    match made.get("type"):
        case kind if isinstance(kind, str) and kind in STRICT:
            return {**made, "strict": True}
        case "decimal":
            return core_schema.no_info_before_validator_function(_exact, made)
        case "date":
            return core_schema.no_info_before_validator_function(_a_day, made)
    return made


def _exact(value: object) -> object:
    """A decimal has been through no float: text, or a whole number."""
    if isinstance(value, bool | float):
        raise PydanticKnownError("decimal_type")
    return value


def _a_day(value: object) -> object:
    """A day is no count of seconds."""
    if not isinstance(value, str) or value.isdigit():
        raise PydanticKnownError("date_type")
    return value
