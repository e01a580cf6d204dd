# SPDX-License-Identifier: Apache-2.0
"""What is asked to be bought and at what price; across a band only the request is left (A17)."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.purchasing.events import (
    PurchasePriceRevised,
    PurchaseRequestCancelled,
    PurchaseReviewRequested,
    PurchaseSetCorrected,
)
from domain.purchasing.rule import Finding
from domain.purchasing.values import Purchase
from projections.handlers import amend, known, new_row
from projections.purchase_splits import Part, follow
from projections.purchase_tables import REVIEWS, VOID, on
from projections.readmodel import Row, Rows


@on
def _request(event: PurchaseReviewRequested, recorded: Recorded, rows: Rows) -> None:
    plain = event.model_dump(
        include={
            "number",
            "unit",
            "legal_person",
            "requested_on",
            "total_fen",
            "why_not_shared",
            "split_window_days",
        }
    )
    nested = event.model_dump(mode="json", include={"purchase", "finding", "shown", "warnings"})
    row = new_row(
        REVIEWS,
        id=recorded.stream,
        state="requested",
        band=event.finding.band,
        warned=bool(event.warnings),
        split_signal=False,
        mandates=[],
        expert_opinions=[],
        steps=[],
        version=recorded.version,
        **plain,
        **nested,
    )
    rows.put(REVIEWS, row)
    follow_split(rows, recorded.stream, event.finding)


@on
def _revise(event: PurchasePriceRevised, recorded: Recorded, rows: Rows) -> None:
    former = Purchase.model_validate(known(rows, REVIEWS, recorded.stream)["purchase"])
    _judge_again(event, former.at(event.prices, event.set_price_fen, event.funding), recorded, rows)


@on
def _correct(event: PurchaseSetCorrected, recorded: Recorded, rows: Rows) -> None:
    former = Purchase.model_validate(known(rows, REVIEWS, recorded.stream)["purchase"])
    changed = {"one_system": event.one_system, "set_price_fen": None}
    _judge_again(event, former.model_copy(update=changed), recorded, rows)


def _judge_again(
    event: PurchasePriceRevised | PurchaseSetCorrected, purchase: Purchase, recorded: Recorded, rows: Rows
) -> None:
    """Across a band only the request is left (A17)."""
    void: Row = {**VOID, "expert_opinions": [], "state": "requested"} if event.voids else {}
    amend(
        rows,
        REVIEWS,
        recorded,
        purchase=purchase.model_dump(mode="json"),
        finding=event.finding.model_dump(mode="json"),
        band=event.finding.band,
        total_fen=event.total_fen,
        **void,
    )
    follow_split(rows, recorded.stream, event.finding)


@on
def _cancel(event: PurchaseRequestCancelled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, ended_reason=event.reason)
    follow_split(rows, recorded.stream, None)


def follow_split(rows: Rows, review: UUID, finding: Finding | None) -> None:
    """Let the signal of A16 follow what a request says now; None where it is over."""
    row = known(rows, REVIEWS, review)
    part: Part = {
        "review": str(review),
        "number": row["number"],
        "on": row["requested_on"].isoformat(),
        "total_fen": 0,
        "threshold_fen": row["finding"]["threshold_fen"],
        "window_days": row["split_window_days"],
    }
    purchase = Purchase.model_validate(row["purchase"])
    for touched, signal in follow(rows, row["unit"], purchase, finding, part).items():
        rows.change(REVIEWS, UUID(touched), split=signal, split_signal=signal is not None)
