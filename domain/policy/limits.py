# SPDX-License-Identifier: Apache-2.0
"""Whether a value keeps to the limits of its parameter."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.kernel.citation import Citation
    from domain.policy.edition import Edition
    from domain.policy.parameter import Parameter


def beyond(parameter: Parameter, value: Any, edition: Edition) -> Iterator[Violation]:  # noqa: ANN401 - any type
    """Every limit that a value of the right unit breaks; the edition knows the parameters that limits refer to."""
    cited = edition.citation(parameter.name)
    yield from _choice(parameter, value, cited)
    yield from _table(parameter, value, edition, cited)
    numbers = value.values() if isinstance(value, dict) else (value,)
    for number in numbers:
        yield from _size(parameter, number, edition, cited)


def _choice(parameter: Parameter, value: Any, cited: Citation | None) -> Iterator[Violation]:  # noqa: ANN401
    choices = parameter.limits.choices
    if choices and value not in choices:
        known = ", ".join(choices)
        yield Violation("policy.unknown_choice", {"parameter": parameter.name, "choices": known}, cited, parameter.name)


def _table(parameter: Parameter, value: Any, edition: Edition, cited: Citation | None) -> Iterator[Violation]:  # noqa: ANN401
    limits, name = parameter.limits, parameter.name
    wanted = bool(limits.keys_of or limits.sum is not None)
    wanted = wanted or isinstance(parameter.in_force, dict)
    if isinstance(value, dict) is not wanted and parameter.unit in ("ratio", "score"):
        code = "policy.table_needed" if wanted else "policy.one_number_needed"
        yield Violation(code, {"parameter": name}, cited, name)
        return
    if limits.keys_of:
        known = edition.optional(limits.keys_of) or ()
        for key in [key for key in value if key not in known]:
            parameters = {"parameter": name, "key": key, "known": ", ".join(known)}
            yield Violation("policy.unknown_key", parameters, cited, name)
    if limits.sum is not None and (added := sum(value.values(), Decimal(0))) != limits.sum:
        parameters = {"parameter": name, "added": f"{added:f}", "sum": f"{limits.sum:f}"}
        yield Violation("policy.wrong_sum", parameters, cited, name)


def _size(parameter: Parameter, number: Any, edition: Edition, cited: Citation | None) -> Iterator[Violation]:  # noqa: ANN401
    limits, name = parameter.limits, parameter.name
    if limits.above is not None and number <= limits.above:
        yield Violation("policy.too_small", {"parameter": name, "above": f"{limits.above:f}"}, cited, name)
    if limits.below is not None and number >= limits.below:
        yield Violation("policy.too_large", {"parameter": name, "below": f"{limits.below:f}"}, cited, name)
    ceiling = edition.optional(limits.at_most_of) if limits.at_most_of else None
    if ceiling is not None and number > ceiling:
        parameters = {"parameter": name, "ceiling": f"{ceiling}", "other": limits.at_most_of}
        yield Violation("policy.above_ceiling", {**parameters}, edition.citation(limits.at_most_of), name)
