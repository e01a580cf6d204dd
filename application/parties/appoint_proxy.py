# SPDX-License-Identifier: Apache-2.0
"""Let somebody book, move and cancel in one's place."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.guards import own_self
from application.work import Work
from domain.kernel.time import Instant
from domain.parties import proxy
from domain.parties.proxy import PROXIES, ProxyAppointed, proxies_id
from domain.parties.unit import UNIT
from domain.parties.user import USER
from domain.resources.resource import RESOURCE


class AppointProxy(Command):
    """Appoint a proxy of the same organisation, for a unit, an instrument, or everywhere.

    A proxy books, moves and cancels, never pays; every rule is judged for the user.
    """

    TARGET = "proxies"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "proxy": "3d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b45",
                "until": "2026-12-31T23:59:59+08:00",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
            }
        }
    )

    user: UUID
    proxy: UUID
    until: Instant
    unit: UUID | None = None
    resource: UUID | None = None

    @property
    def proxies(self) -> UUID:
        """The stream of the user's proxies."""
        return proxies_id(self.user)


def appoint_proxy(command: AppointProxy, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `proxy.appoint` raises."""
    own_self(work, command.user)
    work.find(PROXIES, command.proxies)
    user, other = work.load(USER, command.user).state, work.load(USER, command.proxy).state
    if command.unit is not None:
        work.load(UNIT, command.unit)
    if command.resource is not None:
        work.load(RESOURCE, command.resource)
    appointment = ProxyAppointed(**command.model_dump())
    work.append(command.proxies, *proxy.appoint(appointment, user=user, proxy=other, now=work.now))
    return Result(command.proxies)
