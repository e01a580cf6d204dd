# SPDX-License-Identifier: Apache-2.0
"""An edition of a regulation: parameters with unit, origin, articles and the decisive words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from domain.kernel.citation import Basis, Citation
from domain.kernel.errors import refusal

Value = str | bool | int | Decimal | date | tuple[Any, ...] | dict[str, Any]


class Parameter(BaseModel):
    """One number, list or rule of a regulation.

    `origin` is T (fixed by the text), C (must be set by the authority) or D (a design default, [X] included).
    `value` is None where the regulation is silent: silent is neither zero nor "no". `default` is what holds while
    a silent parameter is not set by decision; without one, commands that need it are refused (fail closed).
    `choice` names the reading (A28) or ruling (8.4) behind the default or the interpretation.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: str
    origin: Literal["T", "C", "D"]
    value: Value | None = None
    default: Value | None = None
    choice: str = ""
    articles: tuple[str, ...] = ()
    quotation: str = ""
    note: str = ""

    @property
    def silent(self) -> bool:
        """Whether the regulation gives no rule."""
        return self.value is None


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
        """The value in force, or its default where the regulation is silent.

        Raises `DomainError` `policy.decision_missing` where the authority has yet to decide.
        """
        parameter = self.parameter(name)
        value = parameter.default if parameter.value is None else parameter.value
        if value is None:
            raise refusal("policy.decision_missing", citation=self.citation(name), parameter=name)
        return value

    def optional(self, name: str) -> Any:  # noqa: ANN401 - each parameter has its own type
        """The value in force or its default; None where there is neither."""
        parameter = self.parameter(name)
        return parameter.default if parameter.value is None else parameter.value

    def fen(self, name: str) -> int:
        """An amount of money, which regulations give in yuan."""
        return int(Decimal(self.value(name)) * 100)

    def citation(self, name: str) -> Citation | None:
        """Where the parameter comes from: its articles, else the reading or ruling that stands in for one."""
        parameter = self.parameter(name)
        place = ", ".join(parameter.articles) or parameter.choice
        return Citation(document=self.document_no, article=place, quotation=parameter.quotation) if place else None

    def cite(self, article: str, quotation: str = "") -> Citation:
        """An article of this regime."""
        return Citation(document=self.document_no, article=article, quotation=quotation)

    def basis(self, *names: str, articles: tuple[str, ...] = ()) -> Basis:
        """What a decision rests on: this edition, the parameters named with their values, and their articles."""
        used = {name: self.optional(name) for name in names}
        cited = [article for name in names for article in self.parameter(name).articles]
        return Basis(
            regime=self.regime,
            edition=self.edition,
            articles=tuple(dict.fromkeys([*articles, *cited])),
            values={name: _as_text(value) for name, value in used.items()},
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
