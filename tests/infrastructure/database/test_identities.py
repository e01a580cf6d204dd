# SPDX-License-Identifier: Apache-2.0
"""Identities of other platforms that were taken for the whole province become those of their units."""

import psycopg

from domain.reservations.claims import FOREIGN, foreign_key
from infrastructure.bootstrap import Platform
from infrastructure.database.pool import connection_options
from infrastructure.database.schema import MIGRATIONS
from infrastructure.migrate import migrate
from tests.application.reservations.province import Province, at, province

__all__ = ["province"]
NAME = MIGRATIONS[1][0]


def test_a_migration_gives_each_identity_to_its_unit(platform: Platform, province: Province) -> None:
    asked = province.ask(province.manager, at(12, day=2), on_behalf_of=province.client, external_id="lims:1001")
    with psycopg.connect(platform.dsn, **connection_options("jiangsu")) as connection:  # type: ignore[arg-type]
        connection.execute(
            "UPDATE key_claims SET kind = 'external', value = 'lims:1001' WHERE kind = %s AND owner = %s",
            (FOREIGN, asked.id),
        )
        connection.execute("DELETE FROM migrations WHERE name = %s", (NAME,))
        connection.commit()
    assert province.home.claims.owner("external", "lims:1001") == asked.id
    assert migrate(platform.dsn, "jiangsu", "jiangsu") == [NAME]
    assert province.home.claims.owner("external", "lims:1001") is None
    assert province.home.claims.owner(FOREIGN, foreign_key(province.unit, "lims:1001")) == asked.id
