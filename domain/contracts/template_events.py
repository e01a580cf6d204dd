# SPDX-License-Identifier: Apache-2.0
"""Templates of contracts: versions of prefilled clauses, and which one a contract was drafted from (JS 18)."""

from typing import ClassVar, Literal
from uuid import UUID

from domain.contracts.document import Clauses
from domain.kernel.event import Event

ServiceKind = Literal["self_operated", "operator_assisted", "commissioned_test", "remote", "data", "framework"]


class TemplatePublished(Event):
    """A version of a template; `unit` is None for one of the whole province. It holds nothing secret: all may read it.

    `placeholders` are those that stand in its clauses, to be filled from terms and parties when a contract is drafted.
    """

    TYPE: ClassVar[str] = "contracts.TemplatePublished"

    unit: UUID | None
    kind: ServiceKind
    title: str
    template_version: int
    clauses: Clauses
    placeholders: tuple[str, ...]
    note: str = ""


class TemplateWithdrawn(Event):
    """Nothing new is drafted from it; contracts drafted from it stay as they are."""

    TYPE: ClassVar[str] = "contracts.TemplateWithdrawn"

    reason: str


class TemplatePinned(Event):
    """The contract was drafted from this version of a template; `prefilled` are the clauses it filled."""

    TYPE: ClassVar[str] = "contracts.TemplatePinned"

    template: UUID
    template_version: int
    kind: ServiceKind
    prefilled: tuple[str, ...]
