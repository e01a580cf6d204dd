# SPDX-License-Identifier: Apache-2.0
"""The tables of service totals: monthly sums, who was served, and each use and order as it was counted."""

from projections.readmodel import Table

USE_FIGURES = ("uses", "used_minutes", "external_uses", "external_minutes", "person_times", "samples")
MONEY_FIGURES = (
    "orders",
    "external_orders",
    "income_fen",
    "external_income_fen",
    "voucher_fen",
    "refunds_fen",
    "external_refunds_fen",
    "actual_service_total_fen",
)
INCOME_FIGURES = ("orders", "income_fen", "voucher_fen", "refunds_fen")
TOTALS = Table(
    "service_totals",
    ("month", "unit", "provider"),
    {"month": "date", "unit": "uuid", "provider": "uuid"} | dict.fromkeys((*USE_FIGURES, *MONEY_FIGURES), "bigint"),
    ("(unit, month)", "(provider, month)"),
)
INCOME = Table(
    "service_income",
    ("month", "unit", "provider", "user_kind"),
    {"month": "date", "unit": "uuid", "provider": "uuid", "user_kind": "text"}
    | dict.fromkeys(INCOME_FIGURES, "bigint"),
)
USERS = Table(
    "service_users",
    ("month", "unit", "provider", "user_id"),
    {"month": "date", "unit": "uuid", "provider": "uuid", "user_id": "uuid", "uses": "bigint"},
)
CUSTOMERS = Table(
    "service_customers",
    ("used_on", "unit", "provider", "customer"),
    {"used_on": "date", "unit": "uuid", "provider": "uuid", "customer": "uuid", "uses": "bigint"},
)
EVIDENCE = Table(
    "service_sme_evidence",
    ("legal_person", "number"),
    {"legal_person": "uuid", "number": "text", "valid_from": "date", "valid_until": "date"},
)
USES = Table(
    "service_reservations",
    ("reservation",),
    {
        "reservation": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "user_id": "uuid",
        "customer": "uuid",
        "external": "boolean",
        "started_at": "timestamptz",
        "ended_at": "timestamptz",
        "used_minutes": "bigint",
        "samples": "bigint",
        "persons": "bigint",
        "completed": "boolean",
    },
)
ORDERS = Table(
    "service_orders",
    ("order_id",),
    {
        "order_id": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "user_kind": "text",
        "external": "boolean",
        "settled_in": "date",  # the month of settlement
        "amount_fen": "bigint",  # the whole fee, the voucher's part included
        "deducted_fen": "bigint",
        "refunded_fen": "bigint",
        "redeemed": "bigint",  # claims paid for it
        "clawbacks": "bigint",  # claims whose recovery is ordered
    },
)
CLAIMS = Table(
    "service_redemptions", ("redemption",), {"redemption": "uuid", "order_id": "uuid", "reimbursed": "boolean"}
)
