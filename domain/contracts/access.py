# SPDX-License-Identifier: Apache-2.0
"""Who looked at protected data: a log beside each contract and each use, readable by the parties (JS 20.b, CQ 17.c).

It has a stream of its own, so that being looked at does not change the version of what is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal
from uuid import UUID, uuid5

from domain.kernel.event import Aggregate, Event

if TYPE_CHECKING:
    from domain.policy import Edition

NAMESPACE = UUID("3f9a5c1e-6f0d-5d21-9c0e-3f4b6f2f7a55")
Part = Literal["text", "versions", "comparison", "pdf", "history", "use"]
Capacity = Literal["provider", "user", "auditor"]


class ProtectedDataViewed(Event):
    """Somebody was shown protected data of a contract or a use: one event for each time (JS-20.2)."""

    TYPE: ClassVar[str] = "contracts.ProtectedDataViewed"

    subject: UUID
    viewer: UUID
    capacity: Capacity
    organisation: UUID | None
    part: Part


@dataclass(frozen=True, slots=True)
class AccessLog:
    """How often the protected data of its subject were shown."""

    subject: UUID
    count: int


def evolve(state: AccessLog | None, event: ProtectedDataViewed) -> AccessLog:
    """The log after one more access."""
    return AccessLog(event.subject, (state.count if state else 0) + 1)


ACCESS_LOG = Aggregate("contracts.AccessLog", evolve, (ProtectedDataViewed,))


def log_of(subject: UUID) -> UUID:
    """The stream of the access log of a contract or a use."""
    return uuid5(NAMESPACE, str(subject))


def note(
    subject: UUID, *, viewer: UUID, capacity: Capacity, organisation: UUID | None, part: Part, edition: Edition
) -> list[Event]:
    """Note one access."""
    return [
        ProtectedDataViewed(
            subject=subject,
            viewer=viewer,
            capacity=capacity,
            organisation=organisation,
            part=part,
            basis=edition.basis("contract.protected_data"),
        )
    ]
