# SPDX-License-Identifier: Apache-2.0
"""What the authority decides on what the regulations leave open (6.11; JS 5, 7, 32; CQ 6, 7).

Everything stands in one stream of the jurisdiction. What was approved is written out once more in the approval, so
that it can be read without the draft.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.policy.values import ListEntry, ParameterValue


class PolicyVersionDrafted(Event):
    """Proposed to the council; without any effect (`policy_version_drafted`, JS 7(1), CQ 7)."""

    TYPE: ClassVar[str] = "policy.PolicyVersionDrafted"

    version: UUID
    title: str
    reason: str
    values: tuple[ParameterValue, ...]
    entries: tuple[ListEntry, ...]


class PolicyVersionApproved(Event):
    """Decided by the council; holds from the local midnight of a day (`policy_version_approved`, JS 5.a, CQ 6)."""

    TYPE: ClassVar[str] = "policy.PolicyVersionApproved"

    version: UUID
    title: str
    decision: str
    decided_by: str
    decided_on: date
    effective_from: date
    values: tuple[ParameterValue, ...]
    entries: tuple[ListEntry, ...]


class PolicyVersionWithdrawn(Event):
    """A draft that will not be decided."""

    TYPE: ClassVar[str] = "policy.PolicyVersionWithdrawn"

    version: UUID
    reason: str


class PolicyVersionRepealed(Event):
    """From the local midnight of a day on, what held before the version holds again; what was judged stays judged."""

    TYPE: ClassVar[str] = "policy.PolicyVersionRepealed"

    version: UUID
    decision: str
    decided_by: str
    decided_on: date
    effective_from: date
    reason: str


class LocalMeasuresAdopted(Event):
    """Measures of a city, county or district of its own, on what the regime leaves to territories (JS 32.b)."""

    TYPE: ClassVar[str] = "policy.LocalMeasuresAdopted"

    measures: UUID
    legal_person: UUID
    territory: str
    title: str
    document_number: str
    decided_by: str
    decided_on: date
    effective_from: date
    values: tuple[ParameterValue, ...]


class LocalMeasuresRepealed(Event):
    """From the local midnight of a day on, the territory follows the province again."""

    TYPE: ClassVar[str] = "policy.LocalMeasuresRepealed"

    measures: UUID
    document_number: str
    decided_by: str
    decided_on: date
    effective_from: date
    reason: str
