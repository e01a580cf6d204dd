# SPDX-License-Identifier: Apache-2.0
"""Personal data inside events. The log stores it encrypted under a key of its subject (see docs)."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Personal(BaseModel):
    """A name, phone, address, identity or account number of `subject` (the user or party it describes).

    `value` is None where the reader holds no key or the key was destroyed. Only top-level fields of an event
    may be `Personal`, because the encryption binds the field's name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: UUID
    value: str | None

    @classmethod
    def of(cls, subject: UUID, value: str) -> Self:
        """A readable personal value."""
        return cls(subject=subject, value=value)
