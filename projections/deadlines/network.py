# SPDX-License-Identifier: Apache-2.0
"""Days of the service network: the end of a broker's registration and of a service qualification."""

from domain.kernel.event import Recorded
from domain.network.events import (
    BrokerEnded,
    BrokerRegistered,
    BrokerRenewed,
    QualificationRecorded,
    QualificationRenewed,
    QualificationWithdrawn,
)
from projections.deadlines.table import hold, latest, lift, on, set_deadline
from projections.readmodel import Rows

BROKER, QUALIFICATION = "broker_registration", "service_qualification"


@on
def _register(event: BrokerRegistered, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, person=event.user, organisation=event.employer)
    set_deadline(rows, recorded, BROKER, event.valid_until)


@on
def _renew_broker(event: BrokerRenewed, recorded: Recorded, rows: Rows) -> None:
    before = latest(rows, BROKER, recorded.stream)
    if before is None or before < event.valid_until:
        set_deadline(rows, recorded, BROKER, event.valid_until)


@on
def _end_broker(_event: BrokerEnded, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, BROKER)


@on
def _qualify(event: QualificationRecorded, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, unit=event.unit, organisation=event.legal_person)
    set_deadline(rows, recorded, QUALIFICATION, event.valid_until)


@on
def _renew_qualification(event: QualificationRenewed, recorded: Recorded, rows: Rows) -> None:
    before = latest(rows, QUALIFICATION, recorded.stream)
    if before is None or before < event.valid_until:
        set_deadline(rows, recorded, QUALIFICATION, event.valid_until)


@on
def _withdraw(_event: QualificationWithdrawn, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, QUALIFICATION)
