# SPDX-License-Identifier: Apache-2.0
"""Purchases before they are made: what is asked, who reviews, what was found and decided, and which assets came of it.

The steps of a review stand in its row; the events themselves are in its stream.
"""

from typing import LiteralString
from uuid import UUID

from domain.kernel.event import Event, Recorded
from domain.purchasing.events import (
    DuplicateCheckCompleted,
    ExpertOpinionAttached,
    ProcurementCompleted,
    PurchaseApproved,
    PurchasePriceRevised,
    PurchaseRefused,
    PurchaseRequestCancelled,
    PurchaseReviewRequested,
    PurchaseSetCorrected,
    ReviewerMandated,
    ReviewExceptionGranted,
    ReviewFoundNotRequired,
    ReviewOpinionIssued,
    ReviewRerouted,
    ReviewRouted,
    ReviewStarted,
)
from domain.purchasing.rule import Finding
from domain.purchasing.values import Purchase
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.purchase_splits import SPLITS, Part, follow
from projections.purchase_tables import ASSETS, IN_FULL, REVIEWS
from projections.readmodel import ReadModel, Row, Rows

REGISTERED: LiteralString = (
    "EXISTS (SELECT 1 FROM registry r"
    " WHERE r.unit = purchase_assets.unit AND r.asset_number = purchase_assets.asset_number)"
)
KNOWN: LiteralString = "SELECT unit, asset_number FROM registry WHERE unit = ANY(%s) AND asset_number = ANY(%s)"
VOID = dict.fromkeys(("reviewer_role", "reviewer", "duplicate_check", "opinion", "exception", "approval"))

on = Handlers()


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
    _follow_split(rows, recorded.stream, event.finding)


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
    _follow_split(rows, recorded.stream, event.finding)


@on
def _mandate(event: ReviewerMandated, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, REVIEWS, recorded.stream)["mandates"]
    amend(rows, REVIEWS, recorded, mandates=[*earlier, _plain(event)])


@on
def _route(event: ReviewRouted | ReviewRerouted, recorded: Recorded, rows: Rows) -> None:
    given = {"reviewer_role": event.reviewer_role, "reviewer": event.reviewer}
    amend(rows, REVIEWS, recorded, **{**VOID, "expert_opinions": [], **given})


@on
def _check(event: DuplicateCheckCompleted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, duplicate_check=_plain(event))


@on
def _advise(event: ExpertOpinionAttached, recorded: Recorded, rows: Rows) -> None:
    earlier = known(rows, REVIEWS, recorded.stream)["expert_opinions"]
    amend(rows, REVIEWS, recorded, expert_opinions=[*earlier, _plain(event)])


@on
def _opine(event: ReviewOpinionIssued, recorded: Recorded, rows: Rows) -> None:
    opinion = _plain(event)
    warnings = opinion.pop("warnings")
    amend(rows, REVIEWS, recorded, opinion=opinion, warnings=warnings, warned=bool(warnings))


@on
def _except(event: ReviewExceptionGranted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, exception=_plain(event))


@on
def _approve(event: PurchaseApproved, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, approval=_plain(event))


@on
def _refuse(event: PurchaseRefused, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, refusal=_plain(event))
    _follow_split(rows, recorded.stream, None)


@on
def _procure(event: ProcurementCompleted, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REVIEWS, recorded.stream)
    way = "not_required" if row["approval"] is None else "exception" if row["exception"] else "opinion"
    for asset in event.assets:
        bought = {"review": recorded.stream, "number": row["number"], "way": way, "accepted_on": event.accepted_on}
        rows.put(ASSETS, {"unit": event.unit, "asset_number": asset.asset_number, "item": asset.item, **bought})
    amend(rows, REVIEWS, recorded, procurement=_plain(event))


@on
def _cancel(event: PurchaseRequestCancelled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REVIEWS, recorded, ended_reason=event.reason)
    _follow_split(rows, recorded.stream, None)


