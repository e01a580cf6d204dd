# SPDX-License-Identifier: Apache-2.0
"""What an event of an order claims: one order a reservation, gapless bill numbers, each document and payment once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.billing.events import FeeInvoiced, PaymentReceived, ServiceOrderOpened, TaxDocumentRegistered
from domain.kernel.claims import NextNumber, TakeKey

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event of the order `stream`."""
    match event:
        case ServiceOrderOpened(kind=kind, reservation=reservation) if reservation is not None:
            return [TakeKey("order.reservation", f"{kind}:{reservation}", stream)]
        case FeeInvoiced(series=series, number=number):
            return [NextNumber(series, number)]
        case TaxDocumentRegistered(issuer=issuer, code=code, number=document_number):
            return [TakeKey("tax_document", f"{issuer}:{code}:{document_number}", stream)]
        case PaymentReceived(provider=provider, bank_reference=reference):
            return [TakeKey("payment.bank_reference", f"{provider}:{reference}" if provider else reference, stream)]
    return []
