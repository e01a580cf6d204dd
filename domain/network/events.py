# SPDX-License-Identifier: Apache-2.0
"""What happens around the units: sites, brokers, demands and matches, products, qualifications, operators' payments.

Days are those of Asia/Shanghai, both ends included; amounts are fen.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.network.values import Capacity, Outcome, PaymentKind, Reason


class SiteOpened(Event):
    """A regional site (JS 17.a) or an offline carrier (CQ 8(b), 11) begins to serve on `opened_on`.

    `kind` is a value of site.kinds, `host_kind` says what houses it; `host_reason` explains an unusual host (CQ 11).
    """

    TYPE: ClassVar[str] = "network.SiteOpened"

    kind: str
    host_kind: str
    host: UUID | None = None
    host_reason: str = ""
    name_zh: str
    name_en: str = ""
    city: str
    district: str = ""
    place: str = ""
    industry: str = ""
    services: tuple[str, ...]
    opened_on: date
    decision_reference: str = ""


class SiteChanged(Event):
    """Other particulars of a site; fields left out stay as they are."""

    TYPE: ClassVar[str] = "network.SiteChanged"

    reason: str
    name_zh: str | None = None
    name_en: str | None = None
    city: str | None = None
    district: str | None = None
    place: str | None = None
    industry: str | None = None
    services: tuple[str, ...] | None = None


class SiteStaffNamed(Event):
    """A person of the site may record matches for it (JS 17.b, CQ 11(c), 13)."""

    TYPE: ClassVar[str] = "network.SiteStaffNamed"

    user: UUID


class SiteStaffReleased(Event):
    """A person works for the site no longer."""

    TYPE: ClassVar[str] = "network.SiteStaffReleased"

    user: UUID
    reason: str


class SiteClosed(Event):
    """The site serves no longer from `closed_on` on."""

    TYPE: ClassVar[str] = "network.SiteClosed"

    reason: str
    closed_on: date


class BrokerRegistered(Event):
    """A person of a listed kind may match resources and demands (JS 17.b). `kind` is a value of broker.kinds."""

    TYPE: ClassVar[str] = "network.BrokerRegistered"

    user: UUID
    kind: str
    employer: UUID | None = None
    site: UUID | None = None
    certificate: str = ""
    fields_of_work: tuple[str, ...] = ()
    valid_from: date
    valid_until: date


class BrokerRenewed(Event):
    """The registration holds for a further period."""

    TYPE: ClassVar[str] = "network.BrokerRenewed"

    valid_from: date
    valid_until: date


class BrokerEnded(Event):
    """The registration ends before its time; `ended_on` is the first day without it."""

    TYPE: ClassVar[str] = "network.BrokerEnded"

    reason: str
    ended_on: date


class DemandStated(Event):
    """Somebody needs a service (JS 17.b, CQ 13 「精准匹配」). `customer` is the user's legal person, if any.

    `minutes` or `samples` say how much; `needed_by` is the last useful day.
    """

    TYPE: ClassVar[str] = "network.DemandStated"

    user: UUID
    customer: UUID | None
    user_kind: str
    text: str
    keywords: tuple[str, ...] = ()
    class_code: str = ""
    city: str = ""
    district: str = ""
    budget_fen: Fen | None = None
    minutes: int | None = None
    samples: int | None = None
    needed_by: date | None = None


class ResourceMatched(Event):
    """A broker or a site's staff links a demand to a resource, with the reasons (`resource_matched`, JS 17.b, CQ 13).

    `points` out of `of` are the sum of the reasons as they stood at that moment.
    """

    TYPE: ClassVar[str] = "network.ResourceMatched"

    match: UUID
    resource: UUID
    unit: UUID
    provider: UUID
    matched_by: UUID
    capacity: Capacity
    broker: UUID | None = None
    broker_kind: str = ""
    site: UUID | None = None
    points: int
    of: int
    reasons: tuple[Reason, ...]
    note: str = ""


class MatchOutcomeRecorded(Event):
    """What came of a match: a reservation, or the user declined."""

    TYPE: ClassVar[str] = "network.MatchOutcomeRecorded"

    match: UUID
    outcome: Outcome
    reservation: UUID | None = None
    reason: str = ""


class DemandWithdrawn(Event):
    """The user needs it no longer."""

    TYPE: ClassVar[str] = "network.DemandWithdrawn"

    reason: str


class DemandClosed(Event):
    """Nothing more is looked for."""

    TYPE: ClassVar[str] = "network.DemandClosed"

    reason: str


class ServiceProductPublished(Event):
    """A service made of resources with something added (JS 19.a; CQ 11(b), 15.c); an operator's has no `unit`."""

    TYPE: ClassVar[str] = "network.ServiceProductPublished"

    unit: UUID | None
    provider: UUID
    name_zh: str
    name_en: str = ""
    description: str
    base_resources: tuple[UUID, ...]
    value_added: bool
    price_text: str
    deliverable: str = ""


class ServiceProductChanged(Event):
    """Other particulars of a product; fields left out stay as they are."""

    TYPE: ClassVar[str] = "network.ServiceProductChanged"

    reason: str
    name_zh: str | None = None
    name_en: str | None = None
    description: str | None = None
    base_resources: tuple[UUID, ...] | None = None
    price_text: str | None = None
    deliverable: str | None = None


class ServiceProductWithdrawn(Event):
    """The product is offered no longer."""

    TYPE: ClassVar[str] = "network.ServiceProductWithdrawn"

    reason: str


class QualificationRecorded(Event):
    """A service qualification such as CMA or CNAS with its scope and validity (JS 19.b).

    `unit` None: it is the whole legal person's. `resources` are the ones in its scope; `digest` is of the certificate.
    """

    TYPE: ClassVar[str] = "network.QualificationRecorded"

    legal_person: UUID
    unit: UUID | None
    kind: str
    number: str
    issuer: str
    scope: str
    resources: tuple[UUID, ...] = ()
    valid_from: date
    valid_until: date
    digest: str


class QualificationRenewed(Event):
    """The qualification holds for a further period, perhaps with another scope."""

    TYPE: ClassVar[str] = "network.QualificationRenewed"

    scope: str
    resources: tuple[UUID, ...] = ()
    valid_from: date
    valid_until: date
    digest: str


class QualificationWithdrawn(Event):
    """The issuer has taken it back, or the holder gave it up; `withdrawn_on` is the first day without it."""

    TYPE: ClassVar[str] = "network.QualificationWithdrawn"

    reason: str
    withdrawn_on: date


class OperatorPaymentRecorded(Event):
    """A guidance-fund or cost-compensation payment to who operates a resource (CQ 15.a), by decision."""

    TYPE: ClassVar[str] = "network.OperatorPaymentRecorded"

    operator: UUID
    resource: UUID
    kind: PaymentKind
    amount_fen: Fen
    period_from: date
    period_until: date
    decision_reference: str
    paid_on: date
    bank_reference: str


class OperatorPaymentAnnulled(Event):
    """The payment was returned or never made."""

    TYPE: ClassVar[str] = "network.OperatorPaymentAnnulled"

    reason: str
    decision_reference: str
