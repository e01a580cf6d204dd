# SPDX-License-Identifier: Apache-2.0
"""Register a tax document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.command import Code, Command, Result, Sha256
from domain.billing import invoicing
from domain.billing.events import DocumentKind, TaxDocumentRegistered
from domain.billing.order import ORDER
from domain.kernel.money import Fen
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Work

Digits = Annotated[str, StringConstraints(max_length=32, pattern=r"^[0-9]*$")]


class RegisterTaxDocument(Command):
    """Register the tax invoice or fiscal e-receipt issued elsewhere for the standing bill (ruling 8.10)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "kind": "all_digital_invoice",
                "number": "25322000000012345678",
                "amount_fen": 120000,
                "issued_on": "2026-03-09",
            }
        }
    )

    order_id: UUID
    kind: DocumentKind
    code: Digits = ""
    number: Digits
    amount_fen: Fen
    issued_on: date
    issuer: Code | None = Field(default=None, description="Credit code of the issuer; the provider's if left out")
    digest: Sha256 | None = None


def register_tax_document(command: RegisterTaxDocument, work: Work) -> Result:
    """Raises `DomainError`, `KeyTaken` at commit for a document known already, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    provider = work.load(LEGAL_PERSON, order.state.provider).state
    document = TaxDocumentRegistered(
        kind=command.kind,
        issuer=command.issuer or provider.credit_code,
        code=command.code,
        number=command.number,
        amount_fen=command.amount_fen,
        issued_on=command.issued_on,
        digest=command.digest,
    )
    issuable = invoicing.income_class(provider.budget_status, work.edition())
    return finish(work, order, invoicing.register_document(order.state, document=document, issuable=issuable))
