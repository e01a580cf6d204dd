# SPDX-License-Identifier: Apache-2.0
"""What the centre does besides: trainings held, results transferred (JS 7(3), 7(4); CQ 8(e)); counted later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.governance.events import ActivityStruck, ResultTransferRecorded, TrainingRecorded
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.event import Event
    from domain.policy import Edition

RECORDERS = "governance.activity_recorders"


@dataclass(frozen=True, slots=True)
class Activity:
    """One record. `struck` counts for nothing."""

    on: date
    struck: bool = False


def evolve(state: Activity | None, event: TrainingRecorded | ResultTransferRecorded | ActivityStruck) -> Activity:
    """The record after an event."""
    match event:
        case TrainingRecorded(held_on=day) | ResultTransferRecorded(transferred_on=day):
            return Activity(day)
        case ActivityStruck():
            assert state is not None
            return replace(state, struck=True)


ACTIVITY = Aggregate("governance.Activity", evolve, (TrainingRecorded, ResultTransferRecorded, ActivityStruck))


def record_training(particulars: TrainingRecorded, *, edition: Edition, today: date) -> list[Event]:
    """Record a training or exchange. Raises `governance.not_yet_held`, `governance.more_organisations_than_people`."""
    rules = Rules()
    rules.require(particulars.held_on <= today, "governance.not_yet_held", field="held_on")
    rules.require(
        particulars.organisations <= particulars.participants,
        "governance.more_organisations_than_people",
        field="organisations",
        participants=particulars.participants,
    )
    rules.enforce()
    return [particulars.model_copy(update={"basis": edition.basis(RECORDERS)})]


def record_transfer(particulars: ResultTransferRecorded, *, edition: Edition, today: date) -> list[Event]:
    """Record a transfer of results.

    Raises `governance.not_yet_held`, `governance.recipient_missing`, `governance.transfer_to_oneself`.
    """
    rules = Rules()
    rules.require(particulars.transferred_on <= today, "governance.not_yet_held", field="transferred_on")
    rules.require(
        particulars.recipient is not None or bool(particulars.recipient_name),
        "governance.recipient_missing",
        field="recipient_name",
    )
    itself = particulars.provider is not None and particulars.provider == particulars.recipient
    rules.require(not itself, "governance.transfer_to_oneself", field="recipient")
    rules.enforce()
    return [particulars.model_copy(update={"basis": edition.basis(RECORDERS)})]


def strike(state: Activity, *, reason: str) -> list[Event]:
    """Take back a record that was entered by mistake. Raises `governance.already_struck`."""
    if state.struck:
        raise refusal("governance.already_struck")
    return [ActivityStruck(reason=reason)]
