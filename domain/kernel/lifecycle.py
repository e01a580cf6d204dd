# SPDX-License-Identifier: Apache-2.0
"""Steps of a lifecycle, and the refusal of those that it does not have from a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.citation import Citation


def require_one_of(
    allowed: Iterable[str],
    code: str,
    *,
    state: str,
    command: str,
    citation: Citation | None = None,
    field: str | None = None,
) -> None:
    """Refuse (`code`) what cannot be done from `state`; the refusal names the states from which it can."""
    possible = tuple(dict.fromkeys(allowed))
    if state not in possible:
        listed = ", ".join(possible)
        raise refusal(code, citation=citation, field=field, state=state, command=command, possible_state=listed)
