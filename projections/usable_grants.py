# SPDX-License-Identifier: Apache-2.0
"""The vouchers that somebody could name with a request."""

from collections.abc import Sequence
from uuid import UUID

from projections.paging import Cursor, fetch

MOST = 20


def usable_grants(cursor: Cursor, owners: Sequence[UUID]) -> list[UUID]:
    """Granted and not used up, of one of the owners; what ends first comes first."""
    rows = fetch(
        cursor,
        "SELECT id FROM voucher_grants WHERE beneficiary = ANY(%s) AND state IN ('granted', 'partly_used')"
        " ORDER BY valid_until, id LIMIT %s",
        (list(owners), MOST),
    )
    return [row["id"] for row in rows]
