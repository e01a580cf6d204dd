# SPDX-License-Identifier: Apache-2.0
"""What changed between two states of a thing, field by field, from what to what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


def differences(before: Any, after: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - states of any aggregate
    """Each field that differs, in the order of the state's fields.

    A list that only grew says what was added, not all that was there; a mapping is compared entry by entry.
    """
    if before is None:
        return [{"field": name, "from": None, "to": value} for name, value in _fields(after).items() if _says(value)]
    old, new = _fields(before), _fields(after)
    return [found for name in new for found in _difference(name, old.get(name), new[name])]


def _difference(name: str, old: Any, new: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - values of any field
    if old == new:
        return []
    if isinstance(old, tuple) and isinstance(new, tuple) and new[: len(old)] == old:
        return [{"field": name, "added": new[len(old) :]}]
    if _compound(new) and (old is None or _compound(old)):
        before, after = _fields(old), _fields(new)
        keys = dict.fromkeys([*before, *after])
        return [found for key in keys for found in _difference(f"{name}.{key}", before.get(key), after.get(key))]
    return [{"field": name, "from": old, "to": new}]


def _compound(value: Any) -> bool:  # noqa: ANN401 - values of any field
    return isinstance(value, Mapping) or (dataclasses.is_dataclass(value) and not isinstance(value, type))


def _fields(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 - values of any field
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _says(value: Any) -> bool:  # noqa: ANN401 - values of any field
    return value not in (None, "", (), False, 0)
