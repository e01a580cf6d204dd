# SPDX-License-Identifier: Apache-2.0
"""Every read model on one page."""

from projections import (
    audit_trail,
    calendar,
    contract_register,
    instruments,
    ledger,
    parties,
    receivables,
    reports,
    reservations,
    service_totals,
    shared_facilities,
    utilisation,
    voucher_balances,
)
from projections.readmodel import ReadModel

READ_MODELS: tuple[ReadModel, ...] = (
    parties.MODEL,
    instruments.MODEL,
    calendar.MODEL,
    reservations.MODEL,
    utilisation.MODEL,
    shared_facilities.MODEL,
    service_totals.MODEL,
    voucher_balances.MODEL,
    contract_register.MODEL,
    receivables.MODEL,
    ledger.MODEL,
    audit_trail.MODEL,
    reports.MODEL,
)
