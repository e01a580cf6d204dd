# SPDX-License-Identifier: Apache-2.0
"""What happens to a resource (lifecycle 6.1 with ruling 8.15; publications of 6.11)."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.time import Instant, Span
from domain.resources.values import BookingTerms, CostElement, FeeLine, FundingShare, OpeningWindow, PublicationItems


class ResourceRegistered(Event):
    """A resource enters the registry of its managing unit. `type` is a value of resource.types of the regime."""

    TYPE: ClassVar[str] = "resources.ResourceRegistered"

    unit: UUID
    legal_person: UUID
    type: str
    bookable: bool
    holding: Literal["physical", "information"]
    asset_number: str
    name_zh: str
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    model: str = ""
    manufacturer: str = ""
    origin_country: str = ""
    class_code: str = ""
    subject_code: str = ""
    original_value_fen: Fen
    funding: tuple[FundingShare, ...]
    acquired_on: date | None = None
    accepted_on: date | None = None
    location: str = ""
    city: str = ""
    district: str = ""
    large: bool = False
    duty_free: bool = False
    description: str = ""
    external_id: str | None = None


class ResourceDataSubmitted(Event):
    """Handed in to the receiving platform under the schema of its type (JS 11.b, CQ 12.b)."""

    TYPE: ClassVar[str] = "resources.ResourceDataSubmitted"

    schema_name: str
    data_digest: str


class ResourceDataReturned(Event):
    """Returned for correction with reasons (JS 10.d, CQ 23.a)."""

    TYPE: ClassVar[str] = "resources.ResourceDataReturned"

    reasons: tuple[str, ...]


class ResourceDataAccepted(Event):
    """Checked against the standard in force (JS 11.c, CQ 8(d))."""

    TYPE: ClassVar[str] = "resources.ResourceDataAccepted"

    standard: str
    received_by: UUID | None = None
    """The receiving platform's legal person; only it may certify the submission."""


class SubmissionCertificateIssued(Event):
    """An optional, numbered proof of the submission (JS 11.c)."""

    TYPE: ClassVar[str] = "resources.SubmissionCertificateIssued"

    number: str


class CostSheetRecorded(Event):
    """Costs behind the fee standard, by element (`cost_sheet_recorded`, JS 21.e, CQ 16.a)."""

    TYPE: ClassVar[str] = "resources.CostSheetRecorded"

    sheet_version: int
    elements: tuple[CostElement, ...]
    accounting_period: str


class TariffPublished(Event):
    """A version of the fee standard in force from a day on (`tariff_published`, JS 15, 21.e, CQ 16.a)."""

    TYPE: ClassVar[str] = "resources.TariffPublished"

    tariff_version: int
    effective_from: date
    lines: tuple[FeeLine, ...]
    cost_sheet_version: int | None


class OpeningPublished(Event):
    """Opening hours and booking terms from a day on; the open hours are the base of utilisation (A28, 8.25)."""

    TYPE: ClassVar[str] = "resources.OpeningPublished"

    opening_version: int
    effective_from: date
    windows: tuple[OpeningWindow, ...]
    terms: BookingTerms
    rated_minutes_per_year: int


class OpeningLimitPublished(Event):
    """A limit that binds requests made after it (`opening_limit_published`, JS 14, 15, CQ 14.c, ruling 8.17).

    None means no limit of that kind. Minutes before the start of use.
    """

    TYPE: ClassVar[str] = "resources.OpeningLimitPublished"

    limit_version: int
    excluded_user_kinds: tuple[str, ...] = ()
    earliest_minutes_before: int | None = None
    latest_minutes_before: int | None = None
    cancel_minutes_before: int | None = None
    grace_minutes: int = 15
    no_show_charge: bool = False
    text: str


class CustomsConditionRecorded(Event):
    """The customs condition of a duty-free import, both days included (CQ 18)."""

    TYPE: ClassVar[str] = "resources.CustomsConditionRecorded"

    notice_number: str
    valid_from: date
    valid_until: date


class ResourcePublished(Event):
    """Open to users on the platform and the unit's portal (JS 8(3), 14, 15; CQ 12.b, 14.c)."""

    TYPE: ClassVar[str] = "resources.ResourcePublished"

    items: PublicationItems
    portal_url: str


