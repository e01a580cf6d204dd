# SPDX-License-Identifier: Apache-2.0
"""`verify`: everything derived is proven equal to the log, with a precise list of what is not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from domain.catalogue import AGGREGATE_OF, claims_of
from domain.kernel.ledger import Entry
from domain.statistics.report import Report
from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.tail import final_position, lock_key, read_between
from infrastructure.history.append_only import append_only
from infrastructure.history.check import SHOWN, Check
from infrastructure.history.claim_fold import ClaimFold
from infrastructure.history.differing import differing
from infrastructure.projecting.rebuild import differences, feed, live_position, prepare
from infrastructure.projecting.tables import definition_hash
from infrastructure.statistics.figures import recompute
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    import psycopg

    from domain.kernel.event import Recorded
    from infrastructure.bootstrap import Jurisdiction, Platform
    from projections.readmodel import ReadModel

BATCH = 5_000


@dataclass
class VerifyReport:
    """The outcome over all jurisdictions, and the position of each log that was proven up to."""

    positions: dict[str, int] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)

    @property
    def position(self) -> int:
        """The sum of the positions: how many were proven."""
        return sum(self.positions.values())

    @property
    def ok(self) -> bool:
        """Every check holds."""
        return all(check.ok for check in self.checks.values())

    def as_dict(self) -> dict[str, Any]:
        """One JSON document: ok, position, positions by jurisdiction, checks by name."""
        checks = {name: check.as_dict() for name, check in self.checks.items()}
        return {"ok": self.ok, "position": self.position, "positions": self.positions, "checks": checks}


def verify(platform: Platform, *, progress: Callable[[str, int, int], None] | None = None) -> VerifyReport:
    """Load every event, fold every stream, prove claims, money, grants and read models of every jurisdiction."""
    report = VerifyReport()
    for jurisdiction in platform.jurisdictions.values():
        _verify_one(jurisdiction, report, progress)
    return report


def _verify_one(
    jurisdiction: Jurisdiction, report: VerifyReport, progress: Callable[[str, int, int], None] | None
) -> None:
    name = jurisdiction.name
    with jurisdiction.database.connect() as connection:
        end = final_position(connection, lock_key(name))
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            walk = _Walk()
            walk.through(connection, end, lambda done: progress(name, done, end) if progress else None)
            report.checks |= {f"{name}.{check}": result for check, result in walk.checks().items()}
            report.checks[f"{name}.claims"] = walk.claims.compare(connection)
            report.checks[f"{name}.append_only"] = append_only(connection)
            report.checks[f"{name}.read_models"] = _read_models(connection)
            report.checks[f"{name}.reports"] = _reports(connection, walk.reports())
    report.positions[name] = end


class _Walk:
    """One pass over the log: every event decodes, every stream folds without gaps, every posting balances."""

    def __init__(self) -> None:
        self.events, self.streams, self.money = Check(), Check(), Check()
        self.claims = ClaimFold()
        self._states: dict[UUID, Any] = {}
        self._versions: dict[UUID, int] = defaultdict(int)
        self._mapper = EventMapper(None)

    def checks(self) -> dict[str, Check]:
        """What the pass found."""
        self.streams.count = len(self._states)
        return {"events": self.events, "streams": self.streams, "money": self.money}

    def reports(self) -> list[Report]:
        """Every report ever published."""
        return [state for state in self._states.values() if isinstance(state, Report)]

    def through(self, connection: psycopg.Connection[Any], end: int, progress: Callable[[int], None]) -> None:
        """Walk from the first event to `end`."""
        position = 0
        while position < end:
            batch = read_between(connection, position, end, BATCH)
            for item in batch:
                self.events.count += 1
                try:
                    recorded = self._mapper.to_recorded(item.event, item.position, item.recorded_at)
                except Exception as error:  # noqa: BLE001 - whatever no released version can read
                    self.events.problems.append(f"position {item.position}: {error!r}")
                    continue
                self._step(recorded)
            position = batch[-1].position if len(batch) == BATCH else end
            progress(position)

    def _step(self, recorded: Recorded) -> None:
        stream, event = recorded.stream, recorded.event
        self._versions[stream] += 1
        if self._versions[stream] != recorded.version:
            self.streams.problems.append(
                f"{stream}: version {recorded.version} follows {self._versions[stream] - 1} at {recorded.position}"
            )
            self._versions[stream] = recorded.version
        try:
            self._states[stream] = AGGREGATE_OF[event.TYPE].evolve(self._states.get(stream), event)
        except Exception as error:  # noqa: BLE001 - whatever breaks a fold is what we look for
            self.streams.problems.append(f"{stream}: {event.TYPE} at {recorded.position} does not fold: {error!r}")
        # Lists of other things are called entries too: of a policy, of a warning catalogue.
        entries = [entry for entry in getattr(event, "entries", ()) if isinstance(entry, Entry)]
        if entries:
            self.money.count += 1
            if total := sum(entry.amount_fen for entry in entries):
                self.money.problems.append(f"{event.TYPE} at {recorded.position} is off balance by {total} fen")
        try:
            claims = claims_of(stream, event)
        except Exception as error:  # noqa: BLE001 - as above
            self.claims.problems.append(f"{event.TYPE} at {recorded.position} states no claims: {error!r}")
        else:
            self.claims.apply(claims, f"{event.TYPE} at {recorded.position}")


def _reports(connection: psycopg.Connection[Any], published: list[Report]) -> Check:
    """Every published report has the figures that the log gives at its position."""
    check = Check()
    for found in recompute(connection, published):
        check.count += 1
        if not found.agrees:
            number, rows = found.report.number, len(found.differing)
            check.problems.append(f"{number}: {rows} rows differ from the log at {found.report.position}")
    return check


def _read_models(connection: psycopg.Connection[Any]) -> Check:
    check = Check()
    failed = connection.execute("SELECT name, failed_position, error FROM read_models WHERE error IS NOT NULL")
    check.problems += [f"{name} stopped at position {position}: {error}" for name, position, error in failed.fetchall()]
    known = dict(connection.execute("SELECT name, definition FROM read_models").fetchall())
    migrated = [model for model in READ_MODELS if known.get(model.name) == definition_hash(model)]
    other = [model.name for model in READ_MODELS if model not in migrated]
    check.problems += [f"{name} has the tables of another version: run `tongchou migrate`" for name in other]
    for position, models in _by_position(connection, migrated).items():
        rows = {model.name: prepare(connection, model, temporary=True) for model in models}
        try:
            feed(connection, models, rows, 0, position)
        except Exception as error:  # noqa: BLE001 - what cannot be rebuilt is not proven, whatever the reason
            names = ", ".join(rows)
            check.problems.append(f"{names}: cannot be rebuilt up to position {position}: {error!r}")
            continue
        for table in (table for model in models for table in model.tables):
            check.count += 1
            if wrong := differences(connection, table):
                check.problems.append(f"{table.name}: {wrong} rows differ from the rebuilt table")
                check.problems += differing(connection, table, SHOWN)
    return check


def _by_position(connection: psycopg.Connection[Any], models: Sequence[ReadModel]) -> dict[int, list[ReadModel]]:
    """Read models that stand at the same position are rebuilt in one pass over the log; usually that is all."""
    found: dict[int, list[ReadModel]] = defaultdict(list)
    for model in models:
        found[live_position(connection, model.name)].append(model)
    return found
