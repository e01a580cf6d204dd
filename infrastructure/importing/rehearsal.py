# SPDX-License-Identifier: Apache-2.0
"""A dry run: the same commands through the same decisions, on a log that remembers but keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from application.errors import KeyTaken
from domain.kernel.claims import TakeKey
from domain.kernel.event import Recorded
from infrastructure.event_store.snapshots import MemorySnapshots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from pydantic import JsonValue

    from application.bus import Bus
    from application.ports import Append, Claims, EventLog, StoredResult
    from domain.kernel.actor import Actor


@dataclass
class RememberingLog:
    """Events appended here are seen by later commands of the rehearsal, and by nobody else."""

    real: EventLog
    claims: Claims
    added: dict[UUID, list[Recorded]] = field(default_factory=dict)

    def append(self, batch: Append) -> int:
        """Remember a batch. Raises `KeyTaken` as the database would; other constraints are left to the real import."""
        for claim in batch.claims:
            if isinstance(claim, TakeKey) and self.claims.owner(claim.kind, claim.value) is not None:
                raise KeyTaken(kind=claim.kind, value=claim.value)
        for new in batch.streams:
            for version, event in enumerate(new.events, start=new.expected + 1):
                entry = Recorded(new.stream, version, 0, batch.meta.occurred_at, event, batch.meta)
                self.added.setdefault(new.stream, []).append(entry)
        return 0

    def stream(self, stream: UUID, *, up_to_version: int | None = None) -> list[Recorded]:
        """What is in the log, and what the rehearsal added."""
        return [*self.real.stream(stream, up_to_version=up_to_version), *self.added.get(stream, [])]

    def stand_at(self, versions: Sequence[tuple[UUID, int]]) -> bool:
        """Whether none of these streams has got further, here or in the log."""
        ahead = {stream: added[-1].version for stream, added in self.added.items()}
        here = all(ahead.get(stream, 0) <= version for stream, version in versions)
        return here and self.real.stand_at([each for each in versions if each[0] not in ahead])

    def result_of(self, command_id: UUID) -> StoredResult | None:
        """The result of a command that was really carried out before."""
        return self.real.result_of(command_id)


class SilentRefusals:
    """What a rehearsal is refused concerns nobody."""

    def note(self, *, actor: Actor, command: str, code: str, detail: dict[str, JsonValue], correlation: UUID) -> None:
        """Write nothing."""


def rehearsal_of(bus: Bus) -> Bus:
    """A bus that decides like `bus` and changes nothing, nor what that one remembers."""
    log = RememberingLog(bus.log, bus.claims)
    return replace(bus, log=log, refusals=SilentRefusals(), snapshots=MemorySnapshots())
