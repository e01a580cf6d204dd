# SPDX-License-Identifier: Apache-2.0
"""What events of this room claim: a certificate, a payment and a reservation made by a match count once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.claims import TakeKey
from domain.network.events import MatchOutcomeRecorded, OperatorPaymentRecorded, QualificationRecorded

if TYPE_CHECKING:
    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event. They are never given back: a number that was used stays used."""
    match event:
        case QualificationRecorded():
            return [TakeKey("qualification.number", f"{event.issuer}:{event.number}", stream)]
        case OperatorPaymentRecorded():
            return [TakeKey("operator_payment.bank_reference", event.bank_reference, stream)]
        case MatchOutcomeRecorded(reservation=UUID() as reservation):
            return [TakeKey("match.reservation", str(reservation), event.match)]
        case _:
            return []
