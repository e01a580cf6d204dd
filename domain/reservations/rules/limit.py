# SPDX-License-Identifier: Apache-2.0
"""Whom a published opening limit leaves out (JS 14, 15; CQ 14.c; JS-14.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def user_kind_limit(case: Case, rules: Rules) -> None:
    """A user is refused for the kind of user only under a limit published before the request (ruling 8.17)."""
    limit = case.offer.limit
    if limit is not None:
        rules.require(
            case.asker.user_kind not in limit.excluded_user_kinds,
            "reservations.user_kind_excluded",
            citation=case.edition.citation("scope.audience"),
            field="resource_id",
            user_kind=case.asker.user_kind,
            limit=limit.version,
        )
