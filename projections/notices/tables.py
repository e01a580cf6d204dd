# SPDX-License-Identifier: Apache-2.0
"""The tables of notices: the notices themselves, what is known of their subjects, inboxes, and units' wordings."""

from projections.readmodel import Table

NOTICES = Table(
    "notices",
    ("id",),
    {
        "id": "uuid",
        "kind": "text",
        "addressee_kind": "text",
        "addressee": "uuid",
        "subject": "uuid",  # the stream it speaks of
        "subject_kind": "text",
        "unit": "uuid",  # whose wording is used
        "resource": "uuid",
        "facts": "jsonb",  # what fills the placeholders, as plain values
        "due_at": "timestamptz",
        "useful_until": "timestamptz",
        "state": "text",  # waiting, in_app (not to be sent), sent, given_up, lapsed, settled
        "next_attempt_at": "timestamptz",
        "attempts": "bigint",
        "way": "text",
        "wording": "text",
        "failure": "text",
        "sent_at": "timestamptz",
        "read_at": "timestamptz",
    },
    (
        "(addressee, due_at, id)",
        "(due_at, id)",
        "(next_attempt_at, id) WHERE state = 'waiting'",
        "(due_at, id) WHERE state = 'given_up'",
    ),
)
SUBJECTS = Table(
    "notice_subjects",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "resource": "uuid",
        "people": "jsonb",  # who may be told, by the name of their part
        "facts": "jsonb",
        "name_zh": "text",
        "name_en": "text",
        "open": "jsonb",  # kind to ids of notices that something else may settle
        "reminded_for": "timestamptz",  # the start of a confirmed reservation, until it begins or ends
        "rosters": "jsonb",  # of an instrument: who is on duty there
        "on_duty": "jsonb",  # of a reservation: who of those on duty was told of which time
    },
)
AHEAD = Table(
    "notice_ahead",
    ("person", "day"),
    {"person": "uuid", "day": "date", "reservations": "jsonb"},  # confirmed ones that begin on that day (UTC)
)
"""By day, because whoever has thousands of reservations ahead confirms one more as fast as anybody else."""
INBOXES = Table(
    "notice_inboxes",
    ("owner",),
    {
        "owner": "uuid",
        "owner_kind": "text",
        "ways": "jsonb",  # by which the owner can be reached; the addresses themselves stay sealed in the log
        "wished": "text",
        "channel": "text",  # in_app, email or message: what follows from wish and addresses
        "language": "text",
        "quiet_from": "bigint",
        "quiet_until": "bigint",
        "reminders": "jsonb",
        "muted": "jsonb",
        "version": "bigint",  # of the inbox's own stream
        "days_ahead": "jsonb",  # on which the person has something in `notice_ahead`, in order
    },
)
TEMPLATES = Table(
    "notice_templates",
    ("unit", "kind", "language"),
    {"unit": "uuid", "kind": "text", "language": "text", "number": "bigint", "subject": "text", "body": "text"},
)
