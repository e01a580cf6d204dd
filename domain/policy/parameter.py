# SPDX-License-Identifier: Apache-2.0
"""One number, list or rule of a regulation, and what may be decided about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from domain.policy.units import Unit

Value = str | bool | int | Decimal | date | tuple[Any, ...] | dict[str, Any]


class Limits(BaseModel):
    """What a decision on a parameter must keep to, beside its unit.

    `choices` are the only values the rules know. `above` and `below` exclude the number, `at_most_of` names a
    parameter whose value is the ceiling, included. `keys_of` names the list whose entries a table is keyed by, `sum`
    what a table's shares add up to; without either there is no table. `none` allows the decision that there is to be
    none (A42).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    choices: tuple[str, ...] = ()
    above: Decimal | None = None
    below: Decimal | None = None
    at_most_of: str = ""
    keys_of: str = ""
    sum: Decimal | None = None
    none: bool = False


class Decision(BaseModel):
    """Which decision set a value: its number, who took it and when, from which local day it holds.

    `territory` is empty for the whole jurisdiction, else the place whose own measures these are (JS 32).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reference: str
    decided_by: str
    decided_on: date
    effective_from: date
    territory: str = ""


class Parameter(BaseModel):
    """One number, list or rule of a regulation.

    `origin` is T (fixed by the text), C (must be set by the authority) or D (a design default, [X] included).
    `value` is None where the regulation is silent: silent is neither zero nor "no". `default` is what holds while
    a silent parameter is not set by decision. Without one, commands that need it are refused where it is
    `fail_closed`; elsewhere there is to be none until it is decided.
    `choice` names the reading (A28) or ruling (8.4) behind the default or the interpretation. `open` says that a
    decision may add to the list (等, 主要包括), `local` that measures of a territory may override it.
    `decisions` are those that set the value, the last one in force; with one, a value of None means that there is to
    be none. `additions` are those that added to the list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: Unit
    origin: Literal["T", "C", "D"]
    value: Value | None = None
    default: Value | None = None
    choice: str = ""
    articles: tuple[str, ...] = ()
    quotation: str = ""
    note: str = ""
    fail_closed: bool = False
    open: bool = False
    local: bool = False
    limits: Limits = Limits()
    decisions: tuple[Decision, ...] = ()
    additions: tuple[Decision, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether neither the regulation nor a decision gives a rule."""
        return self.value is None and not self.decisions

    @property
    def in_force(self) -> Value | None:
        """The value, or the default where nothing is said; None where there is neither, or where "none" was decided."""
        return self.default if self.silent else self.value

    @property
    def missing(self) -> bool:
        """Whether the authority has yet to decide: commands that need the parameter are refused."""
        return self.silent and self.default is None

    @property
    def settable(self) -> bool:
        """Whether a decision may set it: what the text says stands, where it is silent the authority decides.

        A rule that only the other regulation has, and that no reading supplies here, is not the authority's to invent.
        """
        if self.decisions or self.origin == "D":
            return True
        return self.value is None and (self.origin == "C" or self.default is not None)
