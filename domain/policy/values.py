# SPDX-License-Identifier: Apache-2.0
"""What a decision states: values of parameters, and new entries of open lists."""

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr

Names = tuple[StrictStr, ...]
Stated = StrictBool | StrictInt | StrictStr | tuple[StrictStr | StrictInt, ...] | dict[str, StrictStr | Names]
"""JSON without a loss: dates and numbers with decimals are text ("0.30", "2021-01-01"), ratios shares of one."""


class Value(BaseModel):
    """Base of values: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ParameterValue(Value):
    """A parameter of the regime and what it is to be; None says that there is to be none, where that may be said."""

    parameter: str
    value: Stated | None


class ListEntry(Value):
    """A new entry of an open list, such as a type of resource (`resource_type_added`) or a kind of broker.

    `under` names the part of a list that has several, such as the carrier whose host it is (CQ 11).
    """

    list: str
    code: str
    name_zh: str
    name_en: str
    under: str = ""
