# SPDX-License-Identifier: Apache-2.0
"""Counters whose cap is published anew: the fold of the log and the table agree, whoever came first."""

from collections.abc import Sequence
from functools import partial
from random import Random
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from application.errors import QuotaExhausted
from domain.kernel.claims import Claim, Draw, DrawUpTo
from infrastructure.bootstrap import Platform
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder
from infrastructure.history.claim_fold import ClaimFold
from tests.concurrency.crowd import rush

Appended = tuple[int, tuple[Claim, ...]]


@pytest.fixture
def recorder(platform: Platform) -> PostgresRecorder:
    return PostgresRecorder(platform.jurisdictions["jiangsu"].database)


def append(recorder: PostgresRecorder, *claims: Claim) -> Appended:
    event = StoredEvent(uuid4(), 1, "test.Happened", b"{}")
    (position,) = recorder.insert_events([event], claims=claims, command=CommandRow(uuid4(), "hash", "{}"))
    return position, claims


def differing(recorder: PostgresRecorder, account: str, history: Sequence[Appended]) -> list[str]:
    """What the fold in the order of the log says of an account, against the table."""
    fold = ClaimFold()
    for position, claims in sorted(history, key=lambda appended: appended[0]):
        fold.apply(claims, f"at {position}")
    with recorder.database.reading() as cursor:
        return [problem for problem in fold.compare(cursor.connection).problems if account in problem]


def test_what_goes_back_and_forth_in_one_append_leaves_the_published_cap_behind(recorder: PostgresRecorder) -> None:
    """Given back and drawn anew in one append nothing changes hands: no row is written, the cap of then stays."""
    account = f"quota:{uuid4()}"
    history = [append(recorder, DrawUpTo(account, 10, 4))]
    history.append(append(recorder, Draw(account, -2), DrawUpTo(account, 20, 2)))
    assert differing(recorder, account, history) == []
    history.append(append(recorder, Draw(account, -4), DrawUpTo(account, 30, 3)))
    assert differing(recorder, account, history) == []


def test_draws_that_race_across_a_publication_agree_with_the_log(recorder: PostgresRecorder) -> None:
    """Some still know the old cap, some the new one; the log says in which order they came."""
    account, chance = f"quota:{uuid4()}", Random(5)
    history = [append(recorder, DrawUpTo(account, 100, 1))]
    for _ in range(10):
        caps = [chance.choice((12, 100)) for _ in range(8)]
        outcome = rush([partial(append, recorder, DrawUpTo(account, cap, 1)) for cap in caps])
        assert {type(each) for each in outcome.outcomes} <= {tuple, QuotaExhausted}
        history += outcome.results
        assert differing(recorder, account, history) == []


def test_what_is_used_is_still_compared(recorder: PostgresRecorder) -> None:
    account = f"quota:{uuid4()}"
    history = [append(recorder, DrawUpTo(account, 10, 4))]
    append(recorder, Draw(account, -1))
    (problem,) = differing(recorder, account, history)
    assert "history says (4, 10), the table (3, 10)" in problem
