# SPDX-License-Identifier: Apache-2.0
"""What happens to a purchase before it is made (lifecycle 6.2), and the warning catalogue (JS 12.b)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.purchasing.facilities import Candidate, Matches
from domain.purchasing.rule import Band, Finding
from domain.purchasing.values import FundingShare, Price, Purchase, Value

Conclusion = Literal["positive", "negative", "conditional"]
Stage = Literal["estimate", "contract"]


class WarningMatch(Value):
    """An entry of a version of the warning catalogue that a purchase matches. `item` is its place, from 0."""

    catalogue_version: int
    class_code: str
    item: int


class Declaration(Value):
    """What a reviewer says of his own interests; `person` is a pseudonym."""

    person: UUID
    conflict: bool
    statement: str = ""


class Asset(Value):
    """What was bought for the item at a place, from 0, under its number in the unit's ledger."""

    item: int
    asset_number: str


class PurchaseReviewRequested(Event):
    """A unit asks before it buys with public money (JS 12.a, CQ 22.b).

    `requesters` are the persons who ask, `shown` the shared facilities that were shown to them (CQ 22.a).
    """

    TYPE: ClassVar[str] = "purchasing.PurchaseReviewRequested"

    number: str
    unit: UUID
    legal_person: UUID
    requesters: tuple[UUID, ...]
    requested_on: date
    purchase: Purchase
    total_fen: Fen
    finding: Finding
    split_window_days: int
    warnings: tuple[WarningMatch, ...]
    shown: Matches
    why_not_shared: str = ""


class ReviewFoundNotRequired(Event):
    """The rule asks for no review: act, money or price is out of its scope (JS 12.a, 12.c; CQ 22.b)."""

    TYPE: ClassVar[str] = "purchasing.ReviewFoundNotRequired"

    finding: Finding


class PurchasePriceRevised(Event):
    """Another price for the same things (A15, A17).

    `voids` says that the band has changed: what was routed, opined, excepted or approved no longer holds.
    """

    TYPE: ClassVar[str] = "purchasing.PurchasePriceRevised"

    stage: Stage
    prices: tuple[Price, ...]
    set_price_fen: Fen | None
    funding: tuple[FundingShare, ...]
    total_fen: Fen
    finding: Finding
    former_band: Band
    voids: bool
    revised_by: UUID
    reason: str


class PurchaseSetCorrected(Event):
    """The reviewer finds that the items do, or do not, work as one system (A20); `voids` as for a price."""

    TYPE: ClassVar[str] = "purchasing.PurchaseSetCorrected"

    one_system: bool
    total_fen: Fen
    finding: Finding
    former_band: Band
    voids: bool
    corrected_by: UUID
    reason: str


class ReviewerMandated(Event):
    """A third party is mandated to review this request (JS 12.c, 12.d; CQ 8, A24). Both days included."""

    TYPE: ClassVar[str] = "purchasing.ReviewerMandated"

    institution: UUID
    number: str
    mandated_by: str
    mandated_on: date
    valid_until: date | None


class ReviewRouted(Event):
    """Given to a reviewer of the band (JS 12.c, 12.d; CQ 7(c), 8(c)).

    `reviewer` is a legal person. A third party's `mandate_number` says by what it acts.
    """

    TYPE: ClassVar[str] = "purchasing.ReviewRouted"

    band: Band
    reviewer_role: str
    reviewer: UUID
    mandate_number: str | None


class ReviewRerouted(Event):
    """Taken from one reviewer and given to another: a conflict of interest, or a change of reviewer."""

    TYPE: ClassVar[str] = "purchasing.ReviewRerouted"

    ground: Literal["conflict_of_interest", "reviewer_change"]
    reason: str
    former_reviewer: UUID
    reviewer_role: str
    reviewer: UUID
    mandate_number: str | None


class DuplicateCheckCompleted(Event):
    """The registry was searched for facilities that may serve as well (CQ 22.b, A25).

    Nothing found is recorded as 0. The position of the log says what the registry knew at that moment.
    """

    TYPE: ClassVar[str] = "purchasing.DuplicateCheckCompleted"

    count: int
    candidates: tuple[Candidate, ...]
    position: int
    remarks: str = ""


