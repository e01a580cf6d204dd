# SPDX-License-Identifier: Apache-2.0
"""Refusals. A rule that says no names its stable code, its parameters and the article it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.citation import Citation

Parameter = str | int | bool


@dataclass(frozen=True)
class Violation:
    """One broken rule.

    `code` is stable and has a text in each language; `parameters` fill that text; `field` names the input
    it concerns; `overridable_by` names the role that may allow it all the same, if any.
    """

    code: str
    parameters: dict[str, Parameter] = field(default_factory=dict)
    citation: Citation | None = None
    field: str | None = None
    overridable_by: str | None = None


class DomainError(Exception):
    """A rule said no. Carries every broken rule of the request at once, never only the first."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__(", ".join(violation.code for violation in self.violations))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all broken rules, in the order in which they were checked."""
        return tuple(violation.code for violation in self.violations)


def refusal(
    code: str,
    *,
    citation: Citation | None = None,
    field: str | None = None,
    overridable_by: str | None = None,
    **parameters: Parameter,
) -> DomainError:
    """A `DomainError` for a single broken rule."""
    return DomainError([Violation(code, parameters, citation, field, overridable_by)])


class Rules:
    """Collects broken rules so that a person sees all of them at once.

    >>> rules = Rules()
    >>> rules.require(False, "reservation.in_the_past")
    >>> rules.enforce()
    Traceback (most recent call last):
    ...
    domain.kernel.errors.DomainError: reservation.in_the_past
    """

    def __init__(self) -> None:
        self.broken: list[Violation] = []

    def require(
        self,
        holds: bool,  # noqa: FBT001 - reads as a sentence: require(span.end > now, ...)
        code: str,
        *,
        citation: Citation | None = None,
        field: str | None = None,
        overridable_by: str | None = None,
        **parameters: Parameter,
    ) -> None:
        """Note the rule `code` as broken unless it `holds`."""
        if not holds:
            self.broken.append(Violation(code, parameters, citation, field, overridable_by))

    def enforce(self) -> None:
        """Raise `DomainError` with every broken rule; return silently when there is none."""
        if self.broken:
            raise DomainError(self.broken)
