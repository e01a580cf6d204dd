# SPDX-License-Identifier: Apache-2.0
"""The last day of a voucher, as long as anything of it may still be used or has yet to lapse.

That its rest lapses is an event of its own, which also says that the day is over.
"""

from domain.kernel.event import Recorded
from domain.vouchers.events import (
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplied,
    VoucherExpired,
    VoucherGranted,
    VoucherRevoked,
)
from projections.deadlines.table import DEADLINES, HOLDERS, hold, latest, lift, on, resume, set_deadline
from projections.handlers import known
from projections.readmodel import Rows

KIND = "voucher_expiry"


@on
def _apply(event: VoucherApplied, recorded: Recorded, rows: Rows) -> None:
    owner = "person" if event.beneficiary_is_person else "organisation"
    hold(rows, recorded.stream, **{owner: event.beneficiary})


@on
def _grant(event: VoucherGranted, recorded: Recorded, rows: Rows) -> None:
    rows.change(HOLDERS, recorded.stream, outstanding=event.amount_fen)
    if event.valid_until is not None:
        set_deadline(rows, recorded, KIND, event.valid_until)


@on
def _use(event: VoucherAmountUsed, recorded: Recorded, rows: Rows) -> None:
    left = known(rows, HOLDERS, recorded.stream)["outstanding"] - event.amount_fen
    rows.change(HOLDERS, recorded.stream, outstanding=left)
    if not left:
        lift(rows, recorded, KIND)


@on
def _restore(event: VoucherAmountRestored, recorded: Recorded, rows: Rows) -> None:
    """A refund gives a used-up voucher its last day again; with a lapsed one it lapses at once, by an event."""
    left = known(rows, HOLDERS, recorded.stream)["outstanding"] + event.amount_fen
    rows.change(HOLDERS, recorded.stream, outstanding=left)
    resume(rows, recorded.stream, KIND)


@on
def _revoke(_event: VoucherRevoked, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, KIND)


@on
def _expire(_event: VoucherExpired, recorded: Recorded, rows: Rows) -> None:
    """What has lapsed asks nothing of anybody any more."""
    if latest(rows, KIND, recorded.stream) is not None:
        rows.change(DEADLINES, KIND, recorded.stream, "", passed_at=recorded.meta.occurred_at)
        lift(rows, recorded, KIND)
