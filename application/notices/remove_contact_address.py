# SPDX-License-Identifier: Apache-2.0
"""No longer reach a person or a unit by a way."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.notices.inboxes import inbox_of, registered_ways
from application.work import Work
from domain.notices import inbox
from domain.notices.events import ContactAddressRemoved, Way
from domain.notices.inbox import INBOX


class RemoveContactAddress(Command):
    """Remove the address of one way, also the one given at registration; notices stay readable in the platform."""

    model_config = ConfigDict(json_schema_extra={"example": {"way": "message"}})

    way: Way
    unit: UUID | None = None


def remove_contact_address(command: RemoveContactAddress, work: Work) -> Result:
    """Raises `NotPermitted` and what `inbox.remove_address` raises."""
    owner = inbox_of(work, command.unit)
    registered = registered_ways(work, owner).keys()
    found = work.find(INBOX, owner.inbox)
    change = ContactAddressRemoved(addressee=owner, way=command.way)
    work.append(owner.inbox, *inbox.remove_address(found.state if found else None, change, registered=registered))
    return Result(id=owner.inbox)
