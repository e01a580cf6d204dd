# SPDX-License-Identifier: Apache-2.0
"""Customers without an account, and to whom an invoice is made out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from application.command import Words
from application.parties.permits import affiliation_of
from domain.kernel.errors import DomainError, refusal
from domain.kernel.personal import Personal
from domain.parties import user as people
from domain.parties.credit_code import checked
from domain.parties.events import UserKind, UserRegistered
from domain.parties.legal_person import LEGAL_PERSON
from domain.samples.events import InvoiceParticularsStated

if TYPE_CHECKING:
    from application.work import Work

KINDS: dict[str, UserKind] = {
    "university": "university",
    "research_institute": "research_institute",
    "enterprise": "enterprise",
    "social_rd_organisation": "social_rd_organisation",
}
"""Kinds of legal persons that are kinds of users too."""
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

    Anybody else is priced as an individual, whoever the invoice is made out to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    phone: Words | None = None
    email: Words | None = None
    credit_code: TaxNumber | None = None


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
