# SPDX-License-Identifier: Apache-2.0
"""What the registry's rows say of a resource itself: particulars, judgement, description, whose it is, its project."""

from __future__ import annotations

from domain.kernel.event import Recorded
from domain.purchasing.events import ProcurementCompleted
from domain.resources import events as facts
from domain.resources import fee_events as fees
from domain.resources import registry_events as registry
from domain.resources.deadlines import overdue_from
from projections.handlers import known, new_row
from projections.readmodel import Rows
from projections.registry_table import (
    AFTER_TRANSFER,
    PARTICULARS,
    REGISTRY,
    change,
    gaps,
    hold,
    on,
    review_ended,
    touch,
)


@on
def _register(event: facts.ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        REGISTRY,
        **event.model_dump(include={"unit", "legal_person", "type", *PARTICULARS}),
        id=recorded.stream,
        state="draft",
        registered_at=recorded.meta.occurred_at,
        updated_at=recorded.meta.occurred_at,
        submissions=[],
        returns=0,
        quality={},
        failed_dimensions=[],
        classification="public",
        purchase_review=hold(rows, event.unit, event.asset_number, recorded.stream),
        version=recorded.version,
    )
    rows.put(REGISTRY, row | gaps(row))


@on
def _procure(event: ProcurementCompleted, recorded: Recorded, rows: Rows) -> None:
    for asset in event.assets:
        review_ended(rows, event.unit, asset.asset_number, recorded.stream)


@on
def _update(event: facts.ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include=PARTICULARS, exclude_none=True)
    touch(rows, recorded, **stated)


@on
def _assess(event: registry.ResourceAssessed, recorded: Recorded, rows: Rows) -> None:
    due_on = event.listing_due_on
    change(
        rows,
        recorded,
        public=event.public,
        encouraged=event.encouraged,
        counted=event.counted,
        listing_due_on=due_on,
        listing_overdue_at=None if due_on is None else overdue_from(due_on),
        listing_binding=event.listing_binding,
        review=None if event.review is None else event.review.model_dump(mode="json"),
    )


@on
def _describe(event: registry.ResourceDescribed, recorded: Recorded, rows: Rows) -> None:
    values = event.model_dump(mode="json", include={"values"})["values"]
    stated = event.model_dump(include={"kind", "schema_version", "classification"})
    touch(rows, recorded, described=values, described_at=recorded.meta.occurred_at, **stated)


@on
def _link(event: registry.ProjectLinked, recorded: Recorded, rows: Rows) -> None:
    project = event.model_dump(mode="json", exclude={"basis"}) | {"accepted_at": None, "document": ""}
    due_at = event.planned_acceptance_at if event.binding else None
    touch(rows, recorded, project=project, submission_due_at=due_at)


@on
def _accept_project(event: registry.ProjectAccepted, recorded: Recorded, rows: Rows) -> None:
    project = known(rows, REGISTRY, recorded.stream)["project"]
    accepted = event.model_dump(mode="json", include={"accepted_at", "document"})
    due_at = event.accepted_at if project["binding"] else None
    change(rows, recorded, project=project | accepted, submission_due_at=due_at)


@on
def _hand_over(event: facts.ResourceReassigned | facts.ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    """The review goes with the thing, under whatever number it has in its new unit."""
    row = known(rows, REGISTRY, recorded.stream)
    hold(rows, row["unit"], row["asset_number"], None)
    found = hold(rows, event.to_unit, event.asset_number, recorded.stream)
    touch(
        rows,
        recorded,
        unit=event.to_unit,
        legal_person=event.to_legal_person,
        asset_number=event.asset_number,
        purchase_review=row["purchase_review"] or found,
        state=AFTER_TRANSFER.get(row["state"], row["state"]),
    )


@on
def _stated(
    _event: registry.ResourceDataConfirmed
    | facts.TariffPublished
    | fees.FeeStandardPublished
    | facts.OpeningPublished
    | facts.OpeningLimitPublished
    | facts.CustomsConditionRecorded,
    recorded: Recorded,
    rows: Rows,
) -> None:
    touch(rows, recorded)
