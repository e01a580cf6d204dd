# SPDX-License-Identifier: Apache-2.0
"""An edition of a regulation: its parameters, and what rooms ask of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.kernel.citation import Basis, Citation
from domain.kernel.errors import refusal
from domain.policy.parameter import Parameter


class Edition(BaseModel):
    """The parameters of one regime from `effective_from` on. Facts are judged by their own business date (A04)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regime: str
    edition: str
    document_no: str
    title: dict[str, str]
    effective_from: date
    parameters: dict[str, Parameter]

    def parameter(self, name: str) -> Parameter:
        """The parameter with its citation. Raises KeyError for a name that no regime has: that is a bug."""
        return self.parameters[name]

    def value(self, name: str) -> Any:  # noqa: ANN401 - each parameter has its own type
        """The value in force: the regulation's, that of a decision, or its default where both are silent.

        None only where the authority has decided that there is to be none (A42). Raises `DomainError`
        `policy.decision_missing` where it has yet to decide.
        """
        parameter = self.parameter(name)
        if parameter.missing:
            raise refusal("policy.decision_missing", citation=self.citation(name), parameter=name)
        return parameter.in_force

    def optional(self, name: str) -> Any:  # noqa: ANN401 - each parameter has its own type
        """The value in force or its default; None where there is neither."""
        return self.parameter(name).in_force

    def fen(self, name: str) -> int:
        """An amount of money, which regulations give in yuan."""
        return int(Decimal(self.value(name)) * 100)

    def citation(self, name: str) -> Citation | None:
        """Where the parameter comes from: its articles and the decisions that set it.

        Where there is neither, the reading or ruling that stands in for an article; None without one.
        """
        parameter = self.parameter(name)
        place = ", ".join(_sources(parameter)) or parameter.choice
        return Citation(document=self.document_no, article=place, quotation=parameter.quotation) if place else None

    def cite(self, article: str, quotation: str = "") -> Citation:
        """An article of this regime."""
        return Citation(document=self.document_no, article=article, quotation=quotation)

    def basis(self, *names: str, articles: tuple[str, ...] = ()) -> Basis:
        """What a decision rests on: this edition, the parameters named with their values, and where they come from.

        Their places are articles, and the numbers of the decisions that set or extended them.
        """
        used = {name: self.parameter(name) for name in names}
        cited = [place for parameter in used.values() for place in _sources(parameter)]
        return Basis(
            regime=self.regime,
            edition=self.edition,
            articles=tuple(dict.fromkeys([*articles, *cited])),
            values={name: in_words(parameter) for name, parameter in used.items()},
        )


class Regime(BaseModel):
    """A regulation with all its editions, the earliest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    editions: tuple[Edition, ...]

    def on(self, business_date: date) -> Edition:
        """The edition in force on a business date.

        Raises `DomainError` `policy.not_in_force` before the first one (JS-33.1, CQ-25.1).
        """
        in_force = [edition for edition in self.editions if edition.effective_from <= business_date]
        if not in_force:
            first = self.editions[0]
            raise refusal(
                "policy.not_in_force",
                citation=first.citation("policy.effective_from"),
                regime=self.name,
                effective_from=first.effective_from.isoformat(),
                business_date=business_date.isoformat(),
            )
        return in_force[-1]


def in_words(parameter: Parameter) -> str:
    """The value in force as the basis of a decision keeps it."""
    if parameter.in_force is None and parameter.decisions:
        return "none"
    return _as_text(parameter.in_force)


def _sources(parameter: Parameter) -> list[str]:
    decided = (*parameter.decisions[-1:], *parameter.additions)
    return list(dict.fromkeys([*parameter.articles, *(decision.reference for decision in decided)]))


def _as_text(value: Any) -> str:  # noqa: ANN401 - each parameter has its own type
    """A parameter as it stands in the basis of a decision, for ever: plain words, no notation of a language."""
    match value:
        case None:
            return "silent"
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(map(_as_text, value))
        case dict():
            return "; ".join(f"{key}: {_as_text(inner)}" for key, inner in value.items())
        case _:
            return str(value)
