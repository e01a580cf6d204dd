# SPDX-License-Identifier: Apache-2.0
"""Shared facilities as one looks for them before buying: published ones by class and by model (CQ 22, A25)."""

from domain.kernel.event import Recorded
from domain.purchasing.likeness import model_key
from domain.resources.events import (
    ExemptionClaimed,
    ResourcePublished,
    ResourceReassigned,
    ResourceRegistered,
    ResourceResumed,
    ResourceSuspended,
    ResourceTransferred,
    ResourceUpdated,
    ResourceWithdrawn,
)
from projections.handlers import Handlers, new_row
from projections.readmodel import ReadModel, Rows, Table

FACILITIES = Table(
    "shared_facilities",
    ("resource",),
    {
        "resource": "uuid",
        "unit": "uuid",
        "published": "boolean",
        "name_zh": "text",
        "name_en": "text",
        "aliases": "jsonb",
        "model": "text",
        "model_key": "text",
        "class_code": "text",
        "city": "text",
        "district": "text",
        "original_value_fen": "bigint",
    },
    ('(class_code COLLATE "C")', '(model_key COLLATE "C")'),
)
FOLLOWED = frozenset({"name_zh", "name_en", "aliases", "model", "class_code", "original_value_fen"})

on = Handlers()


@on
def _register(event: ResourceRegistered, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(mode="json", include={*FOLLOWED, "city", "district"})
    key = model_key(event.model)
    rows.put(
        FACILITIES,
        new_row(FACILITIES, resource=recorded.stream, unit=event.unit, published=False, model_key=key, **given),
    )


@on
def _update(event: ResourceUpdated, recorded: Recorded, rows: Rows) -> None:
    changes = event.model_dump(mode="json", include=set(FOLLOWED), exclude_none=True)
    if event.model is not None:
        changes["model_key"] = model_key(event.model)
    rows.change(FACILITIES, recorded.stream, **changes)


@on
def _share(_event: ResourcePublished | ResourceResumed, recorded: Recorded, rows: Rows) -> None:
    rows.change(FACILITIES, recorded.stream, published=True)


@on
def _hide(_event: ResourceSuspended | ExemptionClaimed | ResourceWithdrawn, recorded: Recorded, rows: Rows) -> None:
    rows.change(FACILITIES, recorded.stream, published=False)


@on
def _hand_over(event: ResourceReassigned | ResourceTransferred, recorded: Recorded, rows: Rows) -> None:
    """The new unit publishes it anew (6.1)."""
    rows.change(FACILITIES, recorded.stream, unit=event.to_unit, published=False)


MODEL = ReadModel("shared_facilities", (FACILITIES,), on.apply, types=on.types)
