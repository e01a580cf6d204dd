# SPDX-License-Identifier: Apache-2.0
"""What happens to a contract (lifecycle 6.4). Its text is sealed like personal data (ruling 8.23)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.kernel.time import Instant

Side = Literal["provider", "user"]


class IpShare(BaseModel):
    """One party's share of resulting intellectual property in percent; all shares sum to 100.00 (JS 20, A35)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: Side
    percent: Decimal = Field(ge=0, le=100, decimal_places=2)


class Terms(BaseModel):
    """What can be read of a contract without its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resources: tuple[UUID, ...]
    framework: bool
    valid_from: date
    valid_until: date
    experiment: Literal["independent", "joint", "commissioned"]
    ip_shares: tuple[IpShare, ...]
    acknowledgement_outputs: tuple[str, ...] = ()
    ceiling_fen: Fen | None = None


class Authority(BaseModel):
    """What entitles a signatory (ruling 8.19)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["legal_representative", "letter_of_authority", "individual"]
    letter_number: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    limit_fen: Fen | None = None


class Signing(BaseModel):
    """How it was signed: the reference of an e-signature, or the SHA-256 of a sealed scan (ruling 8.19)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["e_signature", "sealed_scan"]
    reference: str


class ContractDrafted(Event):
    """The first version.

    `clauses` is the text of the six clauses as JSON, sealed under the contract's own key; `digest` is the SHA-256
    over the canonical JSON of number, parties, terms and clauses.
    """

    TYPE: ClassVar[str] = "contracts.ContractDrafted"

    number: str
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    terms: Terms
    clauses: Personal
    document_version: int
    digest: str


class ContractRevised(Event):
    """A new version; signatures on an older one are void."""

    TYPE: ClassVar[str] = "contracts.ContractRevised"

    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    reason: str


class ContractSigned(Event):
    """One side signs one version (JS 18.a, ruling 8.19)."""

    TYPE: ClassVar[str] = "contracts.ContractSigned"

    side: Side
    document_version: int
    digest: str
    signatory: Personal
    authority: Authority
    signing: Signing
    signed_at: Instant | None = None
    """The instant from which the signature counts; with the second one the contract is in force (JS-18.1)."""


class TechnicalContractRegistered(Event):
    """Registered as a technical contract (JS 18.b, A34)."""

    TYPE: ClassVar[str] = "contracts.TechnicalContractRegistered"

    registration_number: str
    registered_on: date


class AmendmentProposed(Event):
    """A changed version is proposed; the contract in force stays in force."""

    TYPE: ClassVar[str] = "contracts.AmendmentProposed"

    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    reason: str
    proposed_by: Side


class AmendmentSignatureGiven(Event):
    """The first side signs the proposed version; `AmendmentSigned` follows with the other side's signature.

    An event beyond 6.4: the sides sign apart, each for itself (ruling 8.19).
    """

    TYPE: ClassVar[str] = "contracts.AmendmentSignatureGiven"

    side: Side
    document_version: int
    digest: str
    signatory: Personal
    authority: Authority
    signing: Signing


class AmendmentSigned(Event):
    """Both sides signed the proposed version; a registration needs renewal."""

    TYPE: ClassVar[str] = "contracts.AmendmentSigned"

    document_version: int
    digest: str
    provider_signatory: Personal
    provider_authority: Authority
    provider_signing: Signing
    user_signatory: Personal
    user_authority: Authority
    user_signing: Signing


class AmendmentDropped(Event):
    """The proposed version is given up."""

    TYPE: ClassVar[str] = "contracts.AmendmentDropped"

    reason: str


class ContractFulfilled(Event):
    """All call-offs are settled."""

    TYPE: ClassVar[str] = "contracts.ContractFulfilled"


class DisputeOpened(Event):
    """A dispute; settlement of the orders named is held."""

    TYPE: ClassVar[str] = "contracts.DisputeOpened"

    opened_by: Side
    reason: str
    orders: tuple[UUID, ...] = ()


class DisputeResolved(Event):
    """Resolved by the body that the clause names; the contract returns to its former state."""

    TYPE: ClassVar[str] = "contracts.DisputeResolved"

    body: str
    outcome: str


class ContractTerminated(Event):
    """Ended before its time; open reservations are cancelled."""

    TYPE: ClassVar[str] = "contracts.ContractTerminated"

    by: Literal["provider", "user", "both", "dispute_body"]
    reason: str


class DraftAbandoned(Event):
    """Never signed by both."""

    TYPE: ClassVar[str] = "contracts.DraftAbandoned"

    reason: str
