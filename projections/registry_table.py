# SPDX-License-Identifier: Apache-2.0
"""The registry's rows, and what follows for a row from any change: the gaps it is in.

No policy is asked: what a resource is was stamped when it was judged. No clock is read: moments are stored, and whether
one is past is for the reader, who says as of when (`registry_lists`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.resources.ledger.line import asset_key
from projections.handlers import Handlers, amend, known
from projections.readmodel import Table

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Recorded
    from projections.readmodel import Row, Rows

OPEN_TO_USERS = ("published", "suspended")
NEVER_A_GAP = (*OPEN_TO_USERS, "exempt", "withdrawn")
REVIEW_GAPS = ("review_missing", "review_perhaps_missing")
"""Bought without the review that was needed, for certain or with doubts."""
GAP = {"certified": "accepted", "exempt_claimed": "exemption_claimed"}
"""The reason of a gap where it is not the name of the state itself."""
PARTICULARS = {"asset_number", "name_zh", "name_en", "original_value_fen", "accepted_on"}
AFTER_TRANSFER = {"published": "suspended", "submitted": "draft", "accepted": "draft", "certified": "draft"}
REGISTRY = Table(
    "registry",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "legal_person": "uuid",
        "type": "text",
        "state": "text",
        "asset_number": "text",
        "name_zh": "text",
        "name_en": "text",
        "original_value_fen": "bigint",
        "accepted_on": "date",
        "registered_at": "timestamptz",
        "updated_at": "timestamptz",  # when the unit last stated or confirmed something of it
        "public": "boolean",  # null: never judged
        "encouraged": "boolean",
        "counted": "boolean",
        "gap_reason": "text",  # null: not in the inclusion gap
        "review": "jsonb",  # what the purchase needed, with band, limit and citation; null: no review
        "purchase_review": "uuid",  # the review that ended in this asset
        "review_gap": "text",  # review_missing, or review_perhaps_missing where doubts are left; null: neither
        "kind": "text",
        "schema_version": "bigint",
        "classification": "text",
        "described": "jsonb",  # values by field
        "described_at": "timestamptz",
        "submissions": "jsonb",  # each with `at`, `returned` and `conceded`, oldest first
        "submitted_at": "timestamptz",  # of the submission that counts (A10)
        "returns": "bigint",
        "corrections": "jsonb",  # of the last return
        "quality": "jsonb",  # the last check of each dimension
        "failed_dimensions": "jsonb",
        "project": "jsonb",
        "submission_due_at": "timestamptz",  # submitted strictly before it is in time; null: nothing is due
        "listing_due_on": "date",
        "listing_overdue_at": "timestamptz",
        "listing_binding": "boolean",
        "listing_exception": "jsonb",
        "opened_at": "timestamptz",  # first opened to users
        "exemption": "jsonb",
        "standard": "jsonb",  # by what the last submission was accepted
        "received_by": "uuid",
        "certificate": "text",
        "version": "bigint",
    },
    (
        '(asset_number COLLATE "C", id)',
        "(unit)",
        "(gap_reason) WHERE gap_reason IS NOT NULL",
        "(review_gap) WHERE review_gap IS NOT NULL",
        "(submission_due_at) WHERE submission_due_at IS NOT NULL",
        "(listing_overdue_at) WHERE listing_overdue_at IS NOT NULL",
        "(updated_at)",
    ),
)
ASSETS = Table(
    "registry_assets",
    ("unit", "asset_key"),
    {"unit": "uuid", "asset_key": "text", "resource": "uuid", "review": "uuid"},
)
"""By what resources and purchase reviews find each other, whichever comes first."""

on = Handlers()


def touch(rows: Rows, recorded: Recorded, **columns: object) -> None:
    """The unit has stated something: the record is as fresh as this."""
    change(rows, recorded, updated_at=recorded.meta.occurred_at, **columns)


def change(rows: Rows, recorded: Recorded, **columns: object) -> None:
    """Set columns of the resource's row, and what follows from them."""
    row = known(rows, REGISTRY, recorded.stream) | columns
    amend(rows, REGISTRY, recorded, **columns, **gaps(row))


def gaps(row: Row) -> Row:
    """Why a resource is in the inclusion gap, and whether its purchase lacks the review it needed."""
    return {"gap_reason": _inclusion(row), "review_gap": _review(row)}


def _inclusion(row: Row) -> str | None:
    """Mandatory, not exempt, and not open to users (JS 9.a, CQ 5.a).

    A claim alone does not take it out (A09). What was never judged is named too: nobody knows that it may be missing.
    """
    if row["state"] in NEVER_A_GAP:
        return None
    if row["public"] is None:
        return "not_assessed"
    return GAP.get(row["state"], str(row["state"])) if row["public"] and row["counted"] else None


def _review(row: Row) -> str | None:
    """A price in a review band without a review that ended in the asset (JS 12, CQ 22; ruling 8.24)."""
    if row["review"] is None or row["purchase_review"] is not None or row["state"] == "withdrawn":
        return None
    certain, doubtful = REVIEW_GAPS
    return doubtful if row["review"]["doubts"] else certain


def hold(rows: Rows, unit: UUID, asset_number: str, resource: UUID | None) -> UUID | None:
    """Let a unit's asset number stand for a resource, or for none; the review that ended in this asset, if any."""
    key = asset_key(asset_number)
    before = rows.get(ASSETS, unit, key)
    review: UUID | None = before["review"] if before else None
    rows.put(ASSETS, {"unit": unit, "asset_key": key, "resource": resource, "review": review})
    return review


def review_ended(rows: Rows, unit: UUID, asset_number: str, review: UUID) -> None:
    """Note which review an asset was bought through, with the resource where it is registered already."""
    key = asset_key(asset_number)
    before = rows.get(ASSETS, unit, key)
    resource: UUID | None = before["resource"] if before else None
    rows.put(ASSETS, {"unit": unit, "asset_key": key, "resource": resource, "review": review})
    if resource is not None:
        row = known(rows, REGISTRY, resource) | {"purchase_review": review}
        rows.change(REGISTRY, resource, purchase_review=review, **gaps(row))
