# SPDX-License-Identifier: Apache-2.0
"""An edition completed by decisions: what the text says stands, what it leaves open is as decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.policy import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.policy.edition import Edition
    from domain.policy.parameter import Decision, Parameter
    from domain.policy.values import ListEntry, ParameterValue
    from domain.policy.version import Version


def completed(edition: Edition, versions: Sequence[Version]) -> Edition:
    """The edition with what the versions decide, each over those before it.

    What a later edition of the regulation has come to say itself, or no longer knows, a decision does not change.
    """
    if not versions:
        return edition
    parameters = dict(edition.parameters)
    for version in versions:
        assert version.decision is not None
        for stated in version.values:
            if stated.parameter in parameters:
                parameters[stated.parameter] = _set(parameters[stated.parameter], stated, version.decision)
        for entry in version.entries:
            if entry.list in parameters:
                parameters[entry.list] = _extended(parameters[entry.list], entry, version.decision)
    return edition.model_copy(update={"parameters": parameters})


def _set(parameter: Parameter, stated: ParameterValue, decision: Decision) -> Parameter:
    may = parameter.local if decision.territory else parameter.settable
    if not may:
        return parameter
    value = None if stated.value is None else units.read(parameter.unit, stated.value)
    return parameter.model_copy(update={"value": value, "decisions": (*parameter.decisions, decision)})


def _extended(parameter: Parameter, entry: ListEntry, decision: Decision) -> Parameter:
    held = parameter.in_force
    if not parameter.open or held is None or entry.code in entries_of(held, entry.under):
        return parameter
    field = "default" if parameter.silent else "value"
    longer: Any = with_entry(held, entry)
    return parameter.model_copy(update={field: longer, "additions": (*parameter.additions, decision)})


def entries_of(held: Any, under: str) -> tuple[str, ...]:  # noqa: ANN401 - a list or a table of lists
    """The entries of a list, or of the part of it that is named."""
    if isinstance(held, dict):
        return tuple(held.get(under, ()))
    return held if isinstance(held, tuple) else ()


def with_entry(held: Any, entry: ListEntry) -> Any:  # noqa: ANN401 - a list or a table of lists
    """The list with one more entry."""
    if isinstance(held, dict):
        return {**held, entry.under: (*held.get(entry.under, ()), entry.code)}
    return (*held, entry.code)
