# SPDX-License-Identifier: Apache-2.0
"""Use cases of vouchers: programmes, grants, redemption claims and their reimbursement (lifecycles 6.6, 6.7)."""

from application.bus import Entry
from application.vouchers.annul_clawback import AnnulClawback, annul_clawback
from application.vouchers.apply_for_redemption import ApplyForRedemption, apply_for_redemption
from application.vouchers.apply_for_voucher import ApplyForVoucher, apply_for_voucher
from application.vouchers.approve_redemption import ApproveRedemption, approve_redemption
from application.vouchers.check_redemption import CheckRedemption, check_redemption
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility, check_voucher_eligibility
from application.vouchers.close_voucher_programme import CloseVoucherProgramme, close_voucher_programme
from application.vouchers.correct_redemption import CorrectRedemption, correct_redemption
from application.vouchers.decide_objection import DecideObjection, decide_objection
from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme, establish_voucher_programme
from application.vouchers.expire_voucher import ExpireVoucher, expire_voucher
from application.vouchers.freeze_batch import FreezeBatch, freeze_batch
from application.vouchers.grant_voucher import GrantVoucher, grant_voucher
from application.vouchers.hold_redemption import HoldRedemption, hold_redemption
from application.vouchers.order_clawback import OrderClawback, order_clawback
from application.vouchers.publicise_redemption import PubliciseRedemption, publicise_redemption
from application.vouchers.raise_objection import RaiseObjection, raise_objection
from application.vouchers.raise_programme_budget import RaiseProgrammeBudget, raise_programme_budget
from application.vouchers.receive_clawback import ReceiveClawback, receive_clawback
from application.vouchers.reimburse_redemption import ReimburseRedemption, reimburse_redemption
from application.vouchers.reject_redemption import RejectRedemption, reject_redemption
from application.vouchers.reject_voucher_application import RejectVoucherApplication, reject_voucher_application
from application.vouchers.release_redemption_hold import ReleaseRedemptionHold, release_redemption_hold
from application.vouchers.return_payment import ReturnPayment, return_payment
from application.vouchers.return_redemption import ReturnRedemption, return_redemption
from application.vouchers.revoke_voucher import RevokeVoucher, revoke_voucher
from application.vouchers.unbatch_redemption import UnbatchRedemption, unbatch_redemption
from domain.kernel.actor import Role

DECIDERS = frozenset({Role.SCIENCE_DEPARTMENT})
CHECKERS = frozenset({Role.SERVICE_CENTRE})
GRANTORS = frozenset({Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT, Role.LOCAL_GOVERNMENT})
CLAIMANTS = frozenset({Role.FINANCE_CLERK, Role.USER})
HOLDERS = frozenset({Role.COUNCIL_OFFICE, Role.SCIENCE_DEPARTMENT})
TREASURERS = frozenset({Role.FINANCE_CLERK, Role.FINANCE_DEPARTMENT})
PAYERS = TREASURERS | {Role.SCIENCE_DEPARTMENT, Role.LOCAL_GOVERNMENT}
HANDLERS = frozenset({Role.COMPETENT_DEPARTMENT, Role.SCIENCE_DEPARTMENT})
ANYBODY = frozenset(Role) - {Role.SYSTEM, Role.ADMINISTRATOR}

ENTRIES: tuple[Entry, ...] = (
    Entry(EstablishVoucherProgramme, establish_voucher_programme, DECIDERS),
    Entry(RaiseProgrammeBudget, raise_programme_budget, GRANTORS),
    Entry(CloseVoucherProgramme, close_voucher_programme, DECIDERS),
    Entry(ApplyForVoucher, apply_for_voucher, frozenset({Role.USER})),
    Entry(CheckVoucherEligibility, check_voucher_eligibility, CHECKERS),
    Entry(RejectVoucherApplication, reject_voucher_application, CHECKERS | GRANTORS),
    Entry(GrantVoucher, grant_voucher, GRANTORS),
    Entry(ExpireVoucher, expire_voucher, frozenset({Role.SYSTEM})),
    Entry(RevokeVoucher, revoke_voucher, GRANTORS),
    Entry(ApplyForRedemption, apply_for_redemption, CLAIMANTS),
    Entry(CheckRedemption, check_redemption, CHECKERS),
    Entry(ReturnRedemption, return_redemption, CHECKERS | DECIDERS),
    Entry(CorrectRedemption, correct_redemption, CLAIMANTS),
    Entry(PubliciseRedemption, publicise_redemption, CHECKERS | DECIDERS),
    Entry(RaiseObjection, raise_objection, ANYBODY),
    Entry(DecideObjection, decide_objection, HOLDERS),
    Entry(ApproveRedemption, approve_redemption, DECIDERS),
    Entry(RejectRedemption, reject_redemption, CHECKERS | DECIDERS),
    Entry(HoldRedemption, hold_redemption, HOLDERS),
    Entry(ReleaseRedemptionHold, release_redemption_hold, HOLDERS),
    Entry(FreezeBatch, freeze_batch, TREASURERS),
    Entry(UnbatchRedemption, unbatch_redemption, TREASURERS),
    Entry(ReimburseRedemption, reimburse_redemption, PAYERS),
    Entry(ReturnPayment, return_payment, PAYERS),
    Entry(OrderClawback, order_clawback, HANDLERS),
    Entry(ReceiveClawback, receive_clawback, PAYERS),
    Entry(AnnulClawback, annul_clawback, HANDLERS),
)
"""Every command of the room, its handler, and the roles that may issue it."""
