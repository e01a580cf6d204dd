# SPDX-License-Identifier: Apache-2.0
"""End a proxy's right to act in one's place."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.errors import NotPermitted
from application.work import Work
from domain.kernel.actor import Role
from domain.parties import proxy
from domain.parties.proxy import PROXIES, proxies_id


class DismissProxy(Command):
    """Dismiss a proxy, or lay the office down as the proxy; what was booked stays."""

    TARGET = "proxies"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "proxy": "3d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b45",
                "reason": "助理岗位调整",
            }
        }
    )

    user: UUID
    proxy: UUID
    reason: Words

    @property
    def proxies(self) -> UUID:
        """The stream of the user's proxies."""
        return proxies_id(self.user)


def dismiss_proxy(command: DismissProxy, work: Work) -> Result:
    """Raises `NotPermitted` and what `proxy.dismiss` raises."""
    if work.actor.role is not Role.SYSTEM and work.actor.user not in (command.user, command.proxy):
        raise NotPermitted(reason="person", user=str(command.user))
    found = work.find(PROXIES, command.proxies)
    state = found.state if found else None
    work.append(command.proxies, *proxy.dismiss(state, command.user, command.proxy, reason=command.reason))
    return Result(command.proxies)
