# SPDX-License-Identifier: Apache-2.0
"""The tables of users' standing: with each unit, their qualifications, and every ban that ever was."""

from projections.readmodel import Table

STANDINGS = Table(
    "standings",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",  # null for what holds with all units
        "user_id": "uuid",
        "tags": "jsonb",
        "feedback_owed": "jsonb",  # reservations with the end of the use, or when that was entered
        "feedback_given": "bigint",
        "uses": "bigint",
        "minutes": "jsonb",  # by calendar year
        "points": "bigint",  # null while nothing was ever deducted
        "starting_points": "bigint",
        "notify_below": "bigint",
        "ban_below": "bigint",
        "version": "bigint",
    },
    ("(user_id)", "(unit)"),
)
NOTED_USES = Table(
    "noted_uses",
    ("reservation",),
    {"reservation": "uuid", "standing": "uuid", "year": "bigint", "minutes": "bigint"},
)
QUALIFIED = Table(
    "operating_qualifications",
    ("standing", "resource"),
    {
        "standing": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "user_id": "uuid",
        "step": "text",
        "applied_at": "timestamptz",
        "valid_from": "date",
        "valid_until": "date",
        "remind_on": "date",
        "lapse_months": "bigint",
        "last_used": "timestamptz",
        "ends_on": "date",  # by its own end or by disuse
        "remind_from": "date",
        "reminded_for": "date",
        "training": "uuid",
        "reason": "text",
    },
    ("(ends_on) WHERE step = 'held'", "(user_id)", "(resource)"),
)
BANS = Table(
    "bans",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",  # null for a ban from everywhere
        "user_id": "uuid",
        "group_id": "uuid",
        "scope": "text",
        "resource": "uuid",
        "ground": "text",
        "reason": "text",
        "reservation": "uuid",
        "decision": "text",
        "resource_rules": "bigint",
        "unit_rules": "bigint",
        "by_rule": "boolean",
        "banned_by": "uuid",
        "banned_at": "timestamptz",
        "until": "timestamptz",
        "lifted_at": "timestamptz",
        "lifted_by": "uuid",
        "lift_reason": "text",
    },
    ("(unit, banned_at, id)", "(user_id)", "(banned_at, id)"),
)
GROUPS = Table(
    "group_standings",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "group_id": "uuid",
        "members": "jsonb",  # bans of members that were not lifted: whose, and until when
        "ban": "uuid",  # that of the group pronounced last
        "version": "bigint",
    },
    ("(unit, group_id)",),
)
TRAININGS = Table(
    "instrument_trainings",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "resource": "uuid",
        "held_at": "timestamptz",
        "topic": "text",
        "participants": "jsonb",
        "version": "bigint",
    },
    ("(unit, held_at, id)",),
)
