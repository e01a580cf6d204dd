# SPDX-License-Identifier: Apache-2.0
"""Placeholders in the clauses of templates, such as `{{valid_until}}`: which there are, and what fills them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.contracts.document import Clauses
from domain.kernel.errors import Rules
from domain.kernel.money import yuan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.contracts.events import Terms

KNOWN = (
    "number",
    "unit",
    "provider",
    "customer",
    "resources",
    "valid_from",
    "valid_until",
    "ceiling_yuan",
    "provider_share",
    "user_share",
)
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def _texts(clauses: Clauses) -> Iterator[tuple[str, str]]:
    """Each clause with its name, the further ones too."""
    yield from clauses.model_dump(exclude={"further"}).items()
    yield from clauses.further.items()


def placeholders_of(clauses: Clauses) -> tuple[str, ...]:
    """Those that stand in the clauses, each once, in the order in which they come."""
    return tuple(dict.fromkeys(name for _, text in _texts(clauses) for name in _PLACEHOLDER.findall(text)))


def require_known(rules: Rules, clauses: Clauses) -> None:
    """Note every placeholder that nothing could fill, and every brace that is none, by its clause."""
    for clause, text in _texts(clauses):
        field = f"clauses.{clause}"
        for name in _PLACEHOLDER.findall(text):
            rules.require(
                name in KNOWN,
                "contracts.placeholder_unknown",
                field=field,
                clause=clause,
                placeholder=name,
                allowed=", ".join(KNOWN),
            )
        rest = _PLACEHOLDER.sub("", text)
        rules.require(
            "{" not in rest and "}" not in rest, "contracts.placeholder_malformed", field=field, clause=clause
        )


def values_of(terms: Terms, names: Mapping[str, str]) -> dict[str, str]:
    """What fills the placeholders: the terms, and the `names` of number, parties and resources.

    A ceiling that is not agreed has no value; the share of a side that is not named is 0.00.
    """
    shares = {share.party: f"{share.percent:.2f}" for share in terms.ip_shares}
    ceiling = {} if terms.ceiling_fen is None else {"ceiling_yuan": yuan(terms.ceiling_fen)}
    return {
        **names,
        **ceiling,
        "valid_from": terms.valid_from.isoformat(),
        "valid_until": terms.valid_until.isoformat(),
        "provider_share": shares.get("provider", "0.00"),
        "user_share": shares.get("user", "0.00"),
    }


def filled(clauses: Clauses, values: Mapping[str, str]) -> Clauses:
    """The clauses with every placeholder replaced.

    Raises `contracts.placeholder_without_value` for each that the terms leave open.
    """
    rules = Rules()
    for clause, text in _texts(clauses):
        for name in _PLACEHOLDER.findall(text):
            rules.require(
                name in values,
                "contracts.placeholder_without_value",
                field="terms",
                clause=clause,
                placeholder=name,
            )
    rules.enforce()

    def fill(text: str) -> str:
        return _PLACEHOLDER.sub(lambda found: values[found[1]], text)

    stated = {name: fill(text) for name, text in clauses.model_dump(exclude={"further"}).items()}
    return Clauses.model_validate({**stated, "further": {name: fill(text) for name, text in clauses.further.items()}})


def completed(given: Clauses, prefilled: Clauses) -> tuple[Clauses, tuple[str, ...]]:
    """The clauses that were stated, the others from the template; and which those are."""
    mine, theirs = dict(_texts(given)), dict(_texts(prefilled))
    names = tuple(name for name, text in theirs.items() if text and not mine.get(name))
    further = {**prefilled.further, **{name: text for name, text in given.further.items() if text}}
    stated = {name: mine[name] or theirs[name] for name in given.model_dump(exclude={"further"})}
    return Clauses.model_validate({**stated, "further": further}), names
