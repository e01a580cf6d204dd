# SPDX-License-Identifier: Apache-2.0
"""Where a broken rule stands in the input of a command that judges a request without being one.

The rules name the fields of a request. Who moves or passes on a reservation never wrote those, and would look for
`on_behalf_of` in vain.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TRANSFER = {
    "on_behalf_of": "to_user",
    "user_kind": "to_user",
    "span": "reservation_id",
    "span.start": "reservation_id",
    "resource_id": "reservation_id",
    "contract_id": "reservation_id",
    "voucher_grant_id": "reservation_id",
    "purpose": "reservation_id",
    "use_type": "reservation_id",
    "accessories": "reservation_id",
}
MOVE = dict.fromkeys((*(name for name in TRANSFER if not name.startswith("span")), "group_id"), "reservation_id")


@contextmanager
def placed(fields: Mapping[str, str]) -> Iterator[None]:
    """Tell each broken rule where it stands in the command; a field without a line keeps its name."""
    try:
        yield
    except DomainError as refused:
        found = [replace(each, field=fields.get(each.field or "", each.field)) for each in refused.violations]
        raise DomainError(found) from refused
