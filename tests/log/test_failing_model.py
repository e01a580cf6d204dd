# SPDX-License-Identifier: Apache-2.0
"""A read model that fails stops alone and loudly, and a rebuild brings it back; nothing ends the projector."""

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from api.cli.main import main
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.event_store.mapper import EventMapper
from infrastructure.projecting.projector import LeadershipLost, Projector, ensure_tracking
from projections.readmodel import ReadModel
from tests.infrastructure.projecting.toys import make_tables, rename
from tests.log.models import Renamings, follow, forget, tracking
from tests.log.waiting import until

SOUND, FRAGILE = Renamings("sound"), Renamings("fragile", {"poison"})


@pytest.fixture
def home(platform: Platform) -> Iterator[Jurisdiction]:
    home = platform.jurisdictions["jiangsu"]
    make_tables(home, SOUND.model, FRAGILE.model)
    FRAGILE.breaks_at = {"poison"}
    yield home
    forget(home, SOUND, FRAGILE)


def command(*arguments: str) -> int | str | None:
    """The exit code of a command line run in this process."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code


def test_it_stops_alone_and_loudly_and_a_rebuild_brings_it_back(
    platform: Platform,
    home: Jurisdiction,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    models = (SOUND.model, FRAGILE.model)
    with follow(home.database, *models):
        poisoned = rename(home, "a", "poison")
        last = rename(home, "b")
        until(lambda: tracking(home, "sound")[0] == last, "the sound one goes on")
        until(lambda: tracking(home, "fragile")[1] == poisoned, "the fragile one stops at its event")

        position, _, error = tracking(home, "fragile")
        assert position < poisoned
        assert error == "ArithmeticError: poison"
        assert SOUND.counts(home) == {"a": 1, "poison": 1, "b": 1}
        assert FRAGILE.counts(home) == {"a": 1}
        said = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(said) == 1, "said once"
        assert "fragile" in said[0].getMessage()
        assert str(poisoned) in said[0].getMessage()
        assert said[0].exc_info, "with its traceback"

        FRAGILE.breaks_at.clear()
        monkeypatch.setattr("projections.catalogue.READ_MODELS", models)
        monkeypatch.setattr("infrastructure.projecting.rebuild.READ_MODELS", models)
        monkeypatch.setenv("TONGCHOU_DATABASE_URL", platform.dsn)
        monkeypatch.setenv("TONGCHOU_DATA_DIR", str(tmp_path))
        assert command("projections", "rebuild", "fragile", "--jurisdiction", home.name) == 0
        until(lambda: tracking(home, "fragile") == (last, None, None), "it is back, in the same worker")
        assert FRAGILE.counts(home) == SOUND.counts(home)

        last = rename(home, "c")
        until(lambda: tracking(home, "fragile")[0] == tracking(home, "sound")[0] == last, "both go on")
        assert FRAGILE.counts(home)["c"] == 1


def test_a_leader_that_was_overtaken_blames_no_read_model(home: Jurisdiction) -> None:
    """The batch fails at the poison; while each model is tried alone, another has become the leader."""

    class Overtaken(Projector):
        def _apply_alone(self, *arguments: object) -> None:
            with home.database.writing() as cursor:
                cursor.execute("UPDATE read_models SET epoch = epoch + 1")
            super()._apply_alone(*arguments)  # type: ignore[arg-type]

    rename(home, "a", "poison")
    projector = Overtaken(home.database, EventMapper(None), [SOUND.model, FRAGILE.model])
    assert projector.lead()
    try:
        with pytest.raises(LeadershipLost):
            projector.catch_up()
    finally:
        projector.close()
    assert tracking(home, "sound") == tracking(home, "fragile") == (0, None, None)


def test_a_row_too_large_for_its_index_stops_its_read_model_alone(home: Jurisdiction) -> None:
    """The database calls it an operational error, but trying again would never help."""
    with follow(home.database, SOUND.model):
        poisoned = rename(home, "a", "".join(uuid4().hex for _ in range(400)))
        until(lambda: tracking(home, "sound")[1] == poisoned, "it stops at its event")
    assert SOUND.counts(home) == {"a": 1}


def test_an_event_that_this_release_cannot_read_stops_nothing_for_good(
    home: Jurisdiction, caplog: pytest.LogCaptureFixture
) -> None:
    """An older worker beside a newer one gives up leadership, says why, and tries again."""
    with follow(home.database, SOUND.model):
        unknown = home.recorder.insert_events([StoredEvent(uuid4(), 1, "future.Happened", b'{"v":1,"d":{},"m":{}}')])
        until(lambda: "future.Happened" in caplog.text, "it says which event it cannot read")
        assert tracking(home, "sound")[1] is None
        remove(home, unknown[0])
        last = rename(home, "a")
        until(lambda: tracking(home, "sound")[0] == last, "it goes on")
    assert SOUND.counts(home) == {"a": 1}


def remove(home: Jurisdiction, position: int) -> None:
    """As only the tables' owner can."""
    with home.database.connect(owner=True) as connection:
        connection.execute("DELETE FROM events WHERE position = %s", (position,))


def test_a_definition_changed_under_a_leader_misses_no_event(home: Jurisdiction) -> None:
    """A newer release's `migrate` empties the table; the leader must not go on as if it were full."""
    rename(home, "a")
    old = Projector(home.database, EventMapper(None), [SOUND.model])
    assert old.lead()
    try:
        old.catch_up()
        newer = ReadModel("sound", SOUND.model.tables, SOUND.model.apply, version=2)
        with home.database.connect(owner=True) as connection:
            ensure_tracking(connection, [newer])
        rename(home, "b")
        with pytest.raises(LeadershipLost):
            old.catch_up()
    finally:
        old.close()
    assert tracking(home, "sound")[0] == 0
