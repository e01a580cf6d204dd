# SPDX-License-Identifier: Apache-2.0
"""Draft a document, revise it, hear the committee on it (JS 6, 7(1); CQ 7(a,b), 9). None of this has any effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.governance.document import STANDARDS, Document, require_draft, require_living
from domain.governance.events import (
    DocumentDrafted,
    DraftRevised,
    DraftWithdrawn,
    OpinionAttached,
    StandardReviewed,
)
from domain.kernel.actor import Role
from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from datetime import date

    from domain.governance.values import DocumentKind, Stance
    from domain.kernel.event import Event
    from domain.policy import Edition

DRAFTERS = "governance.drafters"
ADVISERS = "governance.advisers"


@dataclass(frozen=True, slots=True)
class Text:
    """What a version says: titles, the digest of its text and where the text is kept."""

    title_zh: str
    title_en: str
    digest: str
    location: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the committee says of a version, with the digest of its paper, if there is one."""

    stance: Stance
    opinion: str
    digest: str | None
    given_on: date


def draft(*, kind: DocumentKind, year: int | None, text: Text, role: Role, edition: Edition) -> list[Event]:
    """Begin a document: version 1, a draft (JS 7(1), CQ 7(a,b)).

    Raises `governance.not_the_drafter`, `governance.year_missing`, `governance.year_out_of_place`.
    """
    rules = Rules()
    _may_draft(rules, role, edition)
    yearly = kind == "annual_plan"
    rules.require(year is not None or not yearly, "governance.year_missing", field="year")
    rules.require(year is None or yearly, "governance.year_out_of_place", field="year")
    rules.enforce()
    return [
        DocumentDrafted(
            kind=kind,
            title_zh=text.title_zh,
            title_en=text.title_en,
            year=year,
            digest=text.digest,
            location=text.location,
            drafted_by=role.value,
            basis=edition.basis(DRAFTERS),
        )
    ]


def revise(state: Document, *, text: Text, changes: str, role: Role, edition: Edition) -> list[Event]:
    """Write the next version; what is in force stays in force until the next one is adopted.

    Raises `governance.document_repealed`, `governance.not_the_drafter`, `governance.nothing_changed`.
    """
    require_living(state)
    rules = Rules()
    _may_draft(rules, role, edition)
    rules.require(text.digest != state.last.digest, "governance.nothing_changed", field="digest")
    rules.enforce()
    return [
        DraftRevised(
            document_version=state.last.number + 1,
            title_zh=text.title_zh,
            title_en=text.title_en,
            digest=text.digest,
            location=text.location,
            changes=changes,
            basis=edition.basis(DRAFTERS),
        )
    ]


def withdraw(state: Document, *, document_version: int, reason: str, role: Role, edition: Edition) -> list[Event]:
    """Give up the latest draft. Raises `governance.not_a_draft`, `governance.not_the_drafter`."""
    require_draft(state, document_version)
    rules = Rules()
    _may_draft(rules, role, edition)
    rules.enforce()
    return [DraftWithdrawn(document_version=document_version, reason=reason, basis=edition.basis(DRAFTERS))]


def review(
    state: Document,
    *,
    document_version: int,
    opinion: Opinion,
    role: Role,
    edition: Edition,
    today: date,
) -> list[Event]:
    """The committee reviews a standard or advises on anything else; nothing waits for it, nothing follows from it.

    Raises `governance.not_the_adviser`, `governance.version_unknown`, `governance.given_in_the_future`.
    """
    rules = Rules()
    advisers = edition.value(ADVISERS)
    rules.require(
        role is Role.SYSTEM or role.value in advisers,
        "governance.not_the_adviser",
        citation=edition.citation(ADVISERS),
        role=role.value,
        possible_role=", ".join(advisers),
    )
    rules.require(
        document_version <= state.last.number,
        "governance.version_unknown",
        field="document_version",
        version=document_version,
        latest=state.last.number,
    )
    rules.require(opinion.given_on <= today, "governance.given_in_the_future", field="given_on")
    rules.enforce()
    given = StandardReviewed if state.kind in STANDARDS else OpinionAttached
    return [
        given(
            document_version=document_version,
            stance=opinion.stance,
            opinion=opinion.opinion,
            digest=opinion.digest,
            given_on=opinion.given_on,
            basis=edition.basis(ADVISERS),
        )
    ]


def _may_draft(rules: Rules, role: Role, edition: Edition) -> None:
    drafters = edition.value(DRAFTERS)
    rules.require(
        role is Role.SYSTEM or role.value in drafters,
        "governance.not_the_drafter",
        citation=edition.citation(DRAFTERS),
        role=role.value,
        possible_role=", ".join(drafters),
    )