class ResourceUpdated(Event):
    """Changed particulars of a resource; fields left out stay as they are (JS 13, CQ 12.b)."""

    TYPE: ClassVar[str] = "resources.ResourceUpdated"

    reason: str
    name_zh: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] | None = None
    location: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    origin_country: str | None = None
    class_code: str | None = None
    subject_code: str | None = None
    original_value_fen: Fen | None = None
    funding: tuple[FundingShare, ...] | None = None
    acquired_on: date | None = None
    accepted_on: date | None = None
    description: str | None = None
    items: PublicationItems | None = None
    portal_url: str | None = None


class OperationAuthorised(Event):
    """An operator may run the resource; owner and responsibility stay (JS 23, CQ 15.b). Both days included."""

    TYPE: ClassVar[str] = "resources.OperationAuthorised"

    operator: UUID
    scope: str
    valid_from: date
    valid_until: date


class OperationAuthorisationEnded(Event):
    """An operator's authorisation ends."""

    TYPE: ClassVar[str] = "resources.OperationAuthorisationEnded"

    operator: UUID
    reason: str


class ResourceSuspended(Event):
    """Not reservable for a while; open reservations are listed for decision (JS 15, 16.a)."""

    TYPE: ClassVar[str] = "resources.ResourceSuspended"

    ground: Literal["maintenance", "fault", "safety", "own_needs", "customs_lapse"]
    reason: str
    open_reservations: tuple[UUID, ...]


class ResourceResumed(Event):
    """Reservable again (JS 14, CQ 14.c)."""

    TYPE: ClassVar[str] = "resources.ResourceResumed"


class ExemptionClaimed(Event):
    """The unit claims that the resource may not be shared; hidden from the public at once (JS 9.b, CQ 5.a, A09)."""

    TYPE: ClassVar[str] = "resources.ExemptionClaimed"

    ground: str
    reason: str
    review_on: date


class ExemptionConfirmed(Event):
    """The exemption holds until its review date."""

    TYPE: ClassVar[str] = "resources.ExemptionConfirmed"

    review_on: date


class ExemptionRefused(Event):
    """The exemption does not hold."""

    TYPE: ClassVar[str] = "resources.ExemptionRefused"

    reason: str


class ExemptionEnded(Event):
    """The ground has lapsed."""

    TYPE: ClassVar[str] = "resources.ExemptionEnded"

    reason: str


class ResourceReassigned(Event):
    """Moved to another unit as a measure after two failed years (JS 27.c, A74)."""

    TYPE: ClassVar[str] = "resources.ResourceReassigned"

    to_unit: UUID
    to_legal_person: UUID
    from_unit: UUID
    asset_number: str
    decision_reference: str
    reason: str


class ResourceTransferred(Event):
    """An ordinary transfer between units (ruling 8.15)."""

    TYPE: ClassVar[str] = "resources.ResourceTransferred"

    to_unit: UUID
    to_legal_person: UUID
    from_unit: UUID
    asset_number: str
    reason: str


class ResourceWithdrawn(Event):
    """Scrapped, sold or returned; final, from every state (ruling 8.15)."""

    TYPE: ClassVar[str] = "resources.ResourceWithdrawn"

    ground: Literal["scrapped", "sold", "returned"]
    reason: str


class MaintenanceScheduled(Event):
    """Out of service for a span on the lanes given; the state stays Published (ruling 8.15)."""

    TYPE: ClassVar[str] = "resources.MaintenanceScheduled"

    maintenance: UUID
    span: Span
    lanes: tuple[int, ...]
    kind: Literal["maintenance", "calibration", "repair"]
    reason: str


class MaintenanceEnded(Event):
    """Back in service, at the planned end or before it."""

    TYPE: ClassVar[str] = "resources.MaintenanceEnded"

    maintenance: UUID
    lanes: tuple[int, ...]
    ended_at: Instant


class InternalBlockEntered(Event):
    """Time kept for the unit's own research and teaching (JS 16.a, A26)."""

    TYPE: ClassVar[str] = "resources.InternalBlockEntered"

    block: UUID
    span: Span
    lanes: tuple[int, ...]
    purpose: str


class InternalBlockLifted(Event):
    """Time kept for own needs is free again."""

    TYPE: ClassVar[str] = "resources.InternalBlockLifted"

    block: UUID
    lanes: tuple[int, ...]
    reason: str
