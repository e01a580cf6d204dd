# SPDX-License-Identifier: Apache-2.0
"""Both regulations as the tests of every room use them, and a way to set one parameter by "decision"."""

from typing import Any

from domain.policy import Edition
from infrastructure.policy import load_regime

JIANGSU: Edition = load_regime("jiangsu").editions[0]
CHONGQING: Edition = load_regime("chongqing").editions[0]


def with_value(edition: Edition, name: str, value: Any) -> Edition:  # noqa: ANN401 - each parameter has its own type
    """The edition with one parameter set to `value`; None makes it silent and without a default."""
    moved = edition.parameter(name).model_copy(update={"value": value, "default": None})
    return edition.model_copy(update={"parameters": {**edition.parameters, name: moved}})
