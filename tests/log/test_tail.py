# SPDX-License-Identifier: Apache-2.0
"""Every committed event is seen once, in the order of positions, in bounded time and without any notification.

Writers are processes with threads: fast and slow ones, some that roll back, some that are killed in the middle of a
transaction; the server, which waits for the disk at each commit, is stopped once and killed once while they write.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from time import sleep
from uuid import UUID

import pytest

from application.errors import Unavailable
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.event_store.subscription import POLL_SECONDS
from infrastructure.migrate import migrate
from infrastructure.projecting.projector import ensure_tracking
from tests.log.models import follow
from tests.log.readers import SIGHTED, Seen, naive, subscribed
from tests.log.server import KILL, ORDERLY, OwnServer, own_server
from tests.log.waiting import until
from tests.log.writers import PROCESSES, Kind, Post, append, events, noted, opened, write

SEED = 20260302
DELAY_LIMIT_SECONDS = 3.0
"""From a writer's knowing that it has committed to the reader's seeing the event; the slowest writer takes 0.4."""
RETURN_LIMIT_SECONDS = 6.0
"""The same, from the server's return after an outage."""
CROWD: tuple[Kind, ...] = ("fast", "fast", "slow", "slow", "giving up")
SCHEMA = "tail"
TRIES = 5


@contextmanager
def started(kind: Kind, post: Post, seed: int) -> Iterator[ForkServerProcess]:
    process = PROCESSES.Process(target=write, args=(kind, post, seed), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def kill_in_the_middle_of_a_transaction(post: Post, chance: Random, number: int) -> None:
    before = len(noted(post, "doomed"))
    with started("doomed", post, number) as doomed:
        until(lambda: len(noted(post, "doomed")) > before, "it has drawn its positions")
        sleep(chance.uniform(0, 0.2))
        assert doomed.is_alive()
        doomed.kill()
        doomed.join()
        assert doomed.exitcode == -signal.SIGKILL


def positions(seen: Seen) -> list[int]:
    return [position for position, _ in seen]


def committed(recorder: PostgresRecorder) -> dict[int, UUID]:
    """Positions in order, each with its stream."""
    with recorder.database.reading() as cursor:
        return dict(cursor.execute("SELECT position, stream FROM events ORDER BY 1").fetchall())


def delays(seen: Seen, acknowledged: dict[int, float], outages: list[tuple[float, float]]) -> tuple[float, float]:
    """The longest while the server was there, and the longest over an outage, counted from its end."""
    steady, over_outage = [0.0], [0.0]
    for position, at in seen:
        since = acknowledged.get(position, at)
        between = [back for gone, back in outages if since < back and gone < at]
        (over_outage if between else steady).append(at - max([since, *between]))
    return max(steady), max(over_outage)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["single", "split"])
def test_every_committed_event_is_seen_once_in_order_and_in_time(tmp_path: Path, form: str) -> None:
    with own_server(tmp_path / "server") as server, ExitStack() as stack:
        migrate(server.dsn(), SCHEMA, "jiangsu")
        post = Post(server.dsn(), SCHEMA, form == "single", tmp_path / "notes", tmp_path / "stop")
        recorder = stack.enter_context(opened(post))
        with recorder.database.connect(owner=True) as connection:
            ensure_tracking(connection, [SIGHTED])
        stack.enter_context(follow(recorder.database, SIGHTED))
        careless = stack.enter_context(naive(recorder))
        readers = [stack.enter_context(subscribed(recorder))]
        outages = storm(server, post, lambda: readers.append(stack.enter_context(subscribed(recorder))))
        truth = committed(recorder)
        until(lambda: all(len(seen) >= len(truth) for seen in readers), "every reader has come to the end")
        until(lambda: tracked(recorder) >= list(truth)[-1], "the projector has come to the end")

        acknowledged = {position: note.at for note in noted(post, "committed") for position in note.positions}
        undone = [*noted(post, "given up"), *noted(post, "doomed")]
        steady, over_outage = delays(readers[0], acknowledged, outages)
        missed = truth.keys() - set(positions(careless))
        print(  # noqa: T201 - the measured figures, shown with -s
            f"\n{form}: {len(truth)} events, {len(acknowledged)} of them acknowledged, {len(undone)} transactions"
            f" rolled back or killed, {len(outages)} outages; {len(readers)} readers, longest delay {steady:.2f} s,"
            f" after an outage {over_outage:.2f} s; the naive reader missed {len(missed)}"
        )
        for seen in readers:
            assert positions(seen) == list(truth)
        assert sighted(recorder) == [(position, 1, place) for place, position in enumerate(truth, start=1)]
        assert acknowledged.keys() <= truth.keys(), "nothing acknowledged is lost"
        assert not {note.stream for note in undone} & set(truth.values()), "nothing undone is there"
        assert steady < DELAY_LIMIT_SECONDS
        assert over_outage < RETURN_LIMIT_SECONDS
        assert missed, "the same storm defeats a reader without the barrier"


