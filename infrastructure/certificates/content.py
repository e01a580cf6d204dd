# SPDX-License-Identifier: Apache-2.0
"""What a certificate says, from the log alone: all as it stood when it was issued, save whether it still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT
from domain.resources.events import ResourceDataAccepted, ResourceDataSubmitted, SubmissionCertificateIssued
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from application.ports import Claims, EventLog
    from domain.kernel.event import Aggregate, Event, Recorded
    from domain.resources.state import Resource

Ground = Literal["resubmitted", "resource_withdrawn", "transferred"]
State = TypeVar("State")
Fact = TypeVar("Fact", bound="Event")


@dataclass(frozen=True)
class Certificate:
    """A certificate. `ground` says why it no longer holds; `hidden` that the resource may not be shown today.

    `unit` answers for the resource today and may see it in any state.
    """

    number: str
    issued_at: datetime
    issuer: str
    resource_name: str
    model: str
    asset_number: str
    unit: UUID
    unit_name: str
    unit_code: str
    legal_person: str
    credit_code: str
    schema_name: str
    standard: str
    submission_digest: str
    ground: Ground | None
    hidden: bool

    @property
    def status(self) -> Literal["valid", "withdrawn"]:
        """Whether it still holds."""
        return "withdrawn" if self.ground else "valid"


def certificate_of(log: EventLog, claims: Claims, number: str) -> Certificate | None:
    """The certificate with that number, or None."""
    resource = claims.owner("certificate.number", number)
    if resource is None:
        return None
    recorded = log.stream(resource)
    issued = next(item for item in recorded if _issues(item, number))
    before = recorded[: issued.version]
    then, now = RESOURCE.fold(item.event for item in before), RESOURCE.fold(item.event for item in recorded)
    assert then is not None
    assert now is not None
    unit = _as_of(log, UNIT, then.unit, issued)
    owner = _as_of(log, LEGAL_PERSON, then.legal_person, issued)
    platform = then.received_by or issued.meta.actor.organisation
    receiver = _as_of(log, LEGAL_PERSON, platform, issued) if platform else None
    submission, acceptance = _last(before, ResourceDataSubmitted), _last(before, ResourceDataAccepted)
    return Certificate(
        number=number,
        issued_at=issued.meta.occurred_at,
        issuer=receiver.name_zh if receiver else "",
        resource_name=then.name_zh,
        model=then.model,
        asset_number=then.asset_number,
        unit=now.unit,
        unit_name=unit.name_zh if unit else "",
        unit_code=unit.code if unit else "",
        legal_person=owner.name_zh if owner else "",
        credit_code=owner.credit_code if owner else "",
        schema_name=submission.schema_name,
        standard=acceptance.standard,
        submission_digest=submission.data_digest,
        ground=_ground(then, now),
        hidden=now.state in ("exempt", "exempt_claimed"),
    )


def _issues(item: Recorded, number: str) -> bool:
    return isinstance(item.event, SubmissionCertificateIssued) and item.event.number == number


def _ground(then: Resource, now: Resource) -> Ground | None:
    """Why the submission it certifies is no longer the one in hand."""
    if now.state == "withdrawn":
        return "resource_withdrawn"
    if now.unit != then.unit:
        return "transferred"
    return None if now.certificate == then.certificate else "resubmitted"


def _as_of(log: EventLog, aggregate: Aggregate[State], stream: UUID, issued: Recorded) -> State | None:
    return aggregate.fold(item.event for item in log.stream(stream) if item.position <= issued.position)


def _last(recorded: Sequence[Recorded], kind: type[Fact]) -> Fact:
    return next(item.event for item in reversed(recorded) if isinstance(item.event, kind))
