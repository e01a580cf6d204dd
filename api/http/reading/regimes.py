# SPDX-License-Identifier: Apache-2.0
"""The regulations as data, with what has been decided, for everybody; drafts for those who draft and decide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from api.http.reading.line import Answer, ById, Query, Read
from api.http.visibility import Scope
from application.errors import NotFound
from domain.policy.decided import Decided
from infrastructure.policy import describing
from infrastructure.policy.in_force import decided_in, version_in
from infrastructure.policy.loader import load_regimes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.http.reading.line import Visit
    from domain.policy import Edition, Regime
    from domain.policy.version import Version
    from infrastructure.bootstrap import Platform

NAME = Field(max_length=60, description="Name of the regime")
TERRITORY = Field(
    default="", max_length=60, description="With the measures of this territory's own (JS 32)", examples=["苏州市"]
)
ON = Field(default=None, description="A local day; today where it is not named", examples=["2026-03-02"])


class OnADay(Query):
    """A regime on a local day, today where it is not named."""

    name: str = NAME
    on: date | None = ON
    territory: str = TERRITORY


class OneParameter(OnADay):
    """One parameter of it."""

    parameter: str = Field(max_length=100, examples=["fee.max_margin"])


class Compared(OnADay):
    """Two regimes, or one on two days."""

    other: str | None = Field(default=None, alias="with", max_length=60, description="The other regime; itself if none")
    other_on: date | None = Field(
        default=None, alias="with_on", description="The other day; the same if none", examples=["2027-01-01"]
    )


def regimes(visit: Visit, _query: Query) -> Answer:
    """Every regime with its editions; `followed` says which one this jurisdiction is judged by."""
    known = load_regimes(visit.platform.settings.regimes_dir)
    own = visit.jurisdiction.regime.name
    return Answer(
        {"items": [{**describing.regime_head(each), "followed": each.name == own} for each in known.values()]}
    )


def regime(visit: Visit, query: OnADay) -> Answer:
    """Every parameter as it holds on the day: value, unit, origin, articles, quotation, decision."""
    edition, day, _ = _edition(visit, query.name, query.on, query.territory)
    parameters = [describing.parameter(each) for each in edition.parameters.values()]
    return Answer({**describing.edition_head(edition, day, query.territory), "parameters": parameters})


def parameter(visit: Visit, query: OneParameter) -> Answer:
    """One parameter on the day, and what it was and will be on others."""
    edition, day, decided = _edition(visit, query.name, query.on, query.territory)
    item = edition.parameters.get(query.parameter)
    if item is None:
        raise NotFound(kind="policy.Parameter", id=query.parameter)
    history = describing.history(_regime(visit, query.name), decided, item.name, query.territory)
    head = describing.edition_head(edition, day, query.territory)
    return Answer({**head, "parameter": describing.parameter(item), "history": history})


def regime_diff(visit: Visit, query: Compared) -> Answer:
    """What differs between two regimes on a day, or in one between two days."""
    one, day, _ = _edition(visit, query.name, query.on, query.territory)
    other, other_day, _ = _edition(visit, query.other or query.name, query.other_on or query.on, query.territory)
    return Answer(
        {
            "one": describing.edition_head(one, day, query.territory),
            "other": describing.edition_head(other, other_day, query.territory),
            "differences": describing.differences(one, other),
        }
    )


def regime_check(visit: Visit, query: OnADay) -> Answer:
    """What the authority has yet to decide: without a decision refused, or by default (ruling 8.18)."""
    edition, day, _ = _edition(visit, query.name, query.on, query.territory)
    return Answer({**describing.edition_head(edition, day, query.territory), **describing.undecided(edition)})


def policy_versions(visit: Visit, _query: Query) -> Answer:
    """Drafts and decisions, the latest first; the public sees what was decided.

    They share one history: `version` is how far it is, and what `If-Match` compares.
    """
    decided, position = decided_in(visit.cursor, visit.jurisdiction.log.mapper)
    version = version_in(visit.cursor)
    seen = [describing.version(each) for each in reversed(decided.versions) if _visible(visit, each)]
    return Answer({"items": seen, "version": version, "position": position}, version)


def policy_version(visit: Visit, query: ById) -> Answer:
    """One draft or decision of the council."""
    return _one(visit, query, local=False)


def local_measures(visit: Visit, query: ById) -> Answer:
    """One territory's measures of its own."""
    return _one(visit, query, local=True)


def follower(platform: Platform, path: Mapping[str, str]) -> str | None:
    """The only jurisdiction that follows the regime; any, where none does and so nobody has decided anything."""
    followers = [each.name for each in platform.jurisdictions.values() if each.regime.name == path["name"]]
    anybody = next(iter(platform.jurisdictions), None)
    return next(iter(followers), anybody) if len(followers) < 2 else None  # noqa: PLR2004 - one, or one of several


def _one(visit: Visit, query: ById, *, local: bool) -> Answer:
    decided, position = decided_in(visit.cursor, visit.jurisdiction.log.mapper)
    found = decided.version(query.id)
    if found is None or bool(found.territory) is not local or not _visible(visit, found):
        raise NotFound(kind="policy.Version", id=str(query.id))
    version = version_in(visit.cursor)
    return Answer({**describing.version(found), "version": version, "position": position}, version)


def _visible(visit: Visit, version: Version) -> bool:
    return version.decision is not None or visit.scope is Scope.ALL


def _regime(visit: Visit, name: str) -> Regime:
    found = load_regimes(visit.platform.settings.regimes_dir).get(name)
    if found is None:
        raise NotFound(kind="policy.Regime", id=name)
    return found


def _edition(visit: Visit, name: str, on: date | None, territory: str) -> tuple[Edition, date, Decided]:
    """The regime on a day with the decisions of the jurisdiction that follows it: the reader's own, else the first."""
    regime, day = _regime(visit, name), on or visit.today
    decided = Decided()
    if visit.jurisdiction.regime.name == name:
        decided, _ = decided_in(visit.cursor, visit.jurisdiction.log.mapper)
    else:
        followers = [each for each in visit.platform.jurisdictions.values() if each.regime.name == name]
        for other in followers[:1]:
            with other.database.reading() as cursor:
                decided, _ = decided_in(cursor, other.log.mapper)
    return decided.completing(regime.on(day), day, territory), day, decided


READS = (
    Read("/regimes", "regimes", Query, regimes, "The regulations this system has as data"),
    Read("/regimes/{name}", "regimes", OnADay, regime, "A regulation on a day, with what has been decided", follower),
    Read("/regimes/{name}/diff", "regimes", Compared, regime_diff, "Two regulations, or days of one", follower),
    Read("/regimes/{name}/check", "regimes", OnADay, regime_check, "What has yet to be decided", follower),
    Read(
        "/regimes/{name}/parameters/{parameter}",
        "regimes",
        OneParameter,
        parameter,
        "One parameter and its history",
        follower,
    ),
    Read("/policy-versions", "policy_versions", Query, policy_versions, "Decisions on policy"),
    Read("/policy-versions/{id}", "policy_versions", ById, policy_version, "One decision on policy"),
    Read("/local-measures/{id}", "policy_versions", ById, local_measures, "One territory's own measures"),
)
