# SPDX-License-Identifier: Apache-2.0
"""Templates of contracts, one of a stream: published, revised to new versions, withdrawn (JS 18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.contracts.placeholders import placeholders_of, require_known
from domain.contracts.template_events import TemplatePublished, TemplateWithdrawn
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from uuid import UUID

    from domain.contracts.document import Clauses
    from domain.contracts.template_events import ServiceKind
    from domain.kernel.event import Event
    from domain.policy import Edition

CLAUSE_LIST = "contract.required_clauses"


@dataclass(frozen=True, slots=True)
class Template:
    """Its versions, the first one first: version n stands at n - 1."""

    unit: UUID | None
    kind: ServiceKind
    versions: tuple[TemplatePublished, ...]
    withdrawn: bool = False

    def version(self, number: int | None) -> TemplatePublished:
        """That version, or the latest. Raises `contracts.no_such_template_version`."""
        wanted = len(self.versions) if number is None else number
        if not 1 <= wanted <= len(self.versions):
            raise refusal(
                "contracts.no_such_template_version", field="template_version", asked=wanted, latest=len(self.versions)
            )
        return self.versions[wanted - 1]


def evolve(state: Template | None, event: TemplatePublished | TemplateWithdrawn) -> Template:
    """The template after one more event."""
    if isinstance(event, TemplateWithdrawn):
        assert state is not None, "a template is published first"
        return replace(state, withdrawn=True)
    if state is None:
        return Template(event.unit, event.kind, (event,))
    return replace(state, versions=(*state.versions, event))


TEMPLATE = Aggregate("contracts.Template", evolve, (TemplatePublished, TemplateWithdrawn))


def publish(
    before: Template | None,
    *,
    unit: UUID | None,
    kind: ServiceKind,
    title: str,
    clauses: Clauses,
    note: str,
    edition: Edition,
) -> list[Event]:
    """Publish the first or the next version: every required clause prefilled, every placeholder a known one.

    Raises `DomainError` with every broken rule: `contracts.clause_missing`, `contracts.placeholder_unknown`,
    `contracts.placeholder_malformed`, `contracts.template_withdrawn`, `contracts.template_unchanged`.
    """
    if before is not None:
        _require_open(before)
        latest = before.versions[-1]
        if (latest.title, latest.clauses, latest.note) == (title, clauses, note):
            raise refusal("contracts.template_unchanged", field="clauses", version=latest.template_version)
    rules = Rules()
    for clause in clauses.missing(tuple(edition.value(CLAUSE_LIST))):
        rules.require(
            False,  # noqa: FBT003 - a rule that does not hold
            "contracts.clause_missing",
            citation=edition.citation(CLAUSE_LIST),
            field=f"clauses.{clause}",
            clause=clause,
        )
    require_known(rules, clauses)
    rules.enforce()
    return [
        TemplatePublished(
            unit=unit,
            kind=kind,
            title=title,
            template_version=len(before.versions) + 1 if before else 1,
            clauses=clauses,
            placeholders=placeholders_of(clauses),
            note=note,
            basis=edition.basis(CLAUSE_LIST),
        )
    ]


def withdraw(template: Template, *, reason: str) -> list[Event]:
    """Let nothing new be drafted from it. Raises `contracts.template_withdrawn`."""
    _require_open(template)
    return [TemplateWithdrawn(reason=reason)]


def _require_open(template: Template) -> None:
    if template.withdrawn:
        raise refusal("contracts.template_withdrawn", field="template_id")
