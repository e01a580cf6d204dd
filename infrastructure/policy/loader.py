# SPDX-License-Identifier: Apache-2.0
"""Reads the regulations from `domain.policy.regimes` and a folder of one's own; trusts nothing in them unchecked."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from domain.kernel.errors import DomainError
from domain.policy import Edition, Limits, Parameter, Regime
from domain.policy.limits import beyond
from domain.policy.units import frozen
from infrastructure.policy.shape import RegimeFileError, Regulation, Row
from infrastructure.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable
    from pathlib import Path

HEAD = "regulation"


class UnknownRegime(Exception):
    """A regime that no file describes."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"There is no file of the regime {name}, only of {', '.join(known)}; nothing was done. "
            "Name the folder of its file in TONGCHOU_REGIMES_DIR."
        )


def load_regime(name: str, more: Path | None = None) -> Regime:
    """A regime by its name. Raises `UnknownRegime`, and `RegimeFileError` for a faulty file."""
    known = load_regimes(more)
    if name not in known:
        raise UnknownRegime(name, known)
    return known[name]


@cache
def load_regimes(more: Path | None = None) -> dict[str, Regime]:
    """All regimes by name, each with its editions in order of their effective dates.

    `more` is a folder with files of further regimes, or of later editions of these (`Settings.regimes_dir`).
    Raises `RegimeFileError`, also where two files do not have the same parameters.
    """
    shipped = files("domain.policy.regimes")
    if more is not None and not more.is_dir():
        raise RegimeFileError(str(more), "-", "no such folder")
    return regimes_in(shipped) if more is None else regimes_in(shipped, more)


def regimes_in(*directories: Traversable) -> dict[str, Regime]:
    """The regimes of directories of `*.toml` files. Raises `RegimeFileError`."""
    editions: dict[str, Edition] = {}
    for directory in directories:
        for item in sorted(directory.iterdir(), key=lambda item: item.name):
            if item.name in editions:
                raise RegimeFileError(item.name, "-", "another folder has a file of this name")
            if item.name.endswith(".toml"):
                editions[item.name] = edition_from(item.name, _text_of(item))
    _have_the_same_parameters(editions)
    _do_not_overlap(editions)
    by_date = sorted(editions.values(), key=lambda edition: edition.effective_from)
    names = sorted({edition.regime for edition in by_date})
    return {
        name: Regime(name=name, editions=tuple(edition for edition in by_date if edition.regime == name))
        for name in names
    }


def _text_of(item: Traversable) -> str:
    try:
        return item.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RegimeFileError(item.name, "-", "not UTF-8") from error


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
    edition = Edition(
        regime=regulation.regime,
        edition=regulation.edition,
        document_no=regulation.document_no,
        title={"zh": regulation.title_zh, "en": regulation.title_en},
        effective_from=regulation.effective_from,
        parameters=parameters,
    )
    _keeps_to_its_limits(edition, file)
    return edition


def _parameter(name: str, data: object, regulation: Regulation, file: str) -> Parameter:
    row = _checked(Row, _table(data, file, name), file, name, regulation)
    return Parameter(
        name=name,
        unit=row.unit,
        origin=row.origin,
        value=frozen(row.value),
        default=frozen(row.default),
        choice=row.choice,
        articles=tuple(row.articles),
        quotation=row.quotation,
        note=row.note,
        fail_closed=row.fail_closed,
        open=row.open,
        local=row.local,
        limits=Limits.model_validate(row.limits.model_dump()),
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


def _keeps_to_its_limits(edition: Edition, file: str) -> None:
    """Limits name parameters that exist, and what the file itself says keeps to them."""
    for name, parameter in edition.parameters.items():
        limits = parameter.limits
        for other in filter(None, (limits.keys_of, limits.at_most_of)):
            if other not in edition.parameters:
                raise RegimeFileError(file, f"{name}.limits", f"no such parameter: {other}")
        if parameter.in_force is not None:
            for broken in beyond(parameter, parameter.in_force, edition):
                raise RegimeFileError(file, name, load_words().refusals(DomainError([broken]), "en")[0])


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
