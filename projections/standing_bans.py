# SPDX-License-Identifier: Apache-2.0
"""Every ban of a user or a group that ever was: by whom, why, until when, and how it ended."""

from datetime import datetime
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.event import Recorded
from domain.standing.events import BanLifted, UserBanned
from domain.standing.group import GroupBanLifted, GroupBanned, GroupMemberBanned, GroupMemberCleared
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import Row, Rows
from projections.standing_tables import BANS, GROUPS, STANDINGS

on = Handlers()


@on
def _ban(event: UserBanned, recorded: Recorded, rows: Rows) -> None:
    owner = known(rows, STANDINGS, recorded.stream)
    stated = event.model_dump(include={"scope", "resource", "ground", "reason", "reservation", "decision", "until"})
    versions = event.versions.model_dump() if event.versions else {}
    rows.put(
        BANS,
        new_row(
            BANS,
            id=event.ban,
            unit=owner["unit"],
            user_id=owner["user_id"],
            group_id=event.group,
            by_rule=recorded.meta.actor.role is Role.SYSTEM and event.ground == "points",
            banned_by=recorded.meta.actor.user,
            banned_at=recorded.meta.occurred_at,
            **stated,
            **versions,
        ),
    )


@on
def _lift(event: BanLifted, recorded: Recorded, rows: Rows) -> None:
    _end(rows, recorded, event.ban, event.reason)


@on
def _ban_member(event: GroupMemberBanned, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(GROUPS, recorded.stream)
    if row is None:
        row = new_row(GROUPS, id=recorded.stream, unit=event.unit, group_id=event.group, members={})
    member = {"user": str(event.user), "until": event.until.isoformat()}
    rows.put(GROUPS, row | {"members": {**row["members"], str(event.ban): member}, "version": recorded.version})


@on
def _clear_member(event: GroupMemberCleared, recorded: Recorded, rows: Rows) -> None:
    members = known(rows, GROUPS, recorded.stream)["members"]
    left = {ban: member for ban, member in members.items() if ban != str(event.ban)}
    amend(rows, GROUPS, recorded, members=left)


@on
def _ban_group(event: GroupBanned, recorded: Recorded, rows: Rows) -> None:
    rows.put(
        BANS,
        new_row(
            BANS,
            id=recorded.id,
            unit=event.unit,
            group_id=event.group,
            scope="group",
            ground="points",
            reason=f"{len(event.members)}/{event.threshold}",
            resource_rules=event.resource_rules,
            unit_rules=event.unit_rules,
            by_rule=True,
            banned_by=recorded.meta.actor.user,
            banned_at=recorded.meta.occurred_at,
            until=event.until,
        ),
    )
    amend(rows, GROUPS, recorded, ban=recorded.id)


@on
def _lift_group(event: GroupBanLifted, recorded: Recorded, rows: Rows) -> None:
    _end(rows, recorded, known(rows, GROUPS, recorded.stream)["ban"], event.reason)


def _end(rows: Rows, recorded: Recorded, ban: UUID, reason: str) -> None:
    meta = recorded.meta
    rows.change(BANS, ban, lifted_at=meta.occurred_at, lifted_by=meta.actor.user, lift_reason=reason)


def bans(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    user: UUID | None = None,
    in_force_at: datetime | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Bans, the latest first; only those in force at a moment where one is named."""
    where = Where().equals(unit=unit, user_id=user)
    where.holds("lifted_at IS NULL AND banned_at <= %s AND (until IS NULL OR until > %s)", in_force_at, in_force_at)
    order = Keyset(("banned_at", "id"), descending=True)
    return read_page(cursor, "standing", BANS, where, order, after=after, limit=limit)


def group_standing(cursor: Cursor, *, unit: UUID, group: UUID) -> Row | None:
    """The banned members of a group, and its own ban if it ever had one."""
    row = find(cursor, GROUPS, unit=unit, group_id=group)
    return None if row is None else {**row, "ban": find(cursor, BANS, id=row["ban"]) if row["ban"] else None}
