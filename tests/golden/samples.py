# SPDX-License-Identifier: Apache-2.0
"""One instance of every event, made from its field types alone: the same in every run."""

import types
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from domain.contracts.document import ClauseName
from domain.kernel.event import Event
from domain.kernel.house_rules import Tag
from domain.kernel.personal import Personal
from domain.kernel.time import Span

SUBJECT = UUID("01900000-0000-7000-8000-00000000beef")
PLAIN: dict[Any, Any] = {
    UUID: UUID("01900000-0000-7000-8000-000000000001"),
    str: "文本",
    int: 1,
    bool: True,
    Decimal: Decimal("0.5"),
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
    AwareDatetime: datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
    Personal: Personal.of(SUBJECT, "孟知微"),
    Tag: "long_term",
    ClauseName: "confidentiality",
    Span: Span(start=datetime(2026, 3, 2, 1, tzinfo=UTC), end=datetime(2026, 3, 2, 3, tzinfo=UTC)),
}
SPECIAL = {"weekday": 1, "start_minute": 480, "end_minute": 720, "score": Decimal("4.5"), "percent": Decimal("100.00")}


def sample_event(event: type[Event]) -> Event:
    """An instance with every field filled."""
    instance = sample(event)
    assert isinstance(instance, Event)
    return instance


def sample(annotation: Any) -> Any:  # noqa: ANN401 - any field type
    """A value of a field's type."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation(**{name: _field(name, info) for name, info in annotation.model_fields.items()})
    return _generic(annotation)


def _field(name: str, info: FieldInfo) -> Any:  # noqa: ANN401 - any field type
    """pydantic takes the constraints off a field's type; with them again, a type of its own is known as one."""
    if name in SPECIAL:
        return SPECIAL[name]
    constrained = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return PLAIN[constrained] if constrained in PLAIN else sample(info.annotation)


def _generic(annotation: Any) -> Any:  # noqa: ANN401 - any field type
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return arguments[0]
    if origin is Annotated:
        return sample(arguments[0])
    if origin in (Union, types.UnionType):
        return sample(next(argument for argument in arguments if argument is not type(None)))
    if origin is tuple:
        members = arguments[:1] if arguments[-1] is Ellipsis else arguments
        return tuple(sample(member) for member in members)
    if origin is dict:
        return {sample(arguments[0]): sample(arguments[1])}
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return next(iter(annotation))
    message = f"no sample for {annotation}"
    raise TypeError(message)
