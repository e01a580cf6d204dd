# SPDX-License-Identifier: Apache-2.0
"""A history worth tampering with: a use that was billed, paid with a voucher, claimed and reimbursed, and a token."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from application.parties.issue_access_token import IssueAccessToken
from domain.kernel.actor import Actor, Role
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.database.roles import act_as, owner_of
from infrastructure.history.check import Check
from infrastructure.history.verify import verify
from tests.application.reservations.province import province, span
from tests.application.vouchers.treasury import Treasury, treasury

__all__ = ["province", "treasury"]


@dataclass
class Past:
    """What happened, and a hand that reaches past every command into the tables."""

    platform: Platform
    home: Jurisdiction
    reservation: UUID
    grant: UUID
    order: UUID
    claim: UUID
    token: str

    def tamper(self, sql: str, *parameters: object) -> None:
        """As the owner of the tables: the application itself may not."""
        with self.home.database.writing() as cursor:
            assert act_as(cursor.connection, owner_of(self.home.name), in_transaction=True)
            assert cursor.execute(sql, parameters).rowcount == 1

    def rewrite(self, stream: UUID, type_: str, **changes: Any) -> int:  # noqa: ANN401 - any field of any event
        """Change an event where it stands, its circumstances left as they are; return its position."""
        with self.home.database.reading() as cursor:
            row = cursor.execute(
                "SELECT position, state FROM events WHERE stream = %s AND type = %s", (stream, type_)
            ).fetchone()
        assert row
        state = orjson.loads(bytes(row[1]))
        state["d"] |= changes
        self.tamper("UPDATE events SET state = %s WHERE position = %s", orjson.dumps(state), row[0])
        return int(row[0])

    def problems(self) -> dict[str, list[str]]:
        """What `verify` finds, by check; nothing where all is well."""
        checks: dict[str, Check] = verify(self.platform).checks
        return {name.partition(".")[2]: check.problems for name, check in checks.items() if not check.ok}


@pytest.fixture
def past(treasury: Treasury, platform: Platform) -> Past:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    claim = treasury.approved(order, grant)
    treasury.freeze(claim)
    treasury.pay(claim, treasury.science, "T-1")
    asked = treasury.province.ask(span=span(13, 14))
    token = uuid4().hex * 2
    issue = IssueAccessToken(user=treasury.province.client, token_hash=token, role=Role.USER)
    treasury.do(issue, Actor(user=uuid4(), role=Role.ADMINISTRATOR))
    home = treasury.province.home
    projector = home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    alone = replace(platform, jurisdictions={home.name: home})
    return Past(alone, home, asked.id, grant, order, claim, token)
