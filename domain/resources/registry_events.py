# SPDX-License-Identifier: Apache-2.0
"""What the registry records of a resource beside lifecycle 6.1: description, scope, deadlines, quality.

6.1 is extended by these facts and never narrowed: none of them changes a resource's state.
"""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.citation import Citation
from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.time import Instant
from domain.resources.described import Classification, Described
from domain.resources.values import Value

ReviewBand = Literal["middle", "upper", "all"]
"""`all`: the regime reviews whatever reaches a threshold in one way, without bands."""
ReviewDoubt = Literal["funding_unknown", "acquisition_date_unknown"]


class CorrectionItem(Value):
    """What is wrong with one field of a submission."""

    field: str
    reason: str


class ResourceDescribed(Event):
    """The descriptive fields of a resource under the schema of its type and kind, all anew (JS 2.a, 11.a; CQ 3).

    `values` are by field and say themselves what they are. `classification` is that of the whole description; a field
    that its schema classifies more narrowly stays so. Whoever describes declares that no state secret is among it
    (ruling 8.23).
    """

    TYPE: ClassVar[str] = "resources.ResourceDescribed"

    schema_name: str
    kind: str
    schema_version: int
    classification: Classification
    values: dict[str, Described]
    declared_free_of_state_secrets: bool


class ReviewNeeded(Value):
    """The purchase lay in a review band, whose lower limit (fen) and article are named (JS 12, CQ 22).

    `doubts` say why nobody can tell for certain: money or day of purchase are not recorded.
    """

    band: ReviewBand
    limit_fen: Fen
    citation: Citation
    doubts: tuple[ReviewDoubt, ...] = ()


class ResourceAssessed(Event):
    """What the regime makes of the resource, stamped because read models know no policy (JS 2, 9, 12; CQ 3, 5, 12, 22).

    `public`: formed with money that makes sharing a duty. `encouraged`: not so, but with money whose owners are asked
    to share. `counted`: a resource by its value. `listing_due_on`: the last day, included, on which a new resource is
    reported and opened; None where nothing is due. `listing_binding`: whether missing it is overdue (CQ 12.b) or only
    warned of (A14, A79). `review`: what its purchase needed; None where it needed no review.
    """

    TYPE: ClassVar[str] = "resources.ResourceAssessed"

    public: bool
    encouraged: bool = False
    counted: bool
    listing_due_on: date | None
    listing_binding: bool
    review: ReviewNeeded | None = None


class StandardApplied(Event):
    """By what an accepted submission was checked: a version of a data standard, and the decision it is in force by.

    It stands beside the acceptance, which names the standard by its title (JS 8(2), 11.c; CQ 8(d)).
    """

    TYPE: ClassVar[str] = "resources.StandardApplied"

    document: UUID
    document_version: int
    decision: UUID
    decision_reference: str


class CorrectionRequested(Event):
    """The reasons of a return, field by field. `return_count` numbers the returns of the resource from 1."""

    TYPE: ClassVar[str] = "resources.CorrectionRequested"

    items: tuple[CorrectionItem, ...]
    return_count: int


class ReturnConceded(Event):
    """The platform concedes that its return was its own error: the returned submission counts after all (A10)."""

    TYPE: ClassVar[str] = "resources.ReturnConceded"

    return_count: int
    reason: str


class QualityChecked(Event):
    """One dimension of quality was checked (JS 10.d, 13; CQ 23.a). `evidence` names where the proof is kept."""

    TYPE: ClassVar[str] = "resources.QualityChecked"

    dimension: str
    passed: bool
    finding: str
    fields: tuple[str, ...]
    evidence: str


class ResourceDataConfirmed(Event):
    """The unit has looked, and all that is recorded still holds (JS 13)."""

    TYPE: ClassVar[str] = "resources.ResourceDataConfirmed"


class ProjectLinked(Event):
    """The funded project that formed the resource, with the planned moment of its acceptance (JS 11.b).

    `binding`: whether the regime ties the submission to it. `advisory`: the rule holds by reference only, so the duty
    is shown and nothing is overdue (JS 32).
    """

    TYPE: ClassVar[str] = "resources.ProjectLinked"

    project_number: str
    project_title: str
    planned_acceptance_at: Instant
    binding: bool
    advisory: bool = False


class ProjectAccepted(Event):
    """The project was accepted; from now on this moment is the limit, no longer the planned one (JS 11.b, A10)."""

    TYPE: ClassVar[str] = "resources.ProjectAccepted"

    project_number: str
    accepted_at: Instant
    document: str


class ListingExceptionGranted(Event):
    """A late listing is excused; the record stays (CQ 12.b 「原则上」, A21)."""

    TYPE: ClassVar[str] = "resources.ListingExceptionGranted"

    reason: str
    document: str
    decided_on: date
