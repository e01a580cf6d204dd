# SPDX-License-Identifier: Apache-2.0
"""Every read model on one page."""

from projections import (
    activities,
    audit_trail,
    calendar,
    contract_register,
    decisions,
    documents,
    instruments,
    ledger,
    office_tasks,
    parties,
    purchase_reviews,
    receivables,
    registry,
    reports,
    reservations,
    service_totals,
    shared_facilities,
    utilisation,
    voucher_balances,
    warning_catalogue,
)
from projections.deadlines import model as deadlines
from projections.readmodel import ReadModel

READ_MODELS: tuple[ReadModel, ...] = (
    parties.MODEL,
    instruments.MODEL,
    registry.MODEL,
    calendar.MODEL,
    reservations.MODEL,
    utilisation.MODEL,
    shared_facilities.MODEL,
    warning_catalogue.MODEL,
    purchase_reviews.MODEL,
    service_totals.MODEL,
    voucher_balances.MODEL,
    contract_register.MODEL,
    receivables.MODEL,
    decisions.MODEL,
    documents.MODEL,
    office_tasks.MODEL,
    activities.MODEL,
    deadlines.MODEL,
    ledger.MODEL,
    audit_trail.MODEL,
    reports.MODEL,
)
