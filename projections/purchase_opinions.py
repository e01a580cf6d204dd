# SPDX-License-Identifier: Apache-2.0
"""Who reviews a purchase, what was found and advised, what was decided on it, and what was bought."""

from domain.kernel.event import Event, Recorded
from domain.purchasing.events import (
    DuplicateCheckCompleted,
    ExpertOpinionAttached,
    ProcurementCompleted,
    PurchaseApproved,
    PurchaseRefused,
    ReviewerMandated,
    ReviewExceptionGranted,
    ReviewOpinionIssued,
    ReviewRerouted,
    ReviewRouted,
)
from projections.handlers import amend, known
from projections.purchase_requests import follow_split
from projections.purchase_tables import ASSETS, REVIEWS, VOID, on
from projections.readmodel import Row, Rows


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
    follow_split(rows, recorded.stream, None)


@on
def _procure(event: ProcurementCompleted, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REVIEWS, recorded.stream)
    way = "not_required" if row["approval"] is None else "exception" if row["exception"] else "opinion"
    for asset in event.assets:
        bought = {"review": recorded.stream, "number": row["number"], "way": way, "accepted_on": event.accepted_on}
        rows.put(ASSETS, {"unit": event.unit, "asset_number": asset.asset_number, "item": asset.item, **bought})
    amend(rows, REVIEWS, recorded, procurement=_plain(event))


def _plain(event: Event) -> Row:
    return event.model_dump(mode="json", exclude={"basis"})
