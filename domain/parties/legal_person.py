# SPDX-License-Identifier: Apache-2.0
"""A legal person: provider, customer, operator or department. A branch is registered here too (ruling 8.20)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, get_args

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.parties.credit_code import checked
from domain.parties.events import (
    BudgetStatus,
    InstitutionJoined,
    InstitutionLeft,
    LegalPersonDetailsChanged,
    LegalPersonKind,
    LegalPersonRegistered,
    TechSmeEvidenceRecorded,
)

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.policy import Edition

JOINING_KINDS = frozenset(get_args(LegalPersonKind)) - {"government_department", "city_government"}


@dataclass(frozen=True, slots=True)
class SmeEvidence:
    """Proof of being a technology SME, both days included."""

    number: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Membership:
    """Part in the platform as a professional institution; `left_on` is the first day without it."""

    joined_on: date
    left_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the institution takes part on a day."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, slots=True)
class LegalPerson:
    """A legal person as it stands. `joined` means: as a professional institution (JS 19.c, CQ 15.a)."""

    credit_code: str
    name_zh: str
    name_en: str
    kind: LegalPersonKind
    budget_status: BudgetStatus
    city: str
    district: str
    head_office: UUID | None = None
    joined: bool = False
    memberships: tuple[Membership, ...] = ()
    sme_evidence: tuple[SmeEvidence, ...] = ()
    legal_representative: Personal | None = None
    actual_controller: Personal | None = None
    bank_account: Personal | None = None
    contact_phone: Personal | None = None
    registered_address: Personal | None = None

    @property
    def branch(self) -> bool:
        """Whether it is a branch, which has a code without being a legal person."""
        return self.head_office is not None

    @property
    def territory(self) -> str:
        """What a government governs, as its name says; 南京市鼓楼区 is not 徐州市鼓楼区.

        City and district say only where it sits: where its name bears neither, it governs nothing but itself.
        """
        if self.district and self.district in self.name_zh:
            return f"{self.city}{self.district}"
        return self.city if self.city and self.city in self.name_zh else self.name_zh

    def takes_part_on(self, day: date) -> bool:
        """Whether it offers services as a professional institution on a day (JS 19.c, CQ 15.a; JS-19.1)."""
        return any(membership.covers(day) for membership in self.memberships)

    def sme_on(self, day: date) -> SmeEvidence | None:
        """The evidence of being a technology SME that is valid on a day: the one that lasts longest (JS 22, A45)."""
        valid = [proof for proof in self.sme_evidence if proof.valid_from <= day <= proof.valid_until]
        return max(valid, key=lambda proof: proof.valid_until, default=None)


Change = (
    LegalPersonRegistered | LegalPersonDetailsChanged | TechSmeEvidenceRecorded | InstitutionJoined | InstitutionLeft
)


def evolve(state: LegalPerson | None, event: Change) -> LegalPerson:
    """The legal person after an event."""
    if isinstance(event, LegalPersonRegistered):
        return LegalPerson(**_stated(event))
    assert state is not None
    match event:
        case LegalPersonDetailsChanged():
            return replace(state, **_stated(event))
        case TechSmeEvidenceRecorded():
            proof = SmeEvidence(event.number, event.valid_from, event.valid_until)
            return replace(state, sme_evidence=(*state.sme_evidence, proof))
        case InstitutionJoined():
            return replace(state, joined=True, memberships=(*state.memberships, Membership(event.joined_on)))
        case InstitutionLeft():
            *earlier, last = state.memberships
            return replace(state, joined=False, memberships=(*earlier, replace(last, left_on=event.left_on)))


def _stated(event: Event) -> dict[str, Any]:
    """The particulars an event states; what it leaves out stays as it is."""
    known = {field.name for field in fields(LegalPerson)}
    return {name: value for name, value in event if name in known and value is not None}


LEGAL_PERSON = Aggregate(
    "parties.LegalPerson",
    evolve,
    (
        LegalPersonRegistered,
        LegalPersonDetailsChanged,
        TechSmeEvidenceRecorded,
        InstitutionJoined,
        InstitutionLeft,
    ),
)


def register(particulars: LegalPersonRegistered, *, head_office: LegalPerson | None) -> list[Event]:
    """Enter a legal person, or a branch of `head_office`, under its unified social credit code.

    Raises `parties.invalid_credit_code`, `parties.head_office_is_a_branch`.
    """
    code = checked(particulars.credit_code)
    if head_office is not None and head_office.branch:
        raise refusal("parties.head_office_is_a_branch", field="head_office", credit_code=head_office.credit_code)
    return [particulars.model_copy(update={"credit_code": code})]


def change_details(state: LegalPerson, change: LegalPersonDetailsChanged) -> list[Event]:
    """Correct or renew particulars. Raises `parties.nothing_changed` when no particular differs."""
    stated = _stated(change)
    if all(getattr(state, name) == value for name, value in stated.items()):
        raise refusal("parties.nothing_changed")
    return [change]


def record_sme_evidence(
    state: LegalPerson, *, number: str, valid_from: date, valid_until: date, edition: Edition
) -> list[Event]:
    """Note the proof that an enterprise is a technology SME (JS 22, rulings 8.22, A45).

    Raises `parties.not_an_enterprise`, `parties.ends_before_start`, `parties.evidence_known`.
    """
    rules = Rules()
    citation = edition.citation("voucher.beneficiary_kinds")
    rules.require(state.kind == "enterprise", "parties.not_an_enterprise", citation=citation, kind=state.kind)
    rules.require(valid_from <= valid_until, "parties.ends_before_start", field="valid_until")
    known = SmeEvidence(number, valid_from, valid_until) in state.sme_evidence
    rules.require(not known, "parties.evidence_known", field="number", number=number)
    rules.enforce()
    basis = edition.basis("voucher.beneficiary_kinds")
    return [TechSmeEvidenceRecorded(number=number, valid_from=valid_from, valid_until=valid_until, basis=basis)]


def join(state: LegalPerson, *, agreement_number: str, joined_on: date) -> list[Event]:
    """Join the platform as a professional institution (JS 19.c, CQ 15.a).

    Raises `parties.already_joined`, `parties.kind_may_not_join`.
    """
    rules = Rules()
    rules.require(not state.joined, "parties.already_joined")
    rules.require(state.kind in JOINING_KINDS and not state.branch, "parties.kind_may_not_join", kind=state.kind)
    rules.enforce()
    return [InstitutionJoined(agreement_number=agreement_number, joined_on=joined_on)]


def leave(state: LegalPerson, *, reason: str, left_on: date) -> list[Event]:
    """Leave the platform; `left_on` is the first day without it.

    Raises `parties.not_joined`, `parties.ends_before_start`.
    """
    if not state.joined:
        raise refusal("parties.not_joined")
    if left_on < state.memberships[-1].joined_on:
        raise refusal("parties.ends_before_start", field="left_on")
    return [InstitutionLeft(reason=reason, left_on=left_on)]
