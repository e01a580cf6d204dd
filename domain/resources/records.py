# SPDX-License-Identifier: Apache-2.0
"""What the registry knows of a resource beside its particulars: description, standard, judgement, project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from domain.resources.described import Classification, Described
    from domain.resources.registry_events import ResourceAssessed, ReviewNeeded


@dataclass(frozen=True, slots=True)
class Description:
    """The descriptive fields as last stated, all of them."""

    kind: str
    schema_version: int
    classification: Classification
    values: Mapping[str, Described]


@dataclass(frozen=True, slots=True)
class Standard:
    """A document that a submission may be checked against, as it stands on the day of the check.

    `version` is the one in force then, with the decision that put it in force; None where none is.
    """

    document: UUID
    kind: str
    title: str
    version: int | None = None
    decision: UUID | None = None
    decision_reference: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the regime made of the resource when it was last judged; `review` is what its purchase needed."""

    public: bool
    counted: bool
    listing_due_on: date | None
    listing_binding: bool
    encouraged: bool = False
    review: ReviewNeeded | None = None

    def says_the_same(self, other: ResourceAssessed) -> bool:
        """Whether a new judgement changes nothing."""
        return self == Assessment.of(other)

    @classmethod
    def of(cls, event: ResourceAssessed) -> Assessment:
        """What an event stated."""
        return cls(
            public=event.public,
            counted=event.counted,
            listing_due_on=event.listing_due_on,
            listing_binding=event.listing_binding,
            encouraged=event.encouraged,
            review=event.review,
        )


@dataclass(frozen=True, slots=True)
class Project:
    """The funded project a resource came of; `accepted_at` once its acceptance is recorded."""

    number: str
    title: str
    planned_acceptance_at: datetime
    binding: bool
    accepted_at: datetime | None = None
