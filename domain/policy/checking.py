# SPDX-License-Identifier: Apache-2.0
"""What a decision may set, and what it may add to (JS 5, 32; CQ 6; 03-parameters 3.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import Rules, Violation
from domain.policy import units
from domain.policy.limits import beyond
from domain.policy.overlay import entries_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.kernel.citation import Citation
    from domain.policy.edition import Edition
    from domain.policy.parameter import Parameter
    from domain.policy.values import ListEntry, ParameterValue

CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


def require_sound(
    rules: Rules, edition: Edition, values: Sequence[ParameterValue], entries: Sequence[ListEntry] = ()
) -> None:
    """Note everything that a decision may not say under an edition, itself completed by earlier decisions."""
    rules.require(bool(values or entries), "policy.nothing_decided", field="values")
    names = [stated.parameter for stated in values]
    rules.require(len(set(names)) == len(names), "policy.parameter_repeated", field="values")
    for stated in values:
        _require_settable(rules, edition, stated)
    codes = [(entry.list, entry.under, entry.code) for entry in entries]
    rules.require(len(set(codes)) == len(codes), "policy.entry_repeated", field="entries")
    for entry in entries:
        _require_new_entry(rules, edition, entry)


def require_local(rules: Rules, edition: Edition, values: Sequence[ParameterValue]) -> None:
    """Note what measures of a territory may not override: anything the regime does not leave to it (JS-32.1)."""
    local = ", ".join(name for name, parameter in edition.parameters.items() if parameter.local)
    for stated in values:
        parameter = edition.parameters.get(stated.parameter)
        if parameter is not None and not parameter.local:
            cited, parameters = edition.citation(parameter.name), {"parameter": parameter.name, "local": local}
            rules.broken.append(Violation("policy.not_local", {**parameters}, cited, parameter.name))


def require_dates(
    rules: Rules, *, decided_on: date, effective_from: date, today: date, citation: Citation | None = None
) -> None:
    """A fact once judged stays judged: nothing is decided for days that are past, nor reported before it is decided."""
    rules.require(
        effective_from >= today,
        "policy.retroactive",
        citation=citation,
        field="effective_from",
        effective_from=effective_from.isoformat(),
        today=today.isoformat(),
    )
    rules.require(decided_on <= today, "policy.decided_in_future", field="decided_on", today=today.isoformat())


def _require_settable(rules: Rules, edition: Edition, stated: ParameterValue) -> None:
    name, parameter = stated.parameter, edition.parameters.get(stated.parameter)
    if parameter is None:
        rules.broken.append(Violation("policy.unknown_parameter", {"parameter": name}, field=name))
    elif parameter.settable:
        rules.broken.extend(_broken(edition, parameter, stated.value))
    else:
        code = "policy.no_such_rule" if parameter.value is None else "policy.fixed_by_text"
        parameters: dict[str, Any] = {"parameter": name, "regime": edition.regime}
        rules.broken.append(Violation(code, parameters, edition.citation(name), name))


def _broken(edition: Edition, parameter: Parameter, stated: Any) -> list[Violation]:  # noqa: ANN401 - JSON
    cited, parameters = edition.citation(parameter.name), {"parameter": parameter.name}
    if stated is None:
        broken = [Violation("policy.must_be_something", {**parameters}, cited, parameter.name)]
        return [] if parameter.limits.none else broken
    try:
        value = units.read(parameter.unit, stated)
    except ValueError:
        parameters |= {"unit": parameter.unit, "value": str(stated)}
        return [Violation("policy.not_of_unit", {**parameters}, cited, parameter.name)]
    return list(beyond(parameter, value, edition))


def _require_new_entry(rules: Rules, edition: Edition, entry: ListEntry) -> None:
    parameter = edition.parameters.get(entry.list)
    if parameter is None:
        rules.broken.append(Violation("policy.unknown_parameter", {"parameter": entry.list}, field=entry.list))
        return
    cited, held = edition.citation(entry.list), parameter.in_force
    rules.require(parameter.open, "policy.closed_list", citation=cited, field=entry.list, list=entry.list)
    rules.require(
        CODE.fullmatch(entry.code) is not None, "policy.not_a_code", citation=cited, field=entry.list, entry=entry.code
    )
    parts = ", ".join(held) if isinstance(held, dict) else ""
    in_its_part = entry.under in held if isinstance(held, dict) else not entry.under
    rules.require(in_its_part, "policy.no_such_part", field=entry.list, list=entry.list, under=entry.under, parts=parts)
    rules.require(
        entry.code not in entries_of(held, entry.under),
        "policy.already_listed",
        citation=cited,
        field=entry.list,
        list=entry.list,
        entry=entry.code,
    )
