# SPDX-License-Identifier: Apache-2.0
"""Between a command and the request that makes it: the body is the command without what stands in the path."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import InitErrorDetails, PydanticCustomError

from api.http.errors import HttpRefusal
from api.http.strictness import strict_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from application.command import Command


@cache
def model_without(model: type[BaseModel], in_path: frozenset[str], suffix: str) -> type[BaseModel]:
    """A model as OpenAPI shows it beside a path: the same fields, words and example without those in the path.

    Made once for all routes that share it: FastAPI remembers the fields of 128 models of parameters, and fails beyond.
    """
    fields: dict[str, Any] = {
        name: (info.annotation, info) for name, info in model.model_fields.items() if name not in in_path
    }
    shown = examples(model, in_path)
    extra: dict[str, Any] = {"examples": shown} if shown else {}
    config = ConfigDict(extra="forbid", json_schema_extra=extra)
    made = create_model(f"{model.__name__}{suffix}", __config__=config, **fields)
    made.__doc__ = model.__doc__
    return made


def examples(model: type[BaseModel], in_path: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """The examples that a model states of itself, without what stands in the path."""
    extra = model.model_config.get("json_schema_extra")
    stated: Any = extra if isinstance(extra, dict) else {}
    found = stated.get("examples") or ([stated["example"]] if "example" in stated else [])
    return [{name: value for name, value in example.items() if name not in in_path} for example in found]


def parsed(command: type[Command], body: bytes, path: Mapping[str, str]) -> Command:
    """The command that a request makes. Ids are taken under their names with and without `_id`.

    Raises pydantic's ValidationError, `HttpRefusal` malformed_json or out_of_range.
    """
    data = _json(body)
    for other, name in _other_spellings(command).items():
        if other in data and name not in data and name not in path:
            data[name] = data.pop(other)
    twice = [name for name in path if name in data]
    if twice:
        raise _already_in_path(command, twice)
    data.update(path)
    try:
        made: Command = strict_validator(command).validate_python(data)
    except OverflowError as error:
        # A time at the very end of the calendar has no UTC.
        raise HttpRefusal("out_of_range") from error
    return made


@cache
def _other_spellings(command: type[Command]) -> Mapping[str, str]:
    """The other name of each field that holds ids: rooms differ in `_id`, and nobody should have to know how."""
    fields = command.model_fields
    ids = [name for name, info in fields.items() if _holds_ids(info.annotation)]
    return {other: name for name in ids if (other := _other_spelling(name)) not in fields}


def _other_spelling(name: str) -> str:
    """`resource` and `resource_id`, `orders` and `order_ids`."""
    if name.endswith("_ids"):
        return name.removesuffix("_ids") + "s"
    if name.endswith("_id"):
        return name.removesuffix("_id")
    return name.removesuffix("s") + "_ids" if name.endswith("s") else f"{name}_id"


def _holds_ids(annotation: Any) -> bool:  # noqa: ANN401 - whatever stands at a field
    return annotation is UUID or any(map(_holds_ids, get_args(annotation)))


def _json(body: bytes) -> dict[str, Any]:
    """A JSON object; nothing at all counts as the empty one."""
    if not body:
        return {}
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpRefusal("malformed_json", reason=str(error)) from error
    if not isinstance(data, dict):
        raise ValidationError.from_exception_data("body", [{"type": "dict_type", "loc": ("body",), "input": None}])
    return data


def _already_in_path(command: type[Command], names: list[str]) -> ValidationError:
    kind = PydanticCustomError("extra_forbidden", "stands in the path already")
    details = [InitErrorDetails(type=kind, loc=(name,), input=None) for name in names]
    return ValidationError.from_exception_data(command.__name__, details)
