# SPDX-License-Identifier: Apache-2.0
"""The states of what is still alive; of what has ended only the latest few."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from domain.billing.order import ORDER
from domain.reservations.reservation import RESERVATION
from domain.vouchers.grant import GRANT
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from application.ports import Snapshot

ENDED = {
    RESERVATION.name: frozenset({"rejected", "cancelled", "no_show", "expired", "completed", "aborted"}),
    ORDER.name: frozenset({"settled", "refunded", "voided"}),
    GRANT.name: frozenset({"rejected", "expired", "revoked"}),
    REDEMPTION.name: frozenset({"rejected", "reimbursed", "clawed_back"}),
}
KEPT_ENDED = 20_000


class LiveStates:
    """The port `Snapshots` for one thread: memory holds what is alive, however long the history."""

    def __init__(self) -> None:
        self._alive: dict[UUID, tuple[str, Snapshot]] = {}
        self._ended: OrderedDict[UUID, tuple[str, Snapshot]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._alive) + len(self._ended)

    def __getitem__(self, stream: UUID) -> object:
        """The state of what is alive, or has ended of late. Raises KeyError."""
        return (self._alive.get(stream) or self._ended[stream])[1].state

    def get(self, stream: UUID, name: str) -> Snapshot | None:
        """What is known of a stream as the aggregate of that name."""
        found = self._alive.get(stream) or self._ended.get(stream)
        return found[1] if found and found[0] == name else None

    def put(self, stream: UUID, name: str, snapshot: Snapshot) -> None:
        """Remember a state; where it is a last one, not for long."""
        if getattr(snapshot.state, "state", None) not in ENDED.get(name, ()):
            self._alive[stream] = (name, snapshot)
            return
        self._alive.pop(stream, None)
        self._ended[stream] = (name, snapshot)
        if len(self._ended) > KEPT_ENDED:
            self._ended.popitem(last=False)

    def forget(self, streams: Iterable[UUID]) -> None:
        """Drop what turned out to be behind."""
        for stream in streams:
            self._alive.pop(stream, None)
            self._ended.pop(stream, None)
