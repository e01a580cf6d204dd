# SPDX-License-Identifier: Apache-2.0
"""A rebuild shared by processes gives what one process gives."""

import pytest

from infrastructure.bootstrap import Platform
from infrastructure.projecting import sharing
from infrastructure.projecting.rebuild import rebuild
from projections.catalogue import READ_MODELS
from tests.infrastructure.projecting.toys import rename


@pytest.mark.slow
def test_a_long_log_is_rebuilt_by_processes(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LONG", 0)
    jurisdiction = platform.jurisdictions["jiangsu"]
    last = rename(jurisdiction, "a")
    with jurisdiction.database.writing() as cursor:
        cursor.execute("UPDATE read_models SET position = %s", (last,))
    told: list[tuple[int, int]] = []
    made = rebuild(jurisdiction.database, ["ledger", "audit_trail"], lambda done, whole: told.append((done, whole)))
    assert [item.name for item in made] == [name.name for name in READ_MODELS if name.name in ("ledger", "audit_trail")]
    assert [item.differences for item in made] == [{"ledger_accounts": 0}, {"audit_trail": 1}]
    assert told
    again = rebuild(jurisdiction.database, ["audit_trail"])
    assert again[0].differences == {"audit_trail": 0}


@pytest.mark.slow
def test_a_process_that_fails_is_heard(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "LONG", 0)
    with pytest.raises(ZeroDivisionError):
        sharing.in_shares(platform.jurisdictions["jiangsu"].database, READ_MODELS, 1, fail)


def fail(*_: object) -> list[int]:
    raise ZeroDivisionError