def _note_step(event: Event, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REVIEWS, recorded.stream)
    step = {
        "type": event.TYPE,
        "state": row["state"],
        "occurred_at": recorded.meta.occurred_at.isoformat(),
        "role": recorded.meta.actor.role.value,
    }
    amend(rows, REVIEWS, recorded, steps=[*row["steps"], step])


on.states(
    REVIEWS,
    {
        ReviewFoundNotRequired: "not_required",
        ReviewRouted: "routed",
        ReviewRerouted: "routed",
        DuplicateCheckCompleted: "duplicate_checked",
        ReviewStarted: "under_review",
        ReviewOpinionIssued: "opinion_issued",
        ReviewExceptionGranted: "exception_granted",
        PurchaseApproved: "approved",
        PurchaseRefused: "refused",
        ProcurementCompleted: "procured",
        PurchaseRequestCancelled: "cancelled",
    },
)
on.follow(
    [
        PurchaseReviewRequested,
        ReviewFoundNotRequired,
        PurchasePriceRevised,
        PurchaseSetCorrected,
        ReviewerMandated,
        ReviewRouted,
        ReviewRerouted,
        DuplicateCheckCompleted,
        ReviewStarted,
        ExpertOpinionAttached,
        ReviewOpinionIssued,
        ReviewExceptionGranted,
        PurchaseApproved,
        PurchaseRefused,
        ProcurementCompleted,
        PurchaseRequestCancelled,
    ],
    _note_step,
)
MODEL = ReadModel("purchase_reviews", (REVIEWS, ASSETS, SPLITS), on.apply, types=on.types)


def purchase_review(cursor: Cursor, review: UUID) -> Row | None:
    """One review with everything that was found and decided."""
    return find(cursor, REVIEWS, id=review)


def purchase_reviews(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    units: list[UUID] | None = None,
    reviewer: UUID | None = None,
    states: tuple[str, ...] | None = None,
    warned: bool | None = None,
    split: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Reviews by number. None asks nothing; the caller gives what the reader may see."""
    where = Where().equals(unit=unit, reviewer=reviewer, warned=warned, split_signal=split).one_of("state", states)
    where.holds("unit = ANY(%s)", units)
    order = Keyset(("number", "id"))
    return read_page(cursor, MODEL.name, REVIEWS, where, order, after=after, limit=limit, without=IN_FULL)


def purchased_assets(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    units: list[UUID] | None = None,
    asset_number: str | None = None,
    registered: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Assets bought through a review, by which way (an opinion, an exception, or none needed), and whether registered.

    What was bought and is in no registry is late from the end of its period of listing on (6.2: CQ 12.b).
    """
    where = Where().equals(unit=unit, asset_number=asset_number)
    where.holds("unit = ANY(%s)", units)
    where.holds(f"{REGISTERED} = %s", registered)
    order = Keyset(("asset_number", "unit"))
    page = read_page(cursor, MODEL.name, ASSETS, where, order, after=after, limit=limit)
    known_ = {(row["unit"], row["asset_number"]) for row in fetch(cursor, KNOWN, _named(page.rows))}
    rows = [row | {"registered": (row["unit"], row["asset_number"]) in known_} for row in page.rows]
    return Page(rows, page.next, page.position)


def reviewed_assets(cursor: Cursor, unit: UUID, asset_numbers: list[str]) -> dict[str, Row]:
    """Which of a unit's assets were bought through a review, by number; the others lack one (ruling 8.24)."""
    rows = fetch(
        cursor, "SELECT * FROM purchase_assets WHERE unit = %s AND asset_number = ANY(%s)", (unit, asset_numbers)
    )
    return {row["asset_number"]: row for row in rows}


def _follow_split(rows: Rows, review: UUID, finding: Finding | None) -> None:
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


def _named(rows: list[Row]) -> tuple[list[UUID], list[str]]:
    return [row["unit"] for row in rows], [row["asset_number"] for row in rows]


def _plain(event: Event) -> Row:
    return event.model_dump(mode="json", exclude={"basis"})
