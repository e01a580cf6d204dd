# SPDX-License-Identifier: Apache-2.0
"""What an instrument may be used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def use_type(case: Case, rules: Rules) -> None:
    """The use type is among those published, where any are."""
    allowed = case.house.use_types
    rules.require(
        allowed is None or case.wish.use_type in allowed,
        "reservations.use_type_not_offered",
        citation=case.published,
        field="use_type",
        overridable_by=BY_THE_UNIT,
        use_type=case.wish.use_type,
        allowed=", ".join(allowed or ()),
        **case.versions,
    )
