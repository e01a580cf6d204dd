# SPDX-License-Identifier: Apache-2.0
"""An edit of what has changed in the meantime is refused with both versions, whatever the command."""

from datetime import UTC, datetime
from typing import Any
from unittest.mock import MagicMock
from uuid import UUID, uuid4

import pytest

from application.bus import Entry
from application.catalogue import ENTRIES
from application.command import target_of
from application.errors import ApplicationError, PreconditionFailed
from application.work import Work
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from tests.domain.editions import JIANGSU

GUARDED = [entry for entry in ENTRIES if entry.command.TARGET is not None]
REFUSED_BEFORE = {"MergeUnit", "QualifyUser", "ApprovePolicyVersion", "RepealPolicyVersion", "AdoptLocalMeasures"}
"""They look first at what else they name: a decision, a resource, a government. The version is compared after it."""


def work_expecting(target: UUID, version: int) -> Work:
    """A unit of work on an empty log, so that every version is 0."""
    log, snapshots, policy = MagicMock(), MagicMock(), MagicMock()
    log.stream.return_value, snapshots.get.return_value, policy.on.return_value = [], None, JIANGSU
    return Work(
        actor=Actor(user=uuid4(), role=Role.SYSTEM),
        now=datetime(2026, 3, 2, 4, tzinfo=UTC),
        new_id=uuid4,
        claims=MagicMock(),
        figures=MagicMock(),
        registry=MagicMock(),
        _log=log,
        _policy=policy,
        _snapshots=snapshots,
        _expected={target: version},
    )


@pytest.mark.parametrize("entry", GUARDED, ids=lambda entry: entry.command.__name__)
def test_a_stale_edit_is_told_both_versions(entry: Entry) -> None:
    example: Any = entry.command.model_config["json_schema_extra"]
    command = entry.command.model_validate(example["example"])
    target = target_of(command)
    assert target is not None
    with pytest.raises((ApplicationError, DomainError)) as caught:
        entry.handler(command, work_expecting(target, 7))
    if entry.command.__name__ not in REFUSED_BEFORE:
        assert isinstance(caught.value, PreconditionFailed)
        see = f"/api/v1/streams/{target}?since=7"
        assert caught.value.parameters == {"stream": str(target), "expected": 7, "actual": 0, "see": see}
