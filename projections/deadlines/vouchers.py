# SPDX-License-Identifier: Apache-2.0
"""The last day of a voucher. That its rest lapses is an event of its own, which also says that the day is over."""

from domain.kernel.event import Recorded
from domain.vouchers.events import VoucherApplied, VoucherExpired, VoucherGranted, VoucherRevoked
from projections.deadlines.table import DEADLINES, hold, latest, lift, on, set_deadline
from projections.readmodel import Rows

KIND = "voucher_expiry"


@on
def _apply(event: VoucherApplied, recorded: Recorded, rows: Rows) -> None:
    owner = "person" if event.beneficiary_is_person else "organisation"
    hold(rows, recorded.stream, **{owner: event.beneficiary})


@on
def _grant(event: VoucherGranted, recorded: Recorded, rows: Rows) -> None:
    if event.valid_until is not None:
        set_deadline(rows, recorded, KIND, event.valid_until)


@on
def _revoke(_event: VoucherRevoked, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, KIND)


@on
def _expire(_event: VoucherExpired, recorded: Recorded, rows: Rows) -> None:
    if latest(rows, KIND, recorded.stream) is not None:
        rows.change(DEADLINES, KIND, recorded.stream, "", passed_at=recorded.meta.occurred_at)
