# SPDX-License-Identifier: Apache-2.0
"""No longer reach a person or a unit by a way."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.notices.inboxes import own_inbox, registered_ways
from application.work import Work
from domain.notices import inbox
from domain.notices.addressee import inbox_of
from domain.notices.events import ContactAddressRemoved, Way
from domain.notices.inbox import INBOX


class RemoveContactAddress(Command):
    """Remove the address of one way, also the one given at registration; notices stay readable in the platform."""

    TARGET: ClassVar[str | None] = "inbox"
    model_config = ConfigDict(
        json_schema_extra={"example": {"owner": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44", "way": "message"}}
    )

    owner: UUID
    """Oneself, or the unit one works for."""
    way: Way

    @property
    def inbox(self) -> UUID:
        """The stream of the owner's addresses and preferences."""
        return inbox_of(self.owner)


def remove_contact_address(command: RemoveContactAddress, work: Work) -> Result:
    """Raises `NotPermitted` and what `inbox.remove_address` raises."""
    owner = own_inbox(work, command.owner)
    registered = registered_ways(work, owner).keys()
    found = work.find(INBOX, owner.inbox)
    change = ContactAddressRemoved(addressee=owner, way=command.way)
    work.append(owner.inbox, *inbox.remove_address(found.state if found else None, change, registered=registered))
    return Result(id=owner.inbox)
