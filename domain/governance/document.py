# SPDX-License-Identifier: Apache-2.0
"""A plan, rule, support policy, technical standard or operating norm with all its versions (JS 5-7, CQ 6, 7, 9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.governance.events import (
    DocumentAdopted,
    DocumentDrafted,
    DocumentRepealed,
    DraftRevised,
    DraftWithdrawn,
    OpinionAttached,
    PlanYearTaken,
    StandardReviewed,
)
from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.governance.values import DocumentKind

STANDARDS: frozenset[DocumentKind] = frozenset({"technical_standard", "operating_norm"})
"""What the committee reviews (JS 6); on everything else it advises."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version. It is a draft until a `decision` gave it a day of effect; `opinions` counts the committee's."""

    number: int
    title_zh: str
    digest: str
    opinions: int = 0
    withdrawn: bool = False
    effective_from: date | None = None
    decision: UUID | None = None
    decision_reference: str = ""

    @property
    def draft(self) -> bool:
        """Whether it may still be adopted, as far as this version alone is concerned."""
        return self.effective_from is None and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stands. It is in force before `repealed_from`, never on that day.

    `place_in_year` is an annual plan's among those adopted for its year.
    """

    kind: DocumentKind
    title_zh: str
    title_en: str
    year: int | None
    drafted_by: str
    versions: tuple[Version, ...]
    repealed_from: date | None = None
    place_in_year: int | None = None

    @property
    def last(self) -> Version:
        """The latest version, draft or not."""
        return self.versions[-1]

    @property
    def adopted(self) -> tuple[Version, ...]:
        """Versions that were decided, in the order of their days of effect."""
        return tuple(version for version in self.versions if version.effective_from is not None)

    def in_force_on(self, day: date) -> Version | None:
        """The version in force on a day; a draft never is (JS-5.1)."""
        if self.repealed_from is not None and day >= self.repealed_from:
            return None
        past = [item for item in self.adopted if item.effective_from is not None and item.effective_from <= day]
        return past[-1] if past else None


OfVersion = DraftWithdrawn | StandardReviewed | OpinionAttached | DocumentAdopted
Change = DraftRevised | OfVersion | PlanYearTaken | DocumentRepealed


def evolve(state: Document | None, event: DocumentDrafted | Change) -> Document:
    """The document after an event."""
    if isinstance(event, DocumentDrafted):
        first = Version(1, event.title_zh, event.digest)
        return Document(event.kind, event.title_zh, event.title_en, event.year, event.drafted_by, (first,))
    assert state is not None
    match event:
        case DraftRevised():
            versions = (*state.versions, Version(event.document_version, event.title_zh, event.digest))
            return replace(state, versions=versions, title_zh=event.title_zh, title_en=event.title_en)
        case DocumentRepealed():
            return replace(state, repealed_from=event.effective_from)
        case PlanYearTaken():
            return replace(state, place_in_year=event.place)
        case _:
            return replace(state, versions=tuple(_changed(item, event) for item in state.versions))


def _changed(version: Version, event: OfVersion) -> Version:
    if version.number != event.document_version:
        return version
    match event:
        case DraftWithdrawn():
            return replace(version, withdrawn=True)
        case DocumentAdopted():
            return replace(
                version,
                effective_from=event.effective_from,
                decision=event.decision,
                decision_reference=event.decision_reference,
            )
        case _:
            return replace(version, opinions=version.opinions + 1)


DOCUMENT = Aggregate(
    "governance.Document",
    evolve,
    (
        DocumentDrafted,
        DraftRevised,
        DraftWithdrawn,
        StandardReviewed,
        OpinionAttached,
        DocumentAdopted,
        PlanYearTaken,
        DocumentRepealed,
    ),
)


def require_living(state: Document) -> None:
    """Refuse what is asked of a repealed document: `governance.document_repealed`."""
    if state.repealed_from is not None:
        raise refusal("governance.document_repealed", repealed_from=state.repealed_from.isoformat())


def require_draft(state: Document, number: int) -> Version:
    """The version, which must be the latest and neither adopted nor withdrawn. Raises `governance.not_a_draft`."""
    if number != state.last.number or not state.last.draft:
        raise refusal("governance.not_a_draft", field="document_version", version=number, latest=state.last.number)
    return state.last
