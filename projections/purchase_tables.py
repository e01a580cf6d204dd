# SPDX-License-Identifier: Apache-2.0
"""The tables of purchase reviews and of the assets bought through them, and what changes their rows."""

from projections.handlers import Handlers
from projections.readmodel import Table

REVIEWS = Table(
    "purchase_reviews",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "unit": "uuid",
        "legal_person": "uuid",
        "state": "text",
        "band": "text",
        "requested_on": "date",
        "total_fen": "bigint",
        "purchase": "jsonb",
        "finding": "jsonb",
        "why_not_shared": "text",
        "shown": "jsonb",  # shared facilities at the time of the request (CQ 22.a)
        "warnings": "jsonb",  # entries of the warning catalogue (JS 12.b)
        "warned": "boolean",
        "split": "jsonb",  # the signal of A16
        "split_signal": "boolean",
        "split_window_days": "bigint",
        "mandates": "jsonb",
        "reviewer_role": "text",
        "reviewer": "uuid",
        "duplicate_check": "jsonb",
        "expert_opinions": "jsonb",
        "opinion": "jsonb",
        "exception": "jsonb",
        "approval": "jsonb",
        "refusal": "jsonb",
        "procurement": "jsonb",
        "ended_reason": "text",
        "steps": "jsonb",
        "version": "bigint",
    },
    ('(number COLLATE "C", id)', "(unit)", "(reviewer)"),
)
ASSETS = Table(
    "purchase_assets",
    ("unit", "asset_number"),
    {
        "unit": "uuid",
        "asset_number": "text",
        "review": "uuid",
        "number": "text",
        "item": "bigint",
        "way": "text",
        "accepted_on": "date",
    },
)
IN_FULL = frozenset({"shown", "duplicate_check", "steps", "expert_opinions"})
"""What a list leaves out."""
VOID = dict.fromkeys(("reviewer_role", "reviewer", "duplicate_check", "opinion", "exception", "approval"))
"""What another reviewer, or another band, leaves nothing of."""

on = Handlers()
