# SPDX-License-Identifier: Apache-2.0
"""Customers without an account, and to whom an invoice is made out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from application.command import Words
from application.parties.permits import affiliation_of
from domain.kernel.errors import DomainError, Rules, refusal
from domain.kernel.personal import Personal
from domain.parties import user as people
from domain.parties.credit_code import checked
from domain.parties.events import UserKind, UserRegistered
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.user import USER
from domain.samples.events import CustomerKindStated, InvoiceParticularsStated

if TYPE_CHECKING:
    from application.work import Work

KINDS: dict[str, UserKind] = {
    "university": "university",
    "research_institute": "research_institute",
    "enterprise": "enterprise",
    "social_rd_organisation": "social_rd_organisation",
}
"""Kinds of legal persons that are kinds of users too."""
FIELD = "temporary_customer"
StatedKind = Literal["university", "research_institute", "enterprise", "social_rd_organisation"]
"""Kinds of users that come for an organisation; whoever comes for none is an individual."""
TaxNumber = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class InvoiceParticulars(BaseModel):
    """Title and, for whoever is no individual, the unified social credit code, which is the tax number too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    tax_number: TaxNumber | None = None
    address: Words | None = None
    bank_account: Words | None = None


class TemporaryCustomer(BaseModel):
    """Somebody who sends samples once. With the code of a registered legal person they come for it.

    Anybody else is priced as an individual, whoever the invoice is made out to, unless the unit's staff says which kind
    of user they are, and why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    phone: Words | None = None
    email: Words | None = None
    credit_code: TaxNumber | None = None
    user_kind: StatedKind | None = Field(default=None, description="As whom they are priced; without, as an individual")
    kind_reason: Words | None = Field(default=None, description="What that kind rests on")


def temporary_user(work: Work, customer: TemporaryCustomer) -> UUID:
    """Enter the person with the order. Raises `samples.invalid_tax_number` and what registering a user raises."""
    new, organisation = work.new_id(), None
    if customer.credit_code is not None:
        code = tax_number(customer.credit_code, field="temporary_customer.credit_code")
        organisation = work.claims.owner("legal_person.credit_code", code)
    kind = KINDS.get(work.load(LEGAL_PERSON, organisation).state.kind) if organisation else None
    if kind is None:  # of no kind that fee standards name, or not registered
        organisation = None

    def personal(text: str | None) -> Personal | None:
        return None if text is None else Personal.of(new, text)

    particulars = UserRegistered(
        name=Personal.of(new, customer.name),
        user_kind=kind or "individual",
        legal_person=organisation,
        phone=personal(customer.phone),
        email=personal(customer.email),
    )
    work.append(new, *people.register(particulars, affiliation=affiliation_of(work, organisation, None)))
    return new


def stated_kind(work: Work, customer: TemporaryCustomer, user: UUID) -> CustomerKindStated | None:
    """The kind of user that staff states for them, once the person is entered; None where nothing is stated.

    Raises `samples.kind_reason_missing`, `samples.kind_on_record` where a registered legal person says it.
    """
    if customer.user_kind is None:
        return None
    rules, known = Rules(), work.load(USER, user).state
    rules.require(customer.kind_reason is not None, "samples.kind_reason_missing", field=f"{FIELD}.kind_reason")
    rules.require(
        known.legal_person is None, "samples.kind_on_record", field=f"{FIELD}.user_kind", user_kind=known.user_kind
    )
    rules.enforce()
    return CustomerKindStated(
        user_kind=customer.user_kind, reason=customer.kind_reason or "", stated_by=work.actor.user
    )


def invoice_event(user: UUID, stated: InvoiceParticulars) -> InvoiceParticularsStated:
    """The particulars, sealed under the key of the order's user. Raises `samples.invalid_tax_number`."""
    number = tax_number(stated.tax_number, field="invoice.tax_number") if stated.tax_number else None

    def personal(text: str | None) -> Personal | None:
        return None if text is None else Personal.of(user, text)

    return InvoiceParticularsStated(
        title=Personal.of(user, stated.title),
        tax_number=personal(number),
        address=personal(stated.address),
        bank_account=personal(stated.bank_account),
    )


def tax_number(text: str, *, field: str) -> str:
    """A unified social credit code in its normal form. Raises `samples.invalid_tax_number` with the reason."""
    try:
        return checked(text)
    except DomainError as refused:
        reason = str(refused.violations[0].parameters["reason"])
        raise refusal("samples.invalid_tax_number", field=field, reason=reason) from refused
