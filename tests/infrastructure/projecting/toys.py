# SPDX-License-Identifier: Apache-2.0
"""A read model small enough to know its figures by heart, and events for it."""

from uuid import UUID, uuid4

from psycopg import sql

from application.ports import Append, NewEvents
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Meta, Recorded
from domain.parties.events import UnitRenamed
from infrastructure.bootstrap import Jurisdiction
from infrastructure.projecting.projector import ensure_tracking
from projections.readmodel import ReadModel, Rows, Table
from tests.fixtures import NOON

POISON = "poison"
COLUMNS = {"name": "text", "renamings": "bigint", "last": "bigint"}


def toy(name: str = "toy", *, fragile: bool = False) -> ReadModel:
    """Counts renamings by new name; a fragile one breaks at the name poison."""
    table = Table(f"{name}_counts", ("name",), COLUMNS, ("(renamings)",))

    def apply(event: Recorded, rows: Rows) -> None:
        if not isinstance(event.event, UnitRenamed):
            return
        if fragile and event.event.name_zh == POISON:
            raise ArithmeticError(POISON)
        rows.add(table, event.event.name_zh, renamings=1)
        rows.change(table, event.event.name_zh, last=event.position)

    return ReadModel(name, (table,), apply)


def rename(jurisdiction: Jurisdiction, *names: str, stream: UUID | None = None) -> int:
    """Append one renaming for each name, in one batch; return the last position."""
    meta = Meta(
        occurred_at=NOON,
        actor=Actor(user=uuid4(), role=Role.SYSTEM),
        command_id=uuid4(),
        command="RenameUnit",
        correlation_id=uuid4(),
    )
    events = tuple(UnitRenamed(name_zh=name, name_en=name, reason="test") for name in names)
    batch = Append(meta.command_id, "hash", {}, meta, (NewEvents(stream or uuid4(), 0, events),), ())
    return jurisdiction.log.append(batch)


def make_tables(jurisdiction: Jurisdiction, *models: ReadModel) -> None:
    """What `migrate` does for the read models of the product."""
    with jurisdiction.database.connect(owner=True) as connection:
        ensure_tracking(connection, models)


def drop_tables(jurisdiction: Jurisdiction, *models: ReadModel) -> None:
    """Leave nothing of them behind."""
    with jurisdiction.database.connect(owner=True) as connection:
        for model in models:
            for table in model.tables:
                connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table.name)))
            connection.execute("DELETE FROM read_models WHERE name = %s", (model.name,))
