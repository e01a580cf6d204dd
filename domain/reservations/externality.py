# SPDX-License-Identifier: Apache-2.0
"""Internal or external use, which decides on contract, price, voucher and every total (JS 4, CQ 4, A29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

INTERNAL_USER_KIND = "internal"
"""The kind of user that own staff are in a fee standard."""


def is_external(provider_head: UUID, customer_head: UUID | None) -> bool:
    """Whether a use serves somebody else than the provider's own legal person (JS-4.1, CQ-4.1).

    Both are heads: a branch stands for its head office (ruling 8.20). An individual has no legal person.
    """
    return customer_head != provider_head


def price_kind(user_kind: str, *, external: bool) -> str:
    """The kind of user under which a use is priced."""
    return user_kind if external else INTERNAL_USER_KIND
