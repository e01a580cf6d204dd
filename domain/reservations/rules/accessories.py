# SPDX-License-Identifier: Apache-2.0
"""Accessories are among those published with the instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def accessories(case: Case, rules: Rules) -> None:
    """Each accessory wished for is published; whether a piece is free the database decides."""
    known = {accessory.name for accessory in case.house.accessories}
    for name in case.wish.accessories:
        rules.require(
            name in known,
            "reservations.accessory_unknown",
            citation=case.published,
            field="accessories",
            accessory=name,
            known=", ".join(sorted(known)),
        )
