# SPDX-License-Identifier: Apache-2.0
"""Whom a notice is for: a person, or the shared inbox of a managing unit."""

from __future__ import annotations

from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

NAMESPACE = UUID("5d8a3c1e-7b1f-5c55-9a53-3f0f4c1d2e77")
AddresseeKind = Literal["person", "unit"]


class Addressee(BaseModel):
    """A person or a managing unit. What is told to a unit is read by everybody who works for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: AddresseeKind
    id: UUID

    @property
    def inbox(self) -> UUID:
        """The stream of their addresses and preferences."""
        return inbox_of(self.id)

    def reading_of(self, notice: UUID) -> UUID:
        """The stream that says when they have read a notice; it is theirs alone, whatever id they name."""
        return uuid5(NAMESPACE, f"read/{self.kind}/{self.id}/{notice}")


def inbox_of(owner: UUID) -> UUID:
    """The stream of a person's or unit's addresses and preferences."""
    return uuid5(NAMESPACE, f"inbox/{owner}")


def notice_id(cause: UUID, kind: str, addressee: Addressee) -> UUID:
    """The identity of a notice: the same in every replay, and the Message-ID of what is sent."""
    return uuid5(NAMESPACE, f"notice/{cause}/{kind}/{addressee.kind}/{addressee.id}")


def templates_of(unit: UUID) -> UUID:
    """The stream of a unit's own wordings."""
    return uuid5(NAMESPACE, f"templates/{unit}")
