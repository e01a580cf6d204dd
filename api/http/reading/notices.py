# SPDX-License-Identifier: Apache-2.0
"""Notices: one's own inbox in one's own language, what became of all of them, and the wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, among, found, listed, one, one_of
from api.http.visibility import Scope
from domain.kernel.actor import Role
from domain.notices.inbox import REMINDERS
from domain.notices.kinds import KINDS, placeholders_of
from domain.notices.template import Wording, require_sound
from infrastructure.notices.wordings import Wordings, filled, platform_wordings
from projections.notices import lists
from projections.notices.model import MODEL
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
FILTERS = {Scope.OWN_UNIT: "unit"}
STATES = ("waiting", "in_app", "sent", "given_up", "lapsed", "settled")
Kind = Annotated[str | None, AfterValidator(among(*KINDS))]
EXAMPLES: dict[str, object] = {
    "instrument": "Example 600",
    "unit": "Example Centre",
    "starts_at": "2026-03-04T09:00:00+08:00",
    "ends_at": "2026-03-04T11:00:00+08:00",
    "valid_until": "2026-12-31",
    "due_on": "2026-12-31",
    "number": "EX-2026-0001",
    "reason": "…",
    "by": "provider",
    "purpose": "scientific_research",
    "kind": "exemption_review",
    "amount_fen": 60_000,
    "cash_part_fen": 40_000,
    "voucher_part_fen": 20_000,
    "minutes_before": 60,
    "outcome": "no_show",
    "points_due": 10,
    "points": 10,
    "left": 90,
    "until": "2026-12-31T00:00:00+08:00",
    "ends_on": "2026-12-31",
}


class Mine(Listed):
    """One's inbox."""

    unread: bool = Field(default=False, description="Only what has not been read")


class Wanted(Listed):
    """Which notices."""

    state: Annotated[str | None, AfterValidator(among(*STATES))] = None
    kind: Kind = None
    subject: UUID | None = Field(default=None, description="What they speak of")


class Worded(Query):
    """Whose wordings."""

    unit: UUID | None = None


class Tried(Worded):
    """A wording to be tried; without one, the wording in force."""

    kind: Annotated[str, AfterValidator(one_of(*KINDS))] = "reservation_confirmed"
    language: Literal["zh", "en"] = "zh"
    subject: str | None = Field(default=None, max_length=1000)
    body: str | None = Field(default=None, max_length=20000)


def my_notices(visit: Visit, query: Mine) -> Answer:
    """What is told to oneself, and by role to one's unit, the latest first, in the reader's language."""
    owners, now = _owners(visit), visit.platform.clock()
    page = lists.inbox_page(visit.cursor, owners, now, unread=query.unread, after=query.cursor, limit=query.limit)
    wordings = Wordings.of(visit.cursor, page.rows)
    document = {
        "items": [_told(visit, row, wordings) for row in page.rows],
        "unread": lists.unread_count(visit.cursor, owners, now),
        "next_cursor": page.next,
        "position": page.position,
    }
    return Answer(document)


def my_notice_preferences(visit: Visit, query: Worded) -> Answer:
    """How oneself or one's unit is told, and by which ways one can be reached; addresses are not shown here."""
    assert visit.actor is not None
    unit = visit.narrowed({"unit": query.unit}, FILTERS)["unit"] if query.unit else None
    row = lists.inbox_row(visit.cursor, unit or visit.actor.user) or {}
    shown = {
        "owner": unit or visit.actor.user,
        "ways": row.get("ways", []),
        "channel": row.get("wished"),
        "told_by": row.get("channel", "in_app"),
        "language": row.get("language", "zh"),
        "quiet_from": row.get("quiet_from"),
        "quiet_until": row.get("quiet_until"),
        "reminders": row.get("reminders", list(REMINDERS)),
        "muted": row.get("muted", []),
        "kinds": list(KINDS),
        "version": row.get("version", 0),
    }
    return one(shown, position_of(visit.cursor, MODEL.name))


def notices(visit: Visit, query: Wanted) -> Answer:
    """All notices with state, attempts and last failure, the latest first: never their addresses."""
    page = lists.notices(
        visit.cursor,
        state=query.state,
        kind=query.kind,
        subject=query.subject,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def notice(visit: Visit, query: ById) -> Answer:
    """One notice; each attempt is an event of its stream."""
    row = found(lists.notice(visit.cursor, query.id), "notices.Notice", query.id)
    return one(row, position_of(visit.cursor, MODEL.name))


def notice_templates(visit: Visit, query: Worded) -> Answer:
    """Every kind of notice with its placeholders, the platform's wordings, and the unit's own where it has any."""
    unit = visit.narrowed({"unit": query.unit}, FILTERS)["unit"]
    own = lists.unit_wordings(visit.cursor, [unit] if unit else [])
    items = [
        {
            "kind": kind,
            "language": language,
            "placeholders": sorted(placeholders_of(kind)),
            "platform": _shown(wording),
            "own": {name: mine[name] for name in ("subject", "body", "number")}
            if (mine := own.get((unit, kind, language)))
            else None,
        }
        for language in ("zh", "en")
        for kind, wording in platform_wordings(language).items()
    ]
    return Answer({"items": items, "unit": unit, "position": position_of(visit.cursor, MODEL.name)})


def notice_preview(visit: Visit, query: Tried) -> Answer:
    """A wording filled with examples: the one sent along, or the one in force. One that could not be set is refused."""
    unit = visit.narrowed({"unit": query.unit}, FILTERS)["unit"]
    own = lists.unit_wordings(visit.cursor, [unit] if unit else []).get((unit, query.kind, query.language))
    wording = platform_wordings(query.language)[query.kind]
    if own:
        wording = Wording(own["subject"], own["body"], f"unit/{own['number']}")
    if query.subject is not None or query.body is not None:
        tried = (query.subject or wording.subject, query.body or wording.body)
        wording = Wording(*tried, "preview")
        require_sound(query.kind, wording)
    text = filled(wording, EXAMPLES, query.language)
    return Answer({"kind": query.kind, "wording": text.wording, "subject": text.subject, "body": text.body})


def _owners(visit: Visit) -> list[UUID]:
    assert visit.actor is not None
    unit = visit.actor.unit if visit.actor.role in STAFF else None
    return [visit.actor.user] if unit is None else [visit.actor.user, unit]


def _told(visit: Visit, row: Row, wordings: Wordings) -> Row:
    text = wordings.text(row, visit.language)
    same = ("id", "kind", "addressee_kind", "subject", "subject_kind", "due_at", "read_at", "state")
    shown = {name: row[name] for name in same}
    return {**shown, "title": text.subject, "text": text.body}


def _shown(wording: Wording) -> Row:
    return {"subject": wording.subject, "body": wording.body, "version": wording.version}


READS = (
    Read("/me/notices", "my_notices", Mine, my_notices, "One's inbox"),
    Read("/me/notice-preferences", "my_notices", Worded, my_notice_preferences, "How one is told"),
    Read("/notices", "notices", Wanted, notices, "All notices and what became of them"),
    Read("/notices/{id}", "notices", ById, notice, "One notice"),
    Read("/notice-templates", "notice_templates", Worded, notice_templates, "Wordings of notices"),
    Read("/notice-templates/preview", "notice_templates", Tried, notice_preview, "A wording filled with examples"),
)
