# SPDX-License-Identifier: Apache-2.0
"""Regimes as documents that people and programs read: parameters, their history, differences, what is undecided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy import Edition, Parameter, Regime
    from domain.policy.decided import Decided
    from domain.policy.version import Version

COMPARED = ("value", "in_force", "unit", "open", "local", "limits")


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """A value as JSON has it without a loss: numbers with decimals and dates as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal | date) else value


def regime_head(regime: Regime) -> dict[str, Any]:
    """A regime with its editions, the earliest first."""
    editions = [
        {
            "edition": edition.edition,
            "document_no": edition.document_no,
            "title": edition.title,
            "effective_from": edition.effective_from.isoformat(),
        }
        for edition in regime.editions
    ]
    return {"regime": regime.name, "editions": editions}


def edition_head(edition: Edition, on: date, territory: str) -> dict[str, Any]:
    """Which edition is shown, for which day."""
    head = {name: getattr(edition, name) for name in ("regime", "edition", "document_no", "title")}
    return {**head, "effective_from": edition.effective_from.isoformat(), "on": on.isoformat(), "territory": territory}


def parameter(item: Parameter) -> dict[str, Any]:
    """Everything there is to say about a parameter: `in_force` is what commands are judged by."""
    limits = {name: plain(limit) for name, limit in item.limits if limit not in (None, "", (), False)}
    return {
        "name": item.name,
        "unit": item.unit,
        "origin": item.origin,
        "value": plain(item.value),
        "default": plain(item.default),
        "in_force": plain(item.in_force),
        "silent": item.silent,
        "decision_missing": item.missing and item.fail_closed,
        "settable": item.settable,
        "open": item.open,
        "local": item.local,
        "limits": limits,
        "articles": list(item.articles),
        "quotation": item.quotation,
        "choice": item.choice,
        "note": item.note,
        "decisions": [decision.model_dump(mode="json") for decision in (*item.decisions[-1:], *item.additions)],
    }


def history(regime: Regime, decided: Decided, name: str, territory: str = "") -> list[dict[str, Any]]:
    """What a parameter was and will be, from which day on and by what; the earliest first."""
    shown: list[dict[str, Any]] = []
    for day, edition in turns(regime, decided, territory):
        item = edition.parameters.get(name)
        if item is None:
            continue
        last = (*item.decisions[-1:], *item.additions)
        state = {
            "in_force": plain(item.in_force),
            "silent": item.silent,
            "decisions": [decision.reference for decision in last],
        }
        if not shown or {key: shown[-1][key] for key in state} != state:
            shown.append({"from": day.isoformat(), **state})
    return shown


def turns(regime: Regime, decided: Decided, territory: str = "") -> Iterator[tuple[date, Edition]]:
    """Each day on which something began or ended, with the edition from that day on; the earliest first."""
    days = {edition.effective_from for edition in regime.editions}
    for version in decided.versions:
        if version.territory in ("", territory):
            days.update(turn.effective_from for turn in (version.decision, version.repeal) if turn is not None)
    for day in sorted(days):
        try:
            yield day, decided.completing(regime.on(day), day, territory)
        except DomainError:  # before the first edition, or after the last day
            continue


def differences(one: Edition, other: Edition) -> list[dict[str, Any]]:
    """Every parameter that does not hold alike in both, with both sides.

    Where it stands is shown, not compared: two regulations never share an article.
    """
    found = []
    for name in dict.fromkeys([*one.parameters, *other.parameters]):
        sides = [_side(edition.parameters.get(name)) for edition in (one, other)]
        held = [side and {key: side[key] for key in COMPARED} for side in sides]
        if held[0] != held[1]:
            found.append({"name": name, "one": sides[0], "other": sides[1]})
    return found


def undecided(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """What may be decided and is not, in three groups.

    `missing`: commands that need it are refused. `unadopted`: a default holds that is a reading or a design choice
    (ruling 8.18), never the regulation's own word. `unlimited`: nothing holds, such as no quota and no expiry.
    """
    found: dict[str, list[dict[str, Any]]] = {"missing": [], "unadopted": [], "unlimited": []}
    for item in edition.parameters.values():
        if item.settable and not item.decisions:
            group = "unadopted" if not item.missing else "missing" if item.fail_closed else "unlimited"
            found[group].append(parameter(item))
    return found


def version(item: Version) -> dict[str, Any]:
    """A draft or decision with what it says."""
    return {
        "id": item.id,
        "title": item.title,
        "state": item.state,
        "reason": item.reason,
        "legal_person": item.legal_person,
        "territory": item.territory,
        "decision": item.decision and item.decision.model_dump(mode="json"),
        "repeal": item.repeal and item.repeal.model_dump(mode="json"),
        "values": [value.model_dump(mode="json") for value in item.values],
        "entries": [entry.model_dump(mode="json") for entry in item.entries],
    }


def _side(item: Parameter | None) -> dict[str, Any] | None:
    if item is None:
        return None
    shown = parameter(item)
    kept = {name: shown[name] for name in (*COMPARED, "articles", "quotation", "choice")}
    return {**kept, "decisions": [decision["reference"] for decision in shown["decisions"]]}
