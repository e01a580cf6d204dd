# SPDX-License-Identifier: Apache-2.0
"""Which deadline a command of the scheduler speaks of."""

from datetime import date
from uuid import UUID

from pydantic import JsonValue

from application.command import Command
from domain.governance.deadline import Due

EXAMPLE: dict[str, JsonValue] = {
    "kind": "exemption_review",
    "subject": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
    "item": "",
    "due_on": "2027-01-01",
}


class DeadlineCommand(Command):
    """Kind, subject, item and day of a deadline; nothing that a later decision could change."""

    kind: str
    subject: UUID
    item: str = ""
    due_on: date

    @property
    def due(self) -> Due:
        """The deadline, with the id that these four give."""
        return Due(self.kind, self.subject, self.item, self.due_on)
