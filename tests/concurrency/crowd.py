# SPDX-License-Identifier: Apache-2.0
"""Many at once: everybody starts at the same moment, and what became of each is told."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Barrier, Thread
from time import monotonic
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from application.errors import ApplicationError
from application.ports import Append, NewEvents
from domain.catalogue import claims_of
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.event import Event, Meta
from domain.kernel.personal import Personal
from domain.parties.events import LegalPersonRegistered, TechSmeEvidenceRecorded, UserRegistered
from infrastructure.bootstrap import Jurisdiction
from tests.fixtures import NOON

LIMIT_SECONDS = 120
Done = TypeVar("Done")


@dataclass(frozen=True)
class Rush(Generic[Done]):
    """What became of each attempt, in the order of the attempts."""

    outcomes: Sequence[Done | Exception]
    seconds: float

    @property
    def results(self) -> list[Done]:
        return [outcome for outcome in self.outcomes if not isinstance(outcome, Exception)]

    @property
    def refused(self) -> Counter[str]:
        """Refusals by their stable code; whatever else was raised by the name of its class."""
        return Counter(_name(outcome) for outcome in self.outcomes if isinstance(outcome, Exception))

    def __str__(self) -> str:
        told = ", ".join(f"{count} x {name}" for name, count in sorted(self.refused.items())) or "none refused"
        return f"{len(self.outcomes)} at once in {self.seconds:.2f} s: {len(self.results)} done; {told}"


def rush(attempts: Sequence[Callable[[], Done]]) -> Rush[Done]:
    """Let every attempt run in a thread of its own; all start at the same moment."""
    start = Barrier(len(attempts) + 1)
    outcomes: dict[int, Done | Exception] = {}

    def run(place: int, attempt: Callable[[], Done]) -> None:
        start.wait(LIMIT_SECONDS)
        try:
            outcomes[place] = attempt()
        except Exception as error:  # noqa: BLE001 - what else is raised is what the test asks
            outcomes[place] = error

    threads = [Thread(target=run, args=each, daemon=True) for each in enumerate(attempts)]
    for thread in threads:
        thread.start()
    start.wait(LIMIT_SECONDS)
    begun = monotonic()
    for thread in threads:
        thread.join(max(0.0, begun + LIMIT_SECONDS - monotonic()))
    assert len(outcomes) == len(attempts), "every attempt ends"
    return Rush([outcomes[place] for place in range(len(attempts))], monotonic() - begun)


def _name(error: Exception) -> str:
    if isinstance(error, DomainError):
        return ",".join(error.codes)
    return error.code if isinstance(error, ApplicationError) else f"{type(error).__name__}: {error}"


def customers(home: Jurisdiction, count: int, organisation: UUID) -> list[Actor]:
    """Registered users of one enterprise, written down in one append."""
    users = [uuid4() for _ in range(count)]
    streams = {
        user: (UserRegistered(name=Personal.of(user, "示例"), user_kind="enterprise", legal_person=organisation),)
        for user in users
    }
    seed(home, streams)
    return [Actor(user=user, role=Role.USER, organisation=organisation) for user in users]


def enterprises(home: Jurisdiction, count: int) -> list[Actor]:
    """Technology SMEs, each with one user who asks for it."""
    actors, streams = [], dict[UUID, tuple[Event, ...]]()
    evidence = TechSmeEvidenceRecorded(
        number="202632010001", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    )
    for place in range(count):
        enterprise, user = uuid4(), uuid4()
        registered = LegalPersonRegistered(
            credit_code=f"9132000000000{place:04d}X",
            name_zh="示例企业",
            name_en="Example",
            kind="enterprise",
            budget_status="other",
            city="南京市",
            district="",
        )
        streams[enterprise] = (registered, evidence)
        name = Personal.of(user, "示例")
        streams[user] = (UserRegistered(name=name, user_kind="enterprise", legal_person=enterprise),)
        actors.append(Actor(user=user, role=Role.USER, organisation=enterprise))
    seed(home, streams)
    return actors


def seed(home: Jurisdiction, streams: Mapping[UUID, tuple[Event, ...]]) -> int:
    """Append new streams with their claims; return the last position."""
    meta = Meta(
        occurred_at=NOON,
        actor=Actor(user=uuid4(), role=Role.SYSTEM),
        command_id=uuid4(),
        command="Seed",
        correlation_id=uuid4(),
    )
    claims = tuple(
        claim for stream, events in streams.items() for event in events for claim in claims_of(stream, event)
    )
    new = tuple(NewEvents(stream, 0, events) for stream, events in streams.items())
    return home.log.append(Append(meta.command_id, "", {}, meta, new, claims))
