# SPDX-License-Identifier: Apache-2.0
from domain.kernel.claims import HoldSlot, ReleaseKey, ReleaseSlot, TakeKey
from domain.resources.claims import claims_of
from domain.resources.events import (
    InternalBlockEntered,
    InternalBlockLifted,
    MaintenanceEnded,
    MaintenanceScheduled,
    ResourceTransferred,
)
from domain.resources.lanes import lane_holder
from tests.domain.resources.examples import (
    BLOCK,
    CERTIFIED,
    INSTRUMENT,
    MAINTENANCE,
    NOW,
    OTHER_UNIT,
    OWNER,
    PUBLISHED,
    UNIT,
    registered,
    span,
)

SPAN = span("13:00", "15:00")


def test_an_asset_number_belongs_to_one_resource_of_the_unit() -> None:
    assert claims_of(INSTRUMENT, registered()) == [TakeKey("resource.asset_number", f"{UNIT}:A-1", INSTRUMENT)]


def test_an_identity_elsewhere_is_taken_once() -> None:
    assert TakeKey("external", "emsl:1009", INSTRUMENT) in claims_of(INSTRUMENT, registered(external_id="emsl:1009"))


def test_the_asset_number_moves_with_the_resource() -> None:
    moved = ResourceTransferred(
        from_unit=UNIT, asset_number="A-1", to_unit=OTHER_UNIT, to_legal_person=OWNER, reason="整合"
    )
    assert claims_of(INSTRUMENT, moved) == [
        ReleaseKey("resource.asset_number", f"{UNIT}:A-1"),
        TakeKey("resource.asset_number", f"{OTHER_UNIT}:A-1", INSTRUMENT),
    ]


def test_a_certificate_s_number_is_given_once() -> None:
    assert claims_of(INSTRUMENT, CERTIFIED) == [TakeKey("certificate.number", "HJ-1", INSTRUMENT)]


def test_maintenance_and_blocks_hold_their_lanes_until_they_end() -> None:
    scheduled = MaintenanceScheduled(maintenance=MAINTENANCE, span=SPAN, lanes=(1, 2), kind="repair", reason="…")
    assert claims_of(INSTRUMENT, scheduled) == [
        HoldSlot(lane_holder(MAINTENANCE, lane), INSTRUMENT, lane, SPAN.start, SPAN.end) for lane in (1, 2)
    ]
    ended = MaintenanceEnded(maintenance=MAINTENANCE, lanes=(1, 2), ended_at=NOW)
    assert claims_of(INSTRUMENT, ended) == [ReleaseSlot(lane_holder(MAINTENANCE, lane)) for lane in (1, 2)]
    entered = InternalBlockEntered(block=BLOCK, span=SPAN, lanes=(2,), purpose="教学")
    assert claims_of(INSTRUMENT, entered) == [HoldSlot(lane_holder(BLOCK, 2), INSTRUMENT, 2, SPAN.start, SPAN.end)]
    lifted = InternalBlockLifted(block=BLOCK, lanes=(2,), reason="…")
    assert claims_of(INSTRUMENT, lifted) == [ReleaseSlot(lane_holder(BLOCK, 2))]


def test_a_publication_claims_nothing() -> None:
    assert claims_of(INSTRUMENT, PUBLISHED) == []