class ReviewStarted(Event):
    """The reviewing persons have declared their interests and begin (A23)."""

    TYPE: ClassVar[str] = "purchasing.ReviewStarted"

    panel: tuple[Declaration, ...]


class ExpertOpinionAttached(Event):
    """An expert's advice for the reviewer; it decides nothing (CQ 9)."""

    TYPE: ClassVar[str] = "purchasing.ExpertOpinionAttached"

    expert: UUID
    advice: Conclusion
    text: str
    document_digest: str | None


class ReviewOpinionIssued(Event):
    """The reviewer's opinion in its mandatory parts and open remarks (JS 12.e, CQ 22.c).

    An important basis of the approval, not the approval. `warnings` stay on it: they refuse nothing (JS 12.b).
    """

    TYPE: ClassVar[str] = "purchasing.ReviewOpinionIssued"

    parts: dict[str, str]
    conclusion: Conclusion
    conditions: str
    remarks: str
    issued_by: UUID
    issued_on: date
    warnings: tuple[WarningMatch, ...]
    matches_shown: int


class ReviewExceptionGranted(Event):
    """The competent authority lets a purchase go without review, with reason and document (JS 12.g, CQ 22.d, A21)."""

    TYPE: ClassVar[str] = "purchasing.ReviewExceptionGranted"

    authority: str
    granted_by: UUID
    reason: str
    document_number: str
    granted_on: date


class PurchaseApproved(Event):
    """The approving authority lets the purchase happen (JS 12.f, CQ 22.c, A82).

    `conclusion` is that of the opinion, None on an exception, whose document is then carried. `opinion_old` is the
    warning of an opinion older than the days of A22.
    """

    TYPE: ClassVar[str] = "purchasing.PurchaseApproved"

    authority: str
    approved_by: UUID
    approved_on: date
    decision_reference: str
    conclusion: Conclusion | None
    reason: str
    exception_document: str | None
    opinion_age_days: int | None
    opinion_old: bool


class PurchaseRefused(Event):
    """The approving authority does not let the purchase happen."""

    TYPE: ClassVar[str] = "purchasing.PurchaseRefused"

    authority: str
    refused_by: UUID
    decision_reference: str
    reason: str


class ProcurementCompleted(Event):
    """Bought and accepted into the unit's assets; the resource enters the registry from here (CQ 12.b)."""

    TYPE: ClassVar[str] = "purchasing.ProcurementCompleted"

    unit: UUID
    contract_number: str
    prices: tuple[Price, ...]
    set_price_fen: Fen | None
    total_fen: Fen
    assets: tuple[Asset, ...]
    accepted_on: date


class PurchaseRequestCancelled(Event):
    """The unit does not want it any more."""

    TYPE: ClassVar[str] = "purchasing.PurchaseRequestCancelled"

    reason: str


class WarningEntry(Value):
    """A class of instruments that is little used: its published instruments and their figures, in minutes."""

    class_code: str
    instruments: int
    used_minutes: int
    opened_minutes: int
    utilisation: Decimal


class LeftOut(Value):
    """An entry of the draft that is not published, and why."""

    class_code: str
    reason: str


class WarningCatalogueDrafted(Event):
    """Computed from utilisation: classes below a rate with at least so many published instruments (JS 12.b).

    Threshold and least number are set by whoever drafts it, and bind nobody until a version is published.
    """

    TYPE: ClassVar[str] = "purchasing.WarningCatalogueDrafted"

    draft: int
    threshold: Decimal
    least_instruments: int
    first_month: str
    last_month: str
    classes_seen: int
    entries: tuple[WarningEntry, ...]
    position: int


class WarningCatalogueVersionPublished(Event):
    """A version of the catalogue that warns against new purchases (JS 12.b)."""

    TYPE: ClassVar[str] = "purchasing.WarningCatalogueVersionPublished"

    catalogue_version: int
    draft: int
    document_number: str
    published_on: date
    entries: tuple[WarningEntry, ...]
    left_out: tuple[LeftOut, ...]
