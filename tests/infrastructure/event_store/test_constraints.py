# SPDX-License-Identifier: Apache-2.0
"""Errors are mapped by SQLSTATE and normalised name: also through an engine that reports no diagnostics."""

import psycopg
import pytest
from psycopg import errors

from application.errors import SlotTaken, Unavailable, VersionConflict
from infrastructure.database.constraints import constraint_name, is_outage, translated


@pytest.mark.parametrize("suffix", ["", "_102008"])
def test_a_shard_suffix_does_not_hide_the_constraint(suffix: str) -> None:
    error = errors.ExclusionViolation(f'conflicting key value violates exclusion constraint "slots_free_ex{suffix}"')
    assert error.diag.constraint_name is None
    assert constraint_name(error) == "slots_free_ex"
    assert isinstance(translated(error), SlotTaken)


def test_a_version_conflict_is_told_from_a_repeated_command() -> None:
    error = errors.UniqueViolation('duplicate key value violates unique constraint "events_pk"')
    assert isinstance(translated(error), VersionConflict)


@pytest.mark.parametrize("kind", [errors.DeadlockDetected, errors.SerializationFailure, errors.DivisionByZero])
def test_what_may_be_tried_again_is_a_version_conflict(kind: type[psycopg.Error]) -> None:
    assert isinstance(translated(kind("try again")), VersionConflict)


@pytest.mark.parametrize("kind", [errors.AdminShutdown, errors.ConnectionFailure, errors.ReadOnlySqlTransaction])
def test_an_outage_is_unavailable(kind: type[psycopg.Error]) -> None:
    assert is_outage(kind("away"))
    assert isinstance(translated(kind("away")), Unavailable)


def test_a_lost_socket_is_an_outage() -> None:
    assert is_outage(psycopg.OperationalError("server closed the connection unexpectedly"))


def test_an_unknown_constraint_is_a_bug_and_stays_visible() -> None:
    error = errors.UniqueViolation('duplicate key value violates unique constraint "surprise"')
    assert translated(error) is error
