# SPDX-License-Identifier: Apache-2.0
"""Groups of users: who leads them, who belongs to them, and what the leader has set."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.parties.group_events import (
    ApprovalDemanded,
    GroupDissolved,
    GroupFormed,
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    SpendingLimited,
)
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

GROUPS = Table(
    "user_groups",
    ("id",),
    {
        "id": "uuid",
        "legal_person": "uuid",
        "name": "text",
        "leader": "uuid",
        "limits": "jsonb",  # fen by period, for members without a limit of their own
        "demand": "jsonb",  # when the leader wants to approve bookings
        "formed_at": "timestamptz",
        "dissolved_at": "timestamptz",
        "reason": "text",
        "version": "bigint",
    },
    ("(legal_person, id)", "(leader)"),
)
MEMBERS = Table(
    "group_members",
    ("group_id", "user_id"),
    {
        "group_id": "uuid",
        "user_id": "uuid",
        "legal_person": "uuid",  # null for an individual
        "approved_by": "uuid",
        "joined_at": "timestamptz",
        "limits": "jsonb",
        "demand": "jsonb",
        "left_at": "timestamptz",
        "reason": "text",
    },
    ("(user_id) WHERE left_at IS NULL",),
)
on = Handlers()


@on
def _form(event: GroupFormed, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(include={"legal_person", "name", "leader"})
    begun = {"formed_at": recorded.meta.occurred_at, "limits": {}, "version": recorded.version}
    rows.put(GROUPS, new_row(GROUPS, id=recorded.stream, **stated, **begun))


@on
def _lead(event: LeaderChanged, recorded: Recorded, rows: Rows) -> None:
    """Who leads is no member; who has led becomes one."""
    if rows.get(MEMBERS, recorded.stream, event.leader) is not None:
        _leave(rows, recorded, event.leader, event.reason)
    legal_person = known(rows, GROUPS, recorded.stream)["legal_person"]
    _join(rows, recorded, event.former, legal_person, recorded.meta.actor.user)
    amend(rows, GROUPS, recorded, leader=event.leader)


@on
def _let_in(event: MemberJoined, recorded: Recorded, rows: Rows) -> None:
    _join(rows, recorded, event.user, event.legal_person, event.approved_by)
    amend(rows, GROUPS, recorded)


@on
def _let_go(event: MemberLeft, recorded: Recorded, rows: Rows) -> None:
    _leave(rows, recorded, event.user, event.reason)
    amend(rows, GROUPS, recorded)


@on
def _limit(event: SpendingLimited, recorded: Recorded, rows: Rows) -> None:
    before = _terms(rows, recorded, event.member)["limits"]
    kept = {period: limit for period, limit in before.items() if period != event.period}
    _set(
        rows,
        recorded,
        event.member,
        limits=kept if event.limit_fen is None else {**kept, event.period: event.limit_fen},
    )


@on
def _demand(event: ApprovalDemanded, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(mode="json", exclude={"member", "basis"})
    _set(rows, recorded, event.member, demand=None if event.demanded is None else stated)


@on
def _dissolve(event: GroupDissolved, recorded: Recorded, rows: Rows) -> None:
    amend(rows, GROUPS, recorded, dissolved_at=recorded.meta.occurred_at, reason=event.reason)


def _join(rows: Rows, recorded: Recorded, user: UUID, legal_person: UUID | None, approved_by: UUID) -> None:
    key = {"group_id": recorded.stream, "user_id": user}
    particulars = {"legal_person": legal_person, "approved_by": approved_by, "joined_at": recorded.meta.occurred_at}
    rows.put(MEMBERS, new_row(MEMBERS, limits={}, **key, **particulars))


def _leave(rows: Rows, recorded: Recorded, user: UUID, reason: str) -> None:
    rows.change(MEMBERS, recorded.stream, user, left_at=recorded.meta.occurred_at, reason=reason)


def _terms(rows: Rows, recorded: Recorded, member: UUID | None) -> Row:
    return known(rows, MEMBERS, recorded.stream, member) if member else known(rows, GROUPS, recorded.stream)


def _set(rows: Rows, recorded: Recorded, member: UUID | None, **columns: object) -> None:
    if member is None:
        amend(rows, GROUPS, recorded, **columns)
    else:
        rows.change(MEMBERS, recorded.stream, member, **columns)
        amend(rows, GROUPS, recorded)


MODEL = ReadModel("groups", (GROUPS, MEMBERS), on.apply, types=on.types)


def groups(
    cursor: Cursor,
    *,
    person: UUID | None = None,
    legal_person: UUID | None = None,
    dissolved: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Groups that a person leads or belongs to, or those of a legal person; dissolved ones only where asked for."""
    where = Where().equals(legal_person=legal_person)
    where.holds(
        "(leader = %s OR EXISTS (SELECT 1 FROM group_members m"
        " WHERE m.group_id = user_groups.id AND m.user_id = %s AND m.left_at IS NULL))",
        person,
        person,
    )
    where.holds("(dissolved_at IS NULL OR %s)", dissolved)
    return read_page(cursor, MODEL.name, GROUPS, where, Keyset(("id",)), after=after, limit=limit)


def group(cursor: Cursor, group_id: UUID) -> Row | None:
    """One group with everybody who belongs to it or did."""
    row = find(cursor, GROUPS, id=group_id)
    if row is None:
        return None
    members = "SELECT * FROM group_members WHERE group_id = %s ORDER BY joined_at, user_id"
    return {**row, "members": fetch(cursor, members, (group_id,))}
