# SPDX-License-Identifier: Apache-2.0
"""Ways out of the platform: the port `Gateway`, and what goes wrong on them in words that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.notices.events import FailureReason, Way
    from infrastructure.notices.wordings import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `notice` is also the Message-ID, by which a receiver knows a repetition."""

    notice: UUID
    kind: str
    address: str
    text: Text
    due_at: datetime


class SendingFailed(Exception):
    """Nobody took the letter. `answer` is a status; words of a server may repeat the address and are never kept.

    With `whole_way` every other letter would fare alike for now.
    """

    def __init__(self, reason: FailureReason, answer: str = "", *, whole_way: bool = False) -> None:
        self.reason = reason
        self.answer = answer
        self.whole_way = whole_way
        super().__init__(f"{reason} {answer}".strip())


class Gateway(Protocol):
    """One way out."""

    @property
    def way(self) -> Way:
        """Which way it is."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over; returns once it was taken. Raises `SendingFailed`."""
