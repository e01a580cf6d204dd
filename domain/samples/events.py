# SPDX-License-Identifier: Apache-2.0
"""What happens to an order for a test of samples that the customer sends in."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.kernel.quote import Quote
from domain.kernel.time import Instant

RefusalGround = Literal["not_approved", "capacity", "unsuitable", "hazard", "own_needs", "incomplete"]
DeliveryMethod = Literal["pick_up", "sent", "electronic"]


class SampleOrderApplied(Event):
    """A customer asks for a test on an instrument or by a service. `items` are test items for the whole order.

    `leader` has to approve it first; without one the unit decides at once. `hazards` is empty where there are none.
    """

    TYPE: ClassVar[str] = "samples.SampleOrderApplied"

    resource: UUID
    unit: UUID
    provider: UUID
    user: UUID
    user_kind: str
    customer: UUID | None
    external: bool
    purpose: str
    project_type: str
    items: dict[str, int] = Field(default_factory=dict)
    sample_count: int = Field(ge=1)
    description: str
    return_wanted: bool
    hazards: str = ""
    no_state_secrets: bool
    leader: UUID | None = None
    contract: UUID | None = None
    voucher_grant: UUID | None = None
    fund_card: str | None = None
    applied_by: UUID


class CustomerKindStated(Event):
    """The unit's staff says which kind of user a customer without an account is priced as, and why."""

    TYPE: ClassVar[str] = "samples.CustomerKindStated"

    user_kind: str
    reason: str
    stated_by: UUID


class InvoiceParticularsStated(Event):
    """To whom the invoice is made out. An individual has no tax number."""

    TYPE: ClassVar[str] = "samples.InvoiceParticularsStated"

    title: Personal
    tax_number: Personal | None = None
    address: Personal | None = None
    bank_account: Personal | None = None


class SampleApprovalAsked(Event):
    """Stands beside an application whose leader has a time limit; nobody's decision then has a declared outcome."""

    TYPE: ClassVar[str] = "samples.SampleApprovalAsked"

    leader: UUID
    due_at: Instant
    on_time_out: Literal["approve", "reject"]


class SampleApprovalTimedOut(Event):
    """The leader decided nothing in time; what was declared for that follows."""

    TYPE: ClassVar[str] = "samples.SampleApprovalTimedOut"

    leader: UUID
    due_at: Instant
    outcome: Literal["approve", "reject"]


class SampleOrderApproved(Event):
    """The leader of the customer's group agrees; without an `approver` it was the declared outcome of a time-out."""

    TYPE: ClassVar[str] = "samples.SampleOrderApproved"

    approver: UUID | None


class SampleOrderRefused(Event):
    """The leader or the unit declines, or nobody did in time; what was kept of a day's intake is given back."""

    TYPE: ClassVar[str] = "samples.SampleOrderRefused"

    by: Literal["leader", "provider", "system"]
    ground: RefusalGround
    reason: str
    intake: str | None = None
    returned: int = 0


class SampleOrderAccepted(Event):
    """Taken on for a day of intake; `intake` is the counter of that day, where a cap is published."""

    TYPE: ClassVar[str] = "samples.SampleOrderAccepted"

    intake_day: date
    sample_count: int
    intake: str | None = None
    cap: int | None = None
    expected_minutes: int = 0
    estimate: Quote | None = None


class SamplesReceived(Event):
    """The samples are there, under a number without gaps by unit and year; each has a label made from it."""

    TYPE: ClassVar[str] = "samples.SamplesReceived"

    number: str
    count: int = Field(ge=1)
    condition: str = ""


class SampleTestRecorded(Event):
    """A test that took place: its use of the instrument stands in `reservation`, its bill in `service_order`."""

    TYPE: ClassVar[str] = "samples.SampleTestRecorded"

    reservation: UUID
    service_order: UUID | None
    started_at: Instant
    ended_at: Instant
    used_minutes: int = Field(ge=0)
    succeeded: int = Field(ge=0)
    failed: int = Field(ge=0)
    operator: UUID
    amount_fen: Fen
    last: bool


class ReportDrafted(Event):
    """A report is written; only its SHA-256 is kept."""

    TYPE: ClassVar[str] = "samples.ReportDrafted"

    report_version: int
    digest: str
    title: str
    drafted_by: UUID


class ReportReviewed(Event):
    """Somebody else than operator and author has read it; `review_round` is 1 or 2."""

    TYPE: ClassVar[str] = "samples.ReportReviewed"

    report_version: int
    digest: str
    review_round: int
    reviewer: UUID
    comment: str = ""


class ReportReturned(Event):
    """A reviewer sends it back; a new version has to be written and reviewed from the first round."""

    TYPE: ClassVar[str] = "samples.ReportReturned"

    report_version: int
    reviewer: UUID
    reason: str


class ReportDelivered(Event):
    """The report leaves the unit."""

    TYPE: ClassVar[str] = "samples.ReportDelivered"

    digest: str
    method: DeliveryMethod
    tracking_number: str = ""
    samples_returned: bool = False


class SampleOrderAcknowledged(Event):
    """The customer has the report."""

    TYPE: ClassVar[str] = "samples.SampleOrderAcknowledged"

    note: str = ""


class SampleOrderRated(Event):
    """The customer's rating, once."""

    TYPE: ClassVar[str] = "samples.SampleOrderRated"

    score: Decimal = Field(ge=1, le=5, decimal_places=1)
    comment: str = ""


class SampleOrderWithdrawn(Event):
    """Given up before a report: free before the first test; tests that took place are owed."""

    TYPE: ClassVar[str] = "samples.SampleOrderWithdrawn"

    by: Literal["user", "provider"]
    reason: str
    owed_fen: Fen
    intake: str | None = None
    returned: int = 0
