# SPDX-License-Identifier: Apache-2.0
"""What events of resources claim: asset and certificate numbers once, and lanes for maintenance and own needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import HoldSlot, ReleaseKey, ReleaseSlot, TakeKey
from domain.resources.events import (
    InternalBlockEntered,
    InternalBlockLifted,
    MaintenanceEnded,
    MaintenanceScheduled,
    ResourceReassigned,
    ResourceRegistered,
    ResourceTransferred,
    SubmissionCertificateIssued,
)
from domain.resources.lanes import lane_holder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event. The asset number moves with the resource and outlives its withdrawal."""
    match event:
        case ResourceRegistered():
            return [_asset(event.unit, event.asset_number, stream), *_external(event.external_id, stream)]
        case ResourceReassigned() | ResourceTransferred():
            freed = ReleaseKey("resource.asset_number", f"{event.from_unit}:{event.asset_number}")
            return [freed, _asset(event.to_unit, event.asset_number, stream)]
        case SubmissionCertificateIssued():
            return [TakeKey("certificate.number", event.number, stream)]
        case MaintenanceScheduled(maintenance=hold) | InternalBlockEntered(block=hold):
            span = event.span
            return [HoldSlot(lane_holder(hold, lane), stream, lane, span.start, span.end) for lane in event.lanes]
        case MaintenanceEnded(maintenance=hold) | InternalBlockLifted(block=hold):
            return [ReleaseSlot(lane_holder(hold, lane)) for lane in event.lanes]
        case _:
            return []


def _asset(unit: UUID, number: str, stream: UUID) -> TakeKey:
    return TakeKey("resource.asset_number", f"{unit}:{number}", stream)


def _external(external_id: str | None, stream: UUID) -> Iterable[TakeKey]:
    return () if external_id is None else (TakeKey("external", external_id, stream),)
