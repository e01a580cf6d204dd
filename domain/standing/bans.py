# SPDX-License-Identifier: Apache-2.0
"""Bans: by hand with a reason, by points by rule, lifted with a reason, never forgotten (ruling 8.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.standing.events import BanLifted, UserBanned

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.standing.events import BanGround, BanScope, Versions
    from domain.standing.standing import Standing


def ban(  # noqa: PLR0913 - every fact that a ban rests on
    state: Standing,
    *,
    ban: UUID,
    scope: BanScope,
    resource: UUID | None,
    until: datetime | None,
    ground: BanGround,
    reason: str,
    versions: Versions | None,
    decision: str | None = None,
    published: bool,
    edition: Edition,
    now: datetime,
) -> list[Event]:
    """Keep a user from booking an instrument or with the unit, under published rules on conduct; or from everywhere.

    Raises, all at once, `standing.no_conduct_rule_published`, `standing.ban_ends_before_it_begins`,
    `standing.already_banned`.
    """
    rules = Rules()
    rules.require(
        published, "standing.no_conduct_rule_published", citation=edition.citation("resource.publication_items")
    )
    rules.require(until is None or until > now, "standing.ban_ends_before_it_begins", field="until")
    same = [known for known in running(state, now) if (known.scope, known.resource) == (scope, resource)]
    longest = any(known.until is None or (until is not None and until <= known.until) for known in same)
    rules.require(not longest, "standing.already_banned", field="user")
    rules.enforce()
    return [
        UserBanned(
            ban=ban,
            scope=scope,
            resource=resource,
            until=until,
            ground=ground,
            reason=reason,
            versions=versions,
            decision=decision,
            basis=edition.basis("resource.publication_items"),
        )
    ]


def lift(state: Standing, *, ban: UUID, reason: str, now: datetime) -> list[Event]:
    """End a ban before its day. Raises `standing.ban_not_in_force`."""
    if all(known.ban != ban for known in running(state, now)):
        raise refusal("standing.ban_not_in_force", field="ban")
    return [BanLifted(ban=ban, reason=reason)]


def running(state: Standing, now: datetime) -> tuple[UserBanned, ...]:
    """Bans in force at a moment; the last moment named belongs to freedom."""
    return tuple(ban for ban in state.bans if ban.until is None or now < ban.until)


def bans_on(state: Standing, resource: UUID | None, now: datetime) -> tuple[UserBanned, ...]:
    """Bans in force that keep from an instrument."""
    return tuple(ban for ban in running(state, now) if ban.scope != "instrument" or ban.resource == resource)
