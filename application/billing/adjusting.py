# SPDX-License-Identifier: Apache-2.0
"""What the fee standard says of charging less than it computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.billing.pricing import tariff_of
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work
    from domain.billing.order import Order


def second_person_above(work: Work, order: Order) -> int | None:
    """From which reduction on the published fee standard asks for a second person; None where it does not."""
    if order.delivery is None:
        return None
    resource = work.load(RESOURCE, order.resource).state
    tariff = tariff_of(resource, order.delivery.tariff_version)
    return tariff.full.second_person_above_fen if tariff and tariff.full else None