def storm(server: OwnServer, post: Post, another_reader: Callable[[], None]) -> list[tuple[float, float]]:
    """Return when the server was away."""
    chance, outages = Random(f"{SEED} {post.lock_inside}"), []
    with ExitStack() as writers:
        crowd = [writers.enter_context(started(kind, post, number)) for number, kind in enumerate(CROWD)]
        for turn, outage in enumerate((None, ORDERLY, None, KILL, None)):
            kill_in_the_middle_of_a_transaction(post, chance, turn)
            another_reader()  # while others commit
            sleep(chance.uniform(0.5, 1))
            if outage:
                outages.append(server.outage(outage))
        sleep(1)
        post.stop.touch()
        for writer in crowd:
            writer.join()  # those in flight come to their end
    return outages


def tracked(recorder: PostgresRecorder) -> int:
    with recorder.database.reading() as cursor:
        row = cursor.execute("SELECT position, error FROM read_models WHERE name = 'sighted'").fetchone()
    assert row
    assert row[1] is None, row[1]
    return int(row[0])


def sighted(recorder: PostgresRecorder) -> list[tuple[int, int, int]]:
    with recorder.database.reading() as cursor:
        return cursor.execute("SELECT position, times, place FROM sightings ORDER BY position").fetchall()


@pytest.mark.slow
def test_a_position_that_a_crash_gives_out_again_is_not_skipped(tmp_path: Path) -> None:
    """A sequence writes ahead by 32. What a rolled-back transaction drew beyond that, a crash may take back."""
    with own_server(tmp_path / "server") as server:
        server.configure("wal_writer_delay", "10s")  # so that what nobody waits for is lost in a crash
        migrate(server.dsn(), SCHEMA, "jiangsu")
        post = Post(server.dsn(), SCHEMA, lock_inside=True, notes=tmp_path / "notes", stop=tmp_path / "stop")
        with opened(post) as recorder, subscribed(recorder) as seen:
            for turn in range(TRIES):
                use_up_what_is_written_ahead(recorder)
                drawn = draw_and_roll_back(recorder)
                until(partial(has_come_to, seen, drawn[0] - 1), "the reader has come to the end")
                sleep(2 * POLL_SECONDS)  # it looks once more
                server.outage(KILL)
                until(lambda: answers(recorder), "the server is found again")
                again = recorder.insert_events(events(Random(turn))[:1])[0]
                until(partial(has_come_to, seen, again), "the reader sees what came after the crash")
                if again in drawn:
                    break
            else:
                pytest.fail(f"in {TRIES} crashes no position was given out again")
            assert positions(seen) == list(committed(recorder))


def has_come_to(seen: Seen, position: int) -> bool:
    return bool(seen) and seen[-1][0] >= position


def use_up_what_is_written_ahead(recorder: PostgresRecorder) -> None:
    ahead = True
    while ahead:
        recorder.insert_events(events(Random(0))[:1])
        with recorder.database.reading() as cursor:
            row = cursor.execute("SELECT log_cnt FROM events_position_seq").fetchone()
        ahead = row is None or row[0] > 0


def draw_and_roll_back(recorder: PostgresRecorder) -> list[int]:
    with recorder.database.connect() as connection, connection.transaction(force_rollback=True):
        return append(connection, recorder, events(Random(0)))


def answers(recorder: PostgresRecorder) -> bool:
    try:
        recorder.max_notification_id()
    except Unavailable:
        return False
    return True
