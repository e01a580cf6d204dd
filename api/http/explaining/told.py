# SPDX-License-Identifier: Apache-2.0
"""A reservation explained from the log, as a document of sentences: the same for HTTP and the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.http.explaining.fee_words import said
from api.http.explaining.words import say
from api.http.masking import masked
from domain.reservations.rules import RULE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from api.http.language import Language
    from application.reservations.charged import Charged
    from application.reservations.explaining import Explanation
    from application.reservations.judgements import Judgement
    from application.reservations.on_duty import OnDuty
    from domain.kernel.citation import Basis
    from domain.kernel.event import Recorded
    from domain.kernel.time import Span
    from infrastructure.words import Words

Line = dict[str, Any]
SENTENCE = {
    "ReservationRequested": "asked",
    "ReservationRescheduled": "moved",
    "ReservationTransferred": "transferred",
}


def document(explanation: Explanation, words: Words, language: Language) -> dict[str, Any]:
    """Sections of lines, each a sentence with its values. `agrees` is false where money does not follow."""
    state = explanation.state
    head = {"name": explanation.resource_name, **_ends(state.span), "state": state.state}
    sections = [_section(name, lines, language) for name, lines in _sections(explanation, words, language) if lines]
    return {
        "reservation": explanation.reservation,
        "position": explanation.position,
        "agrees": explanation.agrees,
        "head": _line("head", language, head),
        "sections": sections,
    }


def text(told: dict[str, Any]) -> str:
    """The document as it is printed."""
    rows = [f"{told['reservation']}  {told['head']['text']}"]
    for section in told["sections"]:
        rows.append(f"\n{section['title']}")
        rows += [f"  {'  ' * line.get('depth', 0)}{line['text']}" for line in section["lines"]]
    return "\n".join(rows)


def _ends(span: Span) -> dict[str, datetime]:
    return {"start": span.start, "end": span.end}


def _section(name: str, lines: list[Line], language: Language) -> dict[str, Any]:
    return {"name": name, "title": say("section", name, language), "lines": lines}


def _sections(explanation: Explanation, words: Words, language: Language) -> Iterator[tuple[str, list[Line]]]:
    for judgement in explanation.judgements:
        yield "asked" if judgement.what == "ReservationRequested" else "judged", list(_asked(judgement, language))
        yield (
            "versions",
            [
                {**asdict(each), "text": say("published", each.what, language, asdict(each))}
                for each in judgement.versions
            ],
        )
        yield "rules", list(_rules(judgement, language))
        yield "quote", list(_quote(judgement, words, language))
    yield "overrides", [_overridden(each, language) for each in explanation.overrides]
    yield "approvals", [_event(each, words, language) for each in explanation.approvals]
    yield (
        "cancellation",
        [
            {**asdict(cost), "text": say("cancellation", cost.what, language, asdict(cost))}
            for cost in explanation.cancellation
        ],
    )
    yield "duty", [_on_duty(explanation.on_duty, language)] if explanation.on_duty else []
    yield "conduct", [_event(each, words, language) for each in explanation.conduct]
    for charged in explanation.charges:
        yield "charge", [_charge(charged, language), *(_event(each, words, language) for each in charged.recorded)]
    yield "history", [_event(each, words, language) for each in explanation.history]


def _line(name: str, language: Language, values: dict[str, Any]) -> Line:
    return {**values, "text": say("told", name, language, values)}


def _asked(judgement: Judgement, language: Language) -> Iterator[Line]:
    recorded, facts = judgement.recorded, judgement.facts
    actor, state = recorded.meta.actor, facts.reservation
    values = {
        "at": recorded.meta.occurred_at,
        "recorded_at": recorded.recorded_at,
        "actor": actor.user,
        "role": actor.role.value,
        "user": state.user,
        "user_kind": state.user_kind,
        "purpose": state.purpose,
        **_ends(facts.span),
    }
    yield _line(SENTENCE[judgement.what], language, values)
    found = [facts.judged, recorded.event]
    for basis in _distinct([event.basis for event in found if event is not None and event.basis is not None]):
        yield _line(
            "basis",
            language,
            {
                "regime": basis.regime,
                "edition": basis.edition,
                "articles": ", ".join(basis.articles),
                "values": dict(basis.values),
                "depth": 1,
            },
        )


def _distinct(found: list[Basis]) -> list[Basis]:
    return [basis for place, basis in enumerate(found) if basis not in found[:place]]


def _rules(judgement: Judgement, language: Language) -> Iterator[Line]:
    for told in judgement.rules:
        name = say("rules", told.rule, language)
        sentence = say("told", told.verdict, language, {"rule": name})
        yield {"rule": told.rule, "verdict": told.verdict, "values": list(told.values), "text": sentence}
        for values in told.values:
            yield {"depth": 2, "text": say("values", told.rule, language, values)}


def _quote(judgement: Judgement, words: Words, language: Language) -> Iterator[Line]:
    for step in judgement.steps:
        yield said(step, language, words.terms["kind"])
    values = {
        "quoted_fen": judgement.quoted_fen,
        "recomputed_fen": judgement.recomputed_fen,
        "version": judgement.facts.quote.tariff_version,
    }
    yield _line("quote_total" if judgement.agrees else "quote_differs", language, values)


def _on_duty(found: OnDuty, language: Language) -> Line:
    values = {"start": found.start, "version": found.version, "published_at": found.published_at}
    persons = ", ".join(str(person) for person in found.persons)
    return _line("on_duty" if persons else "nobody_on_duty", language, {**values, "persons": persons}) | {
        "persons": list(found.persons)
    }


def _overridden(recorded: Recorded, language: Language) -> Line:
    event: Any = recorded.event
    rule = RULE_OF.get(event.rule, event.rule)
    values = {"at": recorded.meta.occurred_at, "approver": event.approver, "reason": event.reason}
    return _line("overridden", language, {**values, "rule": say("rules", rule, language)}) | {"code": event.rule}


def _charge(charged: Charged, language: Language) -> Line:
    values = {name: value for name, value in vars(charged).items() if name != "recorded"}
    spoken = values | {"kind": say("charge_kind", charged.kind, language)}
    name = "charge" if charged.agrees else "charge_differs"
    return {**values, "text": say("told", name, language, spoken)}


def _event(recorded: Recorded, words: Words, language: Language) -> Line:
    """An event in its own words; personal data of others stays sealed."""
    event = masked(recorded.event, lambda _: False)
    fields = {name: getattr(event, name) for name in type(event).model_fields if name != "basis"}
    role = recorded.meta.actor.role.value
    values = {"at": recorded.meta.occurred_at, "role": role, "sentence": words.event(event.TYPE, language, fields)}
    return _line("event", language, values) | {"type": event.TYPE, "actor": recorded.meta.actor.user}
