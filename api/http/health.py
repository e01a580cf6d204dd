# SPDX-License-Identifier: Apache-2.0
"""Whether this process lives, and whether it can serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from application.errors import Unavailable
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from infrastructure.bootstrap import Jurisdiction, Platform


def unready(platform: Platform) -> dict[str, str]:
    """What keeps the process from serving, by name; empty when nothing does."""
    if not platform.jurisdictions:
        return {"database": "no jurisdiction: run `tongchou migrate`"}
    found: dict[str, str] = {}
    for name, jurisdiction in platform.jurisdictions.items():
        try:
            found.update(_unready(name, jurisdiction))
        except Unavailable:
            # All jurisdictions share one server: asking each in turn would only take longer.
            return {"database": "cannot be reached"}
    return found


def _unready(name: str, jurisdiction: Jurisdiction) -> dict[str, str]:
    with jurisdiction.database.reading() as cursor:
        rows: Any = cursor.execute("SELECT name, failed_position FROM read_models").fetchall()
    known = dict(rows)
    missing = {f"{name}.{model.name}": "not migrated" for model in READ_MODELS if model.name not in known}
    failed = {
        f"{name}.{model}": f"stopped at position {position}"
        for model, position in known.items()
        if position is not None
    }
    return missing | failed
