# SPDX-License-Identifier: Apache-2.0
"""Reads the regulations from `domain.policy.regimes`, one file an edition, and trusts nothing in them unchecked."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from domain.policy import Edition, Parameter, Regime
from infrastructure.policy.shape import RegimeFileError, Regulation, Row

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

HEAD = "regulation"


def load_regime(name: str) -> Regime:
    """A regime by its name. Raises KeyError for an unknown one and `RegimeFileError` for a faulty file."""
    return load_regimes()[name]


@cache
def load_regimes() -> dict[str, Regime]:
    """All regimes by name, each with its editions in order of their effective dates.

    Raises `RegimeFileError`, also where two files do not have the same parameters.
    """
    return regimes_in(files("domain.policy.regimes"))


def regimes_in(directory: Traversable) -> dict[str, Regime]:
    """The regimes of a directory of `*.toml` files. Raises `RegimeFileError`."""
    editions = {
        item.name: edition_from(item.name, item.read_text(encoding="utf-8"))
        for item in sorted(directory.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    }
    _have_the_same_parameters(editions)
    _do_not_overlap(editions)
    by_date = sorted(editions.values(), key=lambda edition: edition.effective_from)
    names = sorted({edition.regime for edition in by_date})
    return {
        name: Regime(name=name, editions=tuple(edition for edition in by_date if edition.regime == name))
        for name in names
    }


def edition_from(file: str, text: str) -> Edition:
    """One edition. Raises `RegimeFileError` with the name of the file, the key and the reason."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RegimeFileError(file, "-", str(error)) from error
    regulation = _checked(Regulation, data.pop(HEAD, {}), file, HEAD)
    parameters = {
        f"{group}.{key}": _parameter(f"{group}.{key}", row, regulation, file)
        for group, rows in data.items()
        for key, row in _table(rows, file, group).items()
    }
    _agrees_with_its_head(regulation, parameters, file)
    return Edition(
        regime=regulation.regime,
        edition=regulation.edition,
        document_no=regulation.document_no,
        title={"zh": regulation.title_zh, "en": regulation.title_en},
        effective_from=regulation.effective_from,
        parameters=parameters,
    )


def _parameter(name: str, data: object, regulation: Regulation, file: str) -> Parameter:
    row = _checked(Row, _table(data, file, name), file, name, regulation)
    return Parameter(
        name=name,
        unit=row.unit,
        origin=row.origin,
        value=_frozen(row.value),
        default=_frozen(row.default),
        choice=row.choice,
        articles=tuple(row.articles),
        quotation=row.quotation,
        note=row.note,
    )


def _table(data: object, file: str, key: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise RegimeFileError(file, key, "must be a table")
    return data


def _checked(shape: Any, data: dict[str, Any], file: str, key: str, context: Regulation | None = None) -> Any:  # noqa: ANN401
    try:
        return shape.model_validate(data, context=context)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join([key, *map(str, first["loc"])])
        raise RegimeFileError(file, place, first["msg"]) from error


def _frozen(value: object) -> Any:  # noqa: ANN401 - each parameter has its own type
    """Lists as tuples, so that nobody changes the law in passing."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _agrees_with_its_head(regulation: Regulation, parameters: dict[str, Parameter], file: str) -> None:
    """What the head says twice, it says alike."""
    twice = {
        "policy.document_no": regulation.document_no,
        "policy.issue_date": regulation.issued_on,
        "policy.effective_from": regulation.effective_from,
        "policy.issuer_count": len(regulation.issuers),
        "policy.article_count": regulation.articles,
    }
    for name, said in twice.items():
        if name in parameters and parameters[name].value != said:
            raise RegimeFileError(file, name, f"the head says {said}")


def _have_the_same_parameters(editions: dict[str, Edition]) -> None:
    every = set[str]().union(*(edition.parameters for edition in editions.values()))
    for file, edition in editions.items():
        if missing := sorted(every - edition.parameters.keys()):
            raise RegimeFileError(file, missing[0], "another regulation has this parameter; write it here, or silent")


def _do_not_overlap(editions: dict[str, Edition]) -> None:
    """One edition ends where the next begins, so two may not begin on the same day."""
    in_order = sorted(editions.items(), key=lambda item: (item[1].regime, item[1].effective_from))
    for (earlier_file, earlier), (file, later) in pairwise(in_order):
        if (earlier.regime, earlier.effective_from) == (later.regime, later.effective_from):
            raise RegimeFileError(file, f"{HEAD}.effective_from", f"overlaps with {earlier_file}")
