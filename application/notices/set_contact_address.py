# SPDX-License-Identifier: Apache-2.0
"""Say where notices reach a person or a unit outside the platform."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Command, Result
from application.notices.inboxes import own_inbox
from application.work import Work
from domain.kernel.personal import Personal
from domain.notices import inbox
from domain.notices.addressee import inbox_of
from domain.notices.events import ContactAddressSet, Way
from domain.notices.inbox import INBOX


class SetContactAddress(Command):
    """Set the address of one way: a mail address, or a telephone number or name in a chat for messages.

    One's own, or the shared one of the unit one works for. It is kept like all personal data.
    """

    TARGET: ClassVar[str | None] = "inbox"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "owner": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "way": "email",
                "address": "reservations@example.edu.cn",
            }
        }
    )

    owner: UUID
    """Oneself, or the unit one works for."""
    way: Way
    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=320)]

    @property
    def inbox(self) -> UUID:
        """The stream of the owner's addresses and preferences."""
        return inbox_of(self.owner)


def set_contact_address(command: SetContactAddress, work: Work) -> Result:
    """Raises `NotPermitted` and what `inbox.set_address` raises."""
    owner = own_inbox(work, command.owner)
    found = work.find(INBOX, owner.inbox)
    address = Personal.of(owner.id, command.address)
    change = ContactAddressSet(addressee=owner, way=command.way, address=address)
    work.append(owner.inbox, *inbox.set_address(found.state if found else None, change))
    return Result(id=owner.inbox)
