# SPDX-License-Identifier: Apache-2.0
"""Bans, where the unit has published how conduct is judged (ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case

EVERYWHERE = "global"


def ban(case: Case, rules: Rules) -> None:
    """No ban of the user is in force at the request. The unit may set its own bans aside, not one for all units."""
    if case.house.conduct is None:
        return
    for each in case.conduct.bans:
        rules.require(
            each.until is not None and each.until <= case.now,
            "reservations.banned",
            citation=case.published,
            field="on_behalf_of",
            overridable_by=None if each.scope == EVERYWHERE else BY_THE_UNIT,
            ban_scope=each.scope,
            until=each.until.isoformat() if each.until else "-",
            why=each.reason,
            **case.versions,
        )
