# SPDX-License-Identifier: Apache-2.0
"""The judgements of a reservation from the log: its rules, versions and price, with the streams as they stood then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.billing.pricing import tariff_of
from application.reservations.judged import Judged
from application.reservations.published import publications, version_of
from application.reservations.told import values_of
from domain.kernel.errors import DomainError
from domain.parties.unit import UNIT
from domain.reservations.events import ReservationRequested, ReservationRescheduled
from domain.reservations.judged_events import OverrideCarriedOver, RequestJudged, RuleOverridden
from domain.reservations.reservation import RESERVATION
from domain.reservations.rules import RULE_OF
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.explained import NO_FACTS, Use
from domain.resources.resource import RESOURCE
from domain.resources.tariff import explain_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from application.reservations.judged import Verdict
    from application.reservations.published import Publication
    from domain.kernel.event import Recorded
    from domain.reservations.reservation import Reservation
    from domain.resources.explained import QuoteStep

Decisions = (ReservationRequested, ReservationRescheduled, ReservationTransferred)


@dataclass(frozen=True)
class ToldRule:
    """A rule, whether it was kept, and what it said."""

    rule: str
    verdict: Verdict
    values: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Judgement:
    """One judgement: of the request, of a move or of a transfer.

    `recomputed_fen` is the price worked out again from the version pinned; None where the log has no such version.
    """

    what: str
    recorded: Recorded
    facts: Judged
    versions: tuple[Publication, ...]
    rules: tuple[ToldRule, ...]
    steps: tuple[QuoteStep, ...]
    quoted_fen: int
    recomputed_fen: int | None
    agrees: bool


def judgements_of(
    history: Sequence[Recorded], instrument: Sequence[Recorded], unit: Sequence[Recorded]
) -> Iterable[Judgement]:
    """Every judgement in order, each with the streams of instrument and unit as they stood before it."""
    judged: RequestJudged | None = None
    for place, recorded in enumerate(history):
        if not isinstance(recorded.event, Decisions):
            continue
        with_it = [each for each in history[place:] if each.meta.command_id == recorded.meta.command_id]
        judged = next((each.event for each in with_it if isinstance(each.event, RequestJudged)), judged)
        before = [each for each in (*instrument, *unit) if each.position < recorded.position]
        resource = RESOURCE.fold(each.event for each in instrument if each.position < recorded.position)
        general = UNIT.fold(each.event for each in unit if each.position < recorded.position)
        assert resource is not None, "what was reserved was registered before"
        state = folded(history[: place + 1])
        facts = Judged(
            at=recorded.meta.occurred_at,
            span=state.span,
            quote=state.quote,
            reservation=state,
            resource=resource,
            unit_rules=general.house_rules if general else (),
            judged=judged,
            set_aside=frozenset(
                RULE_OF.get(each.event.rule, "")
                for each in with_it
                if isinstance(each.event, RuleOverridden | OverrideCarriedOver)
            ),
        )
        steps, recomputed, agrees = _price(facts)
        yield Judgement(
            what=type(recorded.event).__name__,
            recorded=recorded,
            facts=facts,
            versions=tuple(_versions(facts, before)),
            rules=tuple(ToldRule(rule, facts.verdict(rule), tuple(values_of(rule, facts))) for rule in facts.rules),
            steps=steps,
            quoted_fen=state.quote.total_fen,
            recomputed_fen=recomputed,
            agrees=agrees,
        )


def _versions(facts: Judged, before: Iterable[Recorded]) -> Iterable[Publication]:
    """What was published and in force, of each kind the version the judgement names."""
    named = {
        "opening": facts.reservation.opening_version,
        "limit": facts.limit.version if facts.limit else None,
        "instrument": facts.judged.resource_rules if facts.judged else None,
        "unit": facts.judged.unit_rules if facts.judged else None,
        "tariff": facts.quote.tariff_version,
    }
    known = publications(each for each in before if version_of(each.event))
    return (known[what, version] for what, version in named.items() if version and (what, version) in known)


def _price(facts: Judged) -> tuple[tuple[QuoteStep, ...], int | None, bool]:
    """The price again, by the pinned version and the pinned facts; it must be the stored one, line by line."""
    tariff, quote = tariff_of(facts.resource, facts.quote.tariff_version), facts.quote
    if tariff is None:
        return (), None, False
    pinned = facts.judged.price if facts.judged else NO_FACTS
    use = Use(minutes=facts.span.minutes, samples=facts.reservation.samples, start=facts.span.start, facts=pinned)
    try:
        again = explain_quote(tariff, quote.user_kind, use)
    except DomainError:
        return (), None, False
    return again.steps, again.quote.total_fen, again.quote == quote


def folded(history: Iterable[Recorded]) -> Reservation:
    """The reservation after these events."""
    state = RESERVATION.fold(recorded.event for recorded in history)
    assert state is not None, "a history that began is of something"
    return state
