# SPDX-License-Identifier: Apache-2.0
"""Who may claim, what for, and what a claim does to its voucher where the programme pays after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.guards import own_organisation, serves_customer
from application.vouchers.facts import purchase_of
from domain.kernel.errors import Rules, refusal
from domain.kernel.personal import Personal
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.vouchers import eligibility, lapsing, using

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.billing.order import Order
    from domain.kernel.errors import Violation
    from domain.vouchers.grant import Grant
    from domain.vouchers.programme import VoucherProgramme


def payee_side(work: Work, order: Order, programme: VoucherProgramme) -> None:
    """The actor works for the payee of the programme (A41). Raises `NotPermitted`."""
    if programme.terms.payee == "provider":
        own_organisation(work, order.provider)
    else:
        serves_customer(work, order.customer, order.customer_user)


def account_of(work: Work, payee: UUID, *, is_person: bool, given: str | None) -> Personal:
    """The account to pay to: as given, else the one on record. Raises `vouchers.no_payee_account`."""
    if given is not None:
        return Personal.of(payee, given)
    known = None if is_person else work.load(LEGAL_PERSON, payee).state.bank_account
    if known is None or known.value is None:
        raise refusal("vouchers.no_payee_account", field="payee_account")
    return Personal.of(payee, known.value)


def objections_to(work: Work, order: Order, grant: Grant, programme: VoucherProgramme) -> tuple[Violation, ...]:
    """Rules a claim breaks that a deduction would have met before: only where the programme pays after the fact."""
    rules = Rules()
    if programme.terms.settlement_mode == "subsidy":
        today = local_date(work.now)
        using.note_usable(rules, grant, customer=order.customer, user=order.customer_user)
        using.note_valid(rules, grant, reservation=order.reservation, used_on=order.used_on or today, today=today)
        eligibility.note_ineligible(rules, programme, purchase_of(work, order), work.edition())
    return tuple(rules.broken)


def use_voucher(work: Work, grant: Loaded[Grant], order: UUID, amount_fen: int) -> None:
    """A claim uses the voucher where nothing was deducted."""
    work.append(grant.id, *using.use(grant.state, order=order, reservation=None, amount_fen=amount_fen))


def restore_voucher(work: Work, grant: Loaded[Grant], order: UUID, amount_fen: int, reason: str) -> None:
    """A claim that is not paid gives the voucher back what it had used."""
    restored = lapsing.restore(grant.state, grant.id, order=order, amount_fen=amount_fen, reason=reason)
    work.append(grant.id, *restored)
