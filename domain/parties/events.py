# SPDX-License-Identifier: Apache-2.0
"""What happens to parties."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.house_rules import HouseRules
from domain.kernel.personal import Personal
from domain.kernel.time import Instant

LegalPersonKind = Literal[
    "university",
    "research_institute",
    "enterprise",
    "social_rd_organisation",
    "hospital",
    "government_department",
    "city_government",
    "operator",
]
BudgetStatus = Literal["departmental_budget", "other"]
UserKind = Literal["university", "research_institute", "enterprise", "social_rd_organisation", "individual"]
ScopeMode = Literal["direct", "by_reference", "voluntary"]


class LegalPersonRegistered(Event):
    """A legal person with its unified social credit code. A branch names its `head_office` (ruling 8.20)."""

    TYPE: ClassVar[str] = "parties.LegalPersonRegistered"

    credit_code: str
    name_zh: str
    name_en: str
    kind: LegalPersonKind
    budget_status: BudgetStatus
    city: str
    district: str
    head_office: UUID | None = None
    legal_representative: Personal | None = None
    actual_controller: Personal | None = None
    bank_account: Personal | None = None
    contact_phone: Personal | None = None
    registered_address: Personal | None = None


class LegalPersonDetailsChanged(Event):
    """New particulars; fields left out stay as they are."""

    TYPE: ClassVar[str] = "parties.LegalPersonDetailsChanged"

    reason: str
    name_zh: str | None = None
    name_en: str | None = None
    budget_status: BudgetStatus | None = None
    city: str | None = None
    district: str | None = None
    legal_representative: Personal | None = None
    actual_controller: Personal | None = None
    bank_account: Personal | None = None
    contact_phone: Personal | None = None
    registered_address: Personal | None = None


class TechSmeEvidenceRecorded(Event):
    """Proof that an enterprise is a technology SME, both days included (JS 22, A45, ruling 8.22)."""

    TYPE: ClassVar[str] = "parties.TechSmeEvidenceRecorded"

    number: str
    valid_from: date
    valid_until: date


class InstitutionJoined(Event):
    """A professional institution joins the platform (JS 19.c, CQ 15.a)."""

    TYPE: ClassVar[str] = "parties.InstitutionJoined"

    agreement_number: str
    joined_on: date


class InstitutionLeft(Event):
    """A professional institution leaves the platform."""

    TYPE: ClassVar[str] = "parties.InstitutionLeft"

    reason: str
    left_on: date


class UnitRegistered(Event):
    """A managing unit of a legal person (JS 3, 8; CQ 3, 12). `kind` is a value of scope.unit_kinds."""

    TYPE: ClassVar[str] = "parties.UnitRegistered"

    legal_person: UUID
    code: str
    name_zh: str
    name_en: str
    kind: str
    scope_mode: ScopeMode
    city: str
    district: str
    competent_department: str
    portal_url: str | None = None


class UnitRenamed(Event):
    """A unit has a new name (ruling 8.15)."""

    TYPE: ClassVar[str] = "parties.UnitRenamed"

    name_zh: str
    name_en: str
    reason: str


class UnitMerged(Event):
    """A unit ends in its successor (ruling 8.15)."""

    TYPE: ClassVar[str] = "parties.UnitMerged"

    successor: UUID
    decision_reference: str


class UnitMappedToLegalPerson(Event):
    """A unit belongs to another legal person from a day on (`legal_person_mapped`, JS 30.a)."""

    TYPE: ClassVar[str] = "parties.UnitMappedToLegalPerson"

    legal_person: UUID
    effective_from: date
    decision_reference: str


class SharingRulesPublished(Event):
    """The unit's own sharing rules, a precondition of publication (JS 8(1), 15; CQ 12, 14)."""

    TYPE: ClassVar[str] = "parties.SharingRulesPublished"

    rules_version: int
    title: str
    number: str
    digest: str
    effective_from: date


class UnitHouseRulesPublished(Event):
    """House rules on booking for all of the unit's instruments, in full (JS 8(1), 15; CQ 14.c; ruling 8.17)."""

    TYPE: ClassVar[str] = "parties.UnitHouseRulesPublished"

    rules_version: int
    rules: HouseRules


class UserRegistered(Event):
    """A person who uses the platform; their particulars are personal data."""

    TYPE: ClassVar[str] = "parties.UserRegistered"

    name: Personal
    user_kind: UserKind
    legal_person: UUID | None = None
    unit: UUID | None = None
    phone: Personal | None = None
    email: Personal | None = None
    identity_number: Personal | None = None


class UserAffiliationChanged(Event):
    """A user works for somebody else from now on."""

    TYPE: ClassVar[str] = "parties.UserAffiliationChanged"

    user_kind: UserKind
    legal_person: UUID | None
    unit: UUID | None
    reason: str


class UserQualified(Event):
    """A user may operate a resource without help (ruling 8.16)."""

    TYPE: ClassVar[str] = "parties.UserQualified"

    resource: UUID
    valid_from: date
    valid_until: date


class UserDeactivated(Event):
    """A user no longer takes part; history stays."""

    TYPE: ClassVar[str] = "parties.UserDeactivated"

    reason: str


class ExternalIdentityLinked(Event):
    """Somebody is known in a unit's own platform under an identity of theirs (JS 16.b, CQ 12.a).

    `digest` is by what the identity is found; the identity itself is personal.
    """

    TYPE: ClassVar[str] = "parties.ExternalIdentityLinked"

    unit: UUID
    source: str
    external_user: Personal
    digest: str


class ExternalIdentityUnlinked(Event):
    """An identity in a unit's own platform is nobody's any more, and may become another person's."""

    TYPE: ClassVar[str] = "parties.ExternalIdentityUnlinked"

    unit: UUID
    source: str
    digest: str
    reason: str


class AccessTokenIssued(Event):
    """A bearer token, known to the log only by its SHA-256."""

    TYPE: ClassVar[str] = "parties.AccessTokenIssued"

    token_hash: str
    role: str
    organisation: UUID | None = None
    unit: UUID | None = None
    expires_at: Instant | None = None


class AccessTokenRevoked(Event):
    """A bearer token is worthless from now on."""

    TYPE: ClassVar[str] = "parties.AccessTokenRevoked"

    token_hash: str
    reason: str
