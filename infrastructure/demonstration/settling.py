# SPDX-License-Identifier: Apache-2.0
"""From a delivered order to settled income: accepted, billed, paid, booked, each some days after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from application.billing.accept_service import AcceptService
from application.billing.deduct_voucher import DeductVoucher
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.register_tax_document import RegisterTaxDocument
from application.billing.settle_order import SettleOrder
from domain.billing.order import ORDER
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from domain.billing.order import Order
    from domain.kernel.actor import Actor
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.issuing import Issuer

DAY = timedelta(days=1)
RECEIPT_CODE = "99010126"


@dataclass
class Settling:
    """Puts the steps of an order on the agenda."""

    issuer: Issuer
    agenda: Agenda
    non_tax_payees: frozenset[UUID]
    """Legal persons whose service income is non-tax revenue."""
    unfinished: Callable[[], bool]
    """Says of an order whether it is left where it is, for newcomers to go on with."""
    settled: Callable[[UUID, UUID | None, Actor, datetime], None]
    """Called with order, voucher grant, the provider's clerk and the time, once an order is settled."""

    def follow(self, order: UUID, grant: UUID | None, customer: Actor, clerk: Actor, at: datetime) -> None:
        """Acceptance tomorrow, the bill two days later, deduction, payment and settlement within two weeks."""
        if self.unfinished():
            return
        self.agenda.at(at + DAY, lambda now: self._accept(order, grant, customer, clerk, now))

    def _accept(self, order: UUID, grant: UUID | None, customer: Actor, clerk: Actor, at: datetime) -> None:
        self.issuer.do(AcceptService(order_id=order), customer, at)
        if self.unfinished():
            return
        self.agenda.at(at + 2 * DAY, lambda now: self._bill(order, grant, customer, clerk, now))

    def _bill(self, order: UUID, grant: UUID | None, customer: Actor, clerk: Actor, at: datetime) -> None:
        self.issuer.do(InvoiceFee(order_id=order), clerk, at)
        amount = self._order(order, at).amount_fen
        if amount:
            self.issuer.do(self._document(order, amount, clerk, at), clerk, at)
        if self.unfinished():
            return
        if grant and amount:
            self.agenda.at(at + DAY, lambda now: self._deduct(order, grant, customer, clerk, now))
        else:
            self.agenda.at(at + 4 * DAY, lambda now: self._pay(order, None, clerk, now))

    def _document(self, order: UUID, amount_fen: int, clerk: Actor, at: datetime) -> RegisterTaxDocument:
        """A fiscal e-receipt where income is non-tax revenue, an all-digital invoice elsewhere (ruling 8.10)."""
        serial = order.int % 10**16
        if clerk.organisation in self.non_tax_payees:
            code, number = RECEIPT_CODE, f"{serial % 10**10:010d}"
        else:
            # Year, the code of a province that does not exist, then digits of the order's id.
            code, number = "", f"{local_date(at).year % 100:02d}99{serial:016d}"
        return RegisterTaxDocument(
            order_id=order,
            kind="fiscal_e_receipt" if code else "all_digital_invoice",
            code=code,
            number=number,
            amount_fen=amount_fen,
            issued_on=local_date(at),
        )

    def _deduct(self, order: UUID, grant: UUID, customer: Actor, clerk: Actor, at: datetime) -> None:
        deducted = self.issuer.attempt(DeductVoucher(order_id=order, grant_id=grant), customer, at)
        self.agenda.at(at + 3 * DAY, lambda now: self._pay(order, grant if deducted else None, clerk, now))

    def _pay(self, order: UUID, grant: UUID | None, clerk: Actor, at: datetime) -> None:
        if open_fen := self._order(order, at).open_fen:
            payment = ReceivePayment(
                order_id=order,
                amount_fen=open_fen,
                bank_reference=f"DEMO-{order.hex[-16:]}",
                received_on=local_date(at),
            )
            self.issuer.do(payment, clerk, at)
        self.agenda.at(at + DAY, lambda now: self._settle(order, grant, clerk, now))

    def _settle(self, order: UUID, grant: UUID | None, clerk: Actor, at: datetime) -> None:
        if self.unfinished():
            return
        self.issuer.do(SettleOrder(order_id=order), clerk, at)
        self.settled(order, grant, clerk, at)

    def _order(self, order: UUID, at: datetime) -> Order:
        """As it stood just before: a run that goes on finds later events in the log."""
        stream = self.issuer.jurisdiction.log.stream(order)
        state = ORDER.fold(item.event for item in stream if item.meta.occurred_at < at)
        assert state is not None
        return state
