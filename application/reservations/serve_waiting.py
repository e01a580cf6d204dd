# SPDX-License-Identifier: Apache-2.0
"""Serve whoever waits with time that is free: request it for them, or tell them of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from application.command import Command, Result
from application.errors import ApplicationError, SlotTaken
from application.reservations.house import house_of
from application.reservations.reserving import reserve
from application.reservations.waited import wish_of
from domain.kernel.errors import DomainError, refusal
from domain.kernel.time import Span
from domain.reservations import waiting
from domain.reservations.waiting import WAITING
from domain.reservations.waiting_events import WaitlistPassedOver
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.reservations.waiting import Waiting


class FreeTime(BaseModel):
    """A time that was free when it was looked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resource: UUID
    span: Span


class ServeWaiting(Command):
    """Try free times one after the other for whoever is next; issued by the system.

    The first that a request of the user would be let in for is taken. Where rules keep the user from all of them, that
    is noted and the place is kept. A time that somebody else has taken meanwhile is passed by.
    """

    TARGET = "waiting_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "waiting_id": "4e0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "times": [
                    {
                        "resource": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                        "span": {"start": "2026-03-02T09:00:00+08:00", "end": "2026-03-02T11:00:00+08:00"},
                    }
                ],
            }
        }
    )

    waiting_id: UUID
    times: tuple[FreeTime, ...] = Field(min_length=1, max_length=12)


def serve_waiting(command: ServeWaiting, work: Work) -> Result:
    """Raises `DomainError`, `SlotTaken`, `NotFound`."""
    loaded = work.load(WAITING, command.waiting_id)
    refused: dict[FreeTime, DomainError] = {}
    taken: SlotTaken | None = None
    for time in command.times:
        waiting.require_served(loaded.state, time.resource, time.span)
        try:
            return work.attempt(lambda time=time: _served(work, loaded, time))  # type: ignore[misc]
        except DomainError as error:
            refused[time] = error
        except SlotTaken as error:
            taken = error
    if taken is not None and not refused:
        raise taken
    if work.from_memory and not work.looks:
        raise next(iter(refused.values()))  # decided again on what the claims say before it is written down
    return _passed_over(work, loaded, refused)


def _served(work: Work, loaded: Loaded[Waiting], time: FreeTime) -> Result:
    """By the same path as every request; one that is only told is judged by trying, and nothing of it is kept."""
    found = work.load(RESOURCE, time.resource)
    house = house_of(work, found.state)
    if house is None or not house.rules.waiting_list:
        raise refusal("reservations.no_waiting_list", field="resources", resource=str(time.resource))
    joined, unit, span = loaded.state.joined, found.state.unit, time.span
    if joined.mode == "notify":
        _require_admitted(work, loaded, time)
        work.append(loaded.id, *waiting.notify(loaded.state, resource=time.resource, unit=unit, span=span))
        return Result(loaded.id, {"state": "told"})
    made = reserve(work, found, joined.user, wish_of(loaded.state.joined, time.span))
    served = waiting.serve(loaded.state, reservation=made.id, resource=time.resource, unit=unit, span=span)
    work.append(loaded.id, *served)
    return Result(loaded.id, {"state": "served", "reservation": str(made.id)})


class _OnlyTriedError(ApplicationError):
    """Takes back what was tried."""


def _require_admitted(work: Work, loaded: Loaded[Waiting], time: FreeTime) -> None:
    """Whether a request would be let in now; no constraint judges what is only tried. Raises what `reserve` raises."""

    def tried() -> None:
        found = work.load(RESOURCE, time.resource)
        reserve(work, found, loaded.state.user, wish_of(loaded.state.joined, time.span))
        raise _OnlyTriedError

    before, work.trial = work.trial, True
    try:
        work.attempt(tried)
    except _OnlyTriedError:
        return
    finally:
        work.trial = before


def _passed_over(work: Work, loaded: Loaded[Waiting], refused: dict[FreeTime, DomainError]) -> Result:
    first = next(iter(refused))
    codes = tuple(dict.fromkeys(code for error in refused.values() for code in error.codes))
    spans = tuple(time.span for time in refused if time.resource == first.resource)
    passed = WaitlistPassedOver(resource=first.resource, spans=spans, codes=codes, passed_at=work.now)
    work.append(loaded.id, passed)
    return Result(loaded.id, {"state": "queued", "codes": list(codes)})
