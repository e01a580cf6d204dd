# SPDX-License-Identifier: Apache-2.0
"""The composition root: everything that runs is put together here and nowhere else."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.bus import Bus
from application.catalogue import ENTRIES
from domain.statistics.report import REPORT
from infrastructure.calendars.office import CalendarOffice
from infrastructure.certificates.office import CertificateOffice
from infrastructure.contracts.office import ContractOffice
from infrastructure.database.claims import PostgresClaims
from infrastructure.database.embedded import embedded_server
from infrastructure.database.pool import Database
from infrastructure.database.refusals import PostgresRefusalLog
from infrastructure.event_store.hints import HintSender
from infrastructure.event_store.log import PostgresEventLog
from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.event_store.snapshots import MemorySnapshots
from infrastructure.identity.keyring import Keyring, master_key
from infrastructure.identity.sources import system_clock, time_ordered_id
from infrastructure.migrate import jurisdictions
from infrastructure.policy.calendars import load_calendar
from infrastructure.policy.in_force import PolicyInForce, decided_in
from infrastructure.policy.loader import load_regime
from infrastructure.projecting.projector import Projector
from infrastructure.purchasing.registry import ReadModelRegistry
from infrastructure.statistics.figures import LiveFigures, recompute
from infrastructure.words import Words, load_words
from projections.catalogue import READ_MODELS
from projections.paging import find
from projections.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from application.ports import Clock, Ids
    from domain.policy import Edition, Regime
    from domain.statistics.report import Report
    from infrastructure.settings import Settings
    from infrastructure.statistics.figures import Recomputed


@dataclass(frozen=True)
class Jurisdiction:
    """One schema with all that serves it."""

    name: str
    demonstration: bool
    regime: Regime
    database: Database
    recorder: PostgresRecorder
    log: PostgresEventLog
    bus: Bus
    refusals: PostgresRefusalLog
    claims: PostgresClaims
    snapshots: MemorySnapshots

    def edition(self, business_date: date, *, territory: str = "") -> Edition:
        """The edition in force on a business date, with what has been decided so far: for those who only read."""
        with self.database.reading() as cursor:
            decided, _ = decided_in(cursor, self.log.mapper)
        return decided.completing(self.regime.on(business_date), business_date, territory)

    def projector(self) -> Projector:
        """A projector of its own connection; it holds no keys of personal data."""
        return Projector(self.database, EventMapper(None), READ_MODELS)

    def report(self, number: str) -> Report | None:
        """A report by its number."""
        with self.database.reading() as cursor:
            row = find(cursor, REPORTS, number=number)
        return REPORT.fold(item.event for item in self.log.stream(row["id"])) if row else None

    def recompute(self, report: Report) -> Recomputed:
        """A published report beside its figures computed anew from the log alone (JS-10.2)."""
        with self.database.connect() as connection:
            return next(recompute(connection, [report]))


@dataclass(frozen=True)
class Platform:
    """All jurisdictions that one process serves."""

    jurisdictions: dict[str, Jurisdiction]
    words: Words
    clock: Clock
    ids: Ids
    dsn: str
    settings: Settings

    def calendars(self, home: Jurisdiction) -> CalendarOffice:
        """Where calendars for other tools are opened."""
        return CalendarOffice(home.name, home.log, home.claims)

    def certificates(self, home: Jurisdiction) -> CertificateOffice:
        """Where certificates of a jurisdiction are verified and printed."""
        return CertificateOffice(home.name, home.log, home.claims, self.settings.public_url)

    def contracts(self, home: Jurisdiction) -> ContractOffice:
        """Where contracts of a jurisdiction are printed."""
        return ContractOffice(home.log)


@contextmanager
def database_dsn(settings: Settings) -> Iterator[str]:
    """The external server's address, or that of the embedded one, which runs as long as somebody uses it."""
    if settings.database_url:
        yield settings.database_url
        return
    with embedded_server(settings.data_dir / "postgresql") as server:
        yield server.dsn()


@contextmanager
def open_platform(
    settings: Settings,
    dsn: str,
    *,
    clock: Clock = system_clock,
    ids: Ids = time_ordered_id,
    only: str | None = None,
    relaxed: bool = False,
) -> Iterator[Platform]:
    """Everything wired for the jurisdictions found in the database, or for `only` one of them.

    `relaxed` commits without waiting for the disk: for filling demonstrations alone.
    """
    key = master_key(settings.key_file)
    with ExitStack() as stack:
        found = {
            name: _jurisdiction(
                stack,
                Database(dsn, name, size=settings.pool_size, relaxed=relaxed),
                settings,
                regime,
                clock,
                ids,
                key,
                demonstration=demonstration,
            )
            for name, regime, demonstration in jurisdictions(dsn)
            if only in (None, name)
        }
        yield Platform(found, load_words(), clock, ids, dsn, settings)


def _jurisdiction(
    stack: ExitStack,
    database: Database,
    settings: Settings,
    regime_name: str,
    clock: Clock,
    ids: Ids,
    key: bytes,
    *,
    demonstration: bool,
) -> Jurisdiction:
    stack.callback(database.close)
    hints = HintSender(database)
    stack.callback(hints.close)
    recorder = PostgresRecorder(database, lock_inside=settings.append_form == "single")
    log = PostgresEventLog(
        recorder, EventMapper(Keyring(database, key)), demonstration=demonstration, committed=hints.committed
    )
    claims, refusals = PostgresClaims(database), PostgresRefusalLog(database, clock)
    regime = load_regime(regime_name, settings.regimes_dir)
    snapshots = MemorySnapshots()
    bus = Bus(
        entries={entry.command: entry for entry in ENTRIES},
        log=log,
        claims=claims,
        policy=PolicyInForce(regime, load_calendar()),
        refusals=refusals,
        snapshots=snapshots,
        figures=LiveFigures(database),
        registry=ReadModelRegistry(database),
        clock=clock,
        ids=ids,
    )
    return Jurisdiction(
        database.schema, demonstration, regime, database, recorder, log, bus, refusals, claims, snapshots
    )
