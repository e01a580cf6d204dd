# SPDX-License-Identifier: Apache-2.0
"""A request that was tried, as a document in the reader's language: every rule, every way out, every price."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.citing import cited
from api.http.explaining.fee_words import said
from api.http.explaining.words import known, say, term
from api.http.rendering import localised
from application.errors import SlotTaken
from application.reservations.consequences import (
    approvals_of,
    cancellation_of,
    explained_price,
    lanes_of,
    vouchers_of,
)
from application.reservations.nearest import FEWER_TRIED, moved_by_time, nearest_of
from application.reservations.published import behind, publications
from domain.kernel.actor import Role
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from api.http.language import Language
    from application.looking import Look
    from application.reservations.checking import Broken, Trial
    from application.reservations.consequences import Approval
    from application.reservations.nearest import Nearest
    from application.reservations.published import Publication
    from domain.kernel.quote import Quote
    from domain.resources.explained import Explained
    from domain.vouchers.carrying import Carried
    from infrastructure.words import Words

Document = dict[str, Any]
LENGTHS = (
    ("reservations.too_short", "reservations.shorter_than_house_rules", max),
    ("reservations.too_long", "reservations.longer_than_house_rules", min),
)
"""Bounds of the opening terms and of the house rules, and which of two binds: only that one is told."""


def checked(look: Look, trial: Trial, grants: Iterable[UUID], words: Words, language: Language) -> Document:
    """What would become of the request."""
    lanes, confirmation = lanes_of(trial), _confirmation(trial)
    quote, explained = trial.quote, explained_price(trial)
    document: Document = {
        "accepted": trial.accepted,
        "checked_at": look.now,
        "resource_id": trial.resource_id,
        "user_id": trial.user,
        "span": trial.command.span,
        "confirmation": confirmation,
        "rules": [
            {"rule": name, "verdict": verdict, "words": say("rules", name, language)} for name, verdict in trial.rules
        ],
        "violations": violations(look, trial, words, language),
        "slot": None
        if lanes is None
        else {
            "capacity": lanes.capacity,
            "lanes_left": lanes.left,
            "taken": lanes.left == 0 or isinstance(trial.tried.refused, SlotTaken),
            "taken_by": [{"kind": kind, "words": say("taken_by", kind, language)} for kind in lanes.taken_by],
        },
        "approvals": [_approval(each, language) for each in approvals_of(trial)],
        "nearest": nearest_document(None if trial.accepted else nearest_of(look, trial), trial, words, language),
        "quote": _quote(quote, explained, words, language),
        "vouchers": [],
        "cancellation": [],
    }
    if quote is not None:
        vouchers = vouchers_of(look, trial, grants, quote.total_fen)
        document["vouchers"] = [_voucher(grant, each, trial, words, language) for grant, each in vouchers.items()]
        named = vouchers.get(trial.wish.voucher_grant) if trial.wish.voucher_grant else None
        document["remaining_fen"] = quote.total_fen - (named.amount_fen if named else 0)
        document["cancellation"] = [
            {**asdict(cost), "words": say("cancellation", cost.what, language, asdict(cost))}
            for cost in cancellation_of(trial, quote)
        ]
    merged = trial.tried.result.data.get("merged_into") if trial.tried.result else None
    return {**document, "merged_into": merged} if merged else document


def nearest_document(found: Nearest | None, trial: Trial, words: Words, language: Language) -> Document:
    """Times that would be accepted instead; `provided` names broken rules that another time does not mend.

    `as_asked` says that the time asked for needs no other either, once those are mended; `length_words` that no time
    of this length is to be had, but one of another length is.
    """
    if found is None:
        return {"slots": [], "provided": [], "provided_words": None, "as_asked": False, "length_words": None}
    reasons = [
        words.error(broken.violation.code, language, broken.violation.parameters)
        for broken in trial.broken
        if broken.violation.code in found.provided
    ]
    told_as = "as_asked" if found.as_asked else "provided" if found.spans else "first"
    sentence = say("nearest", told_as, language, {"reasons": _and(reasons, language)})
    return {
        "slots": list(found.spans),
        "provided": list(found.provided),
        "provided_words": sentence if reasons else None,
        "as_asked": found.as_asked,
        "length_words": None if found.spans else _length_words(trial, language),
    }


def _length_words(trial: Trial, language: Language) -> str | None:
    """Which length there would be times of, where none of the length asked for can be accepted at any time."""
    told = {
        broken.violation.code: {**broken.violation.parameters, **broken.mend}
        for broken in trial.broken
        if broken.violation.code in known("lengths")
    }
    for published, house, closest in LENGTHS:
        if published in told and house in told:
            bound = closest(int(told[published]["bound"]), int(told[house]["bound"]))
            del told[house if told[published]["bound"] == bound else published]
    return _and([say("lengths", code, language, values) for code, values in told.items()], language) or None


def _and(sentences: Sequence[str], language: Language) -> str:
    return say("nearest", "also", language).join(sentences)


def way_out(look: Look, trial: Trial, words: Words, language: Language) -> Document:
    """What a refusal of the command says beside its rules: each in full, and the nearest times where time is at fault.

    Cheaper than a check: fewer times are tried.
    """
    found = nearest_of(look, trial, most_tried=FEWER_TRIED) if moved_by_time(trial, look.now) else None
    return {
        "violations": violations(look, trial, words, language),
        "nearest": nearest_document(found, trial, words, language),
    }


def violations(look: Look, trial: Trial, words: Words, language: Language) -> list[Document]:
    """Every broken rule at once, with its origin, who may set it aside, and what would have to change."""
    return told(look, trial.broken, (trial.resource_id, trial.resource.unit), words, language)


def told(
    look: Look, broken: Sequence[Broken], publishers: tuple[UUID, UUID], words: Words, language: Language
) -> list[Document]:
    """Broken rules with the versions behind them of what `publishers`, an instrument and its unit, have published."""
    streams = publishers if any(behind(each.violation) for each in broken) else ()
    published = publications(recorded for stream in streams for recorded in look.history(stream))
    return [_violation(each, published, words, language) for each in broken]


def _violation(
    broken: Broken, known: Mapping[tuple[str, int], Publication], words: Words, language: Language
) -> Document:
    violation = broken.violation
    level = violation.parameters.get("level")
    sources = [known[each] for each in behind(violation) if each in known]
    by = violation.overridable_by
    return {
        "code": violation.code,
        "message": words.error(violation.code, language, violation.parameters),
        "rule": broken.rule,
        "rule_words": say("rules", broken.rule, language) if broken.rule else None,
        "field": violation.field,
        "parameters": localised(violation.parameters),
        "citation": cited(violation.citation),
        "level": level,
        "published": [
            {**asdict(source), "words": say("published", source.what, language, asdict(source))} for source in sources
        ],
        "overridable_by": by,
        "overridable_by_words": term("role", by, language) if by else None,
        "change": localised(broken.mend),
        "change_words": _change(broken, language),
    }


def _change(broken: Broken, language: Language) -> str | None:
    if not broken.mend:
        return None
    roles = {name: term("role", value, language) for name, value in broken.mend.items() if name.endswith("_by")}
    return say("mend", broken.violation.code, language, {**broken.mend, **roles})


def _confirmation(trial: Trial) -> str | None:
    opening = trial.resource.opening_on(local_date(trial.wish.span.start))
    return opening.terms.confirmation if opening else None


def _approval(each: Approval, language: Language) -> Document:
    asked = each.asked
    return {
        "approver": asked.approver,
        "words": term("approver", asked.approver, language),
        "user_id": asked.user,
        "limit_hours": asked.limit_hours,
        "due_at": each.due,
        "on_time_out": asked.on_time_out,
    }


def _quote(quote: Quote | None, explained: Explained | None, words: Words, language: Language) -> Document | None:
    if quote is None:
        return None
    steps = explained.steps if explained else ()
    return {
        "total_fen": quote.total_fen,
        "tariff_version": quote.tariff_version,
        "user_kind": quote.user_kind,
        "lines": quote.lines,
        "steps": [said(step, language, words.terms["kind"]) for step in steps],
    }


def _voucher(grant: UUID, each: Carried, trial: Trial, words: Words, language: Language) -> Document:
    actor = trial.tried.work.actor
    own = actor.role is Role.USER and actor.user == trial.user
    reasons = [words.error(broken.code, language, broken.parameters) for broken in each.broken]
    return {
        "voucher_grant_id": grant,
        "named": grant == trial.wish.voucher_grant,
        "number": each.number,
        "amount_fen": each.amount_fen,
        "afterwards_fen": each.afterwards_fen,
        "most_fen": each.most_fen,
        "left_fen": each.left_fen if own else None,
        "ratio": each.ratio,
        "bound": each.bound,
        "words": " ".join([say("carried", each.bound if own else "for_others", language, asdict(each)), *reasons]),
        "remaining_fen": (trial.quote.total_fen if trial.quote else 0) - each.amount_fen,
    }
