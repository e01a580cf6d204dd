# SPDX-License-Identifier: Apache-2.0
"""What a violated constraint means: by SQLSTATE and normalised name, never by message text alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors

from application.errors import (
    CommandRepeated,
    KeyTaken,
    QuotaExhausted,
    SlotTaken,
    Unavailable,
    VersionConflict,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_QUOTED = re.compile(r'constraint "([^"]+)"')
_SHARD = re.compile(r"_\d+$")
_ACCOUNT = re.compile(r"Failing row contains \(([^,]+), (-?\d+), (-?\d+)\)")
_KEY = re.compile(r"Key \(kind, value\)=\(([^,]+), (.*)\) already exists")

# A sharded engine reports no diagnostics; connection failures, read-only standbys, and a commit of unknown fate.
UNKNOWN_OUTCOME = ("08", "57P0", "25006", "XX000")
UNCONFIRMED = "01000"
RETRYABLE = (errors.DeadlockDetected, errors.SerializationFailure, errors.DivisionByZero)


class OutcomeUnknown(Unavailable):
    """The connection was lost on the way: it may have been done. The same command id makes trying again harmless."""


def constraint_name(error: psycopg.Error) -> str:
    """The name of the violated constraint without a shard's suffix, from the diagnostics or the message."""
    name = error.diag.constraint_name
    if not name:
        found = _QUOTED.search(str(error))
        name = found.group(1) if found else ""
    return _SHARD.sub("", name)


def translated(error: psycopg.Error) -> Exception:
    """The application's word for a database error; the error itself where it is a bug."""
    if isinstance(error, RETRYABLE):
        return VersionConflict()
    if isinstance(error, errors.InvalidArgumentForLogarithm):
        return SlotTaken()  # the append says so where a slot is not free
    if is_outage(error):
        return OutcomeUnknown(detail=type(error).__name__)
    build = MEANING.get(constraint_name(error))
    return build(error) if build else error


def is_outage(error: psycopg.Error) -> bool:
    """Whether the outcome is unknown because the database went away or is not the primary."""
    state = error.sqlstate or ""
    if not state:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return state.startswith(UNKNOWN_OUTCOME)


def is_unconfirmed(notice: errors.Diagnostic) -> bool:
    """Whether the server says that it committed, but warns that no standby confirmed it."""
    return notice.sqlstate == UNCONFIRMED and notice.severity_nonlocalized == "WARNING"


def _quota(error: psycopg.Error) -> QuotaExhausted:
    found = _ACCOUNT.search(error.diag.message_detail or "")
    if not found:
        return QuotaExhausted()
    return QuotaExhausted(account=found.group(1), wanted=int(found.group(2)), cap=int(found.group(3)))


def _key(error: psycopg.Error) -> KeyTaken:
    found = _KEY.search(error.diag.message_detail or "")
    return KeyTaken(kind=found.group(1), value=found.group(2)) if found else KeyTaken()


MEANING: dict[str, Callable[[psycopg.Error], Exception]] = {
    "events_pk": lambda _: VersionConflict(),
    "commands_pk": lambda _: CommandRepeated(),
    "slots_free_ex": lambda _: SlotTaken(),
    "accounts_cap_ck": _quota,
    "accounts_floor_ck": _quota,
    "accounts_pk": lambda _: VersionConflict(),
    "series_pk": lambda _: VersionConflict(),
    "keys_pk": _key,
    "tokens_pk": lambda _: KeyTaken(kind="token"),
}

BUGS = frozenset(
    {
        "events_position_uq",  # positions are drawn from the sequence
        "slots_pk",  # a holder is an id made for its slot
        "subject_keys_pk",  # inserted unless present
        "refusals_pk",
        "read_models_pk",
        "jurisdiction_pk",
        "migrations_pk",
    }
)
"""Constraints that no command can violate: what violates them is a mistake of ours, and stays visible as one."""
