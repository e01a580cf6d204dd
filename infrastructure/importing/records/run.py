# SPDX-License-Identifier: Apache-2.0
"""Lines through the bus: each is taken, known already, or refused with its reasons; a second run changes nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, cast
from uuid import UUID, uuid5

from application.bus import Request
from application.errors import IdempotencyKeyReused, Unavailable
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.record_use import RecordUse
from application.reservations.request_reservation import RequestReservation
from domain.kernel.errors import DomainError
from domain.reservations.reservation import RESERVATION
from infrastructure.importing.problems import LineRefused, Problem
from infrastructure.importing.reasons import REFUSALS, reasons_of
from infrastructure.importing.records.reading import Home, read_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from application.bus import Bus
    from application.command import Command, Result
    from domain.kernel.actor import Actor
    from infrastructure.importing.outcome import Fate, Reason
    from infrastructure.words import Words

IMPORTS = UUID("5b7d3a52-2a0e-5c0b-9a86-1a6f2d6c8b11")
Kind = Literal["uses", "bookings"]
OF_USES = ("call_off_id", "operator_id", "used_minutes", "persons", "note")
"""What only a use states."""
OVER = "reservations.start_in_past"


@dataclass(frozen=True)
class RecordOutcome:
    """What became of one line."""

    line: int
    source_id: str
    fate: Fate
    reservation: str | None = None
    duplicate_of: str | None = None
    overlaps: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As documents show it."""
        return asdict(self)


class Run:
    """One pass over the lines of one source, as one actor."""

    def __init__(self, home: Home, kind: Kind, *, bus: Bus, actor: Actor, words: Words) -> None:
        self._home, self._kind, self._bus, self._actor, self._words = home, kind, bus, actor, words
        self._seen: dict[str, tuple[int, dict[str, str]]] = {}

    def outcome(self, line: int, fields: Mapping[str, str], problem: Problem | None = None) -> RecordOutcome:
        """What becomes of a line. Raises `Unavailable`: what was taken until then stays, a new run goes on there."""
        source_id = fields.get("source_id", "")
        try:
            if problem is not None:
                raise LineRefused([problem])
            if self._stood_before(line, source_id, dict(fields)):
                return RecordOutcome(line, source_id, "already_there")
            read = read_fields(self._home, fields)
            taken = self._taken(read) if self._kind == "uses" else self._booked(read, fields.get("state", "confirmed"))
        except Unavailable:
            raise
        except REFUSALS as refused:
            reasons = tuple(reasons_of(self._said(refused, source_id, fields.get("start", "")), self._words))
            return RecordOutcome(line, source_id, "refused", reasons=reasons)
        known = taken.repeated or bool(taken.data.get("entered_before"))
        return RecordOutcome(
            line,
            source_id,
            "already_there" if known else "taken",
            str(taken.id),
            cast("str | None", taken.data.get("duplicate_of")),
            tuple(cast("list[str]", taken.data.get("overlaps") or ())),
        )

    def _stood_before(self, line: int, source_id: str, fields: dict[str, str]) -> bool:
        first = self._seen.setdefault(source_id, (line, fields)) if source_id else (line, fields)
        if first[0] == line:
            return False
        if first[1] != fields:
            raise LineRefused([Problem("source_id_twice", "source_id", {"value": source_id, "line": str(first[0])})])
        return True

    def _taken(self, read: dict[str, Any]) -> Result:
        return self._issue(RecordUse.model_validate({**read, "origin": "other_platform"}), read["external_id"])

    def _booked(self, read: dict[str, Any], state: str) -> Result:
        """A booking that the platform has confirmed is confirmed here too, by the same unit."""
        if state not in ("confirmed", "requested"):
            raise LineRefused([Problem("bad_choice", "state", {"value": state, "allowed": "confirmed, requested"})])
        stated = {name: value for name, value in read.items() if name not in (*OF_USES, "user_id")}
        command = RequestReservation.model_validate({**stated, "on_behalf_of": read["user_id"]})
        asked = self._issue(command, read["external_id"])
        if state == "confirmed" and self._waits(asked.id):
            self._issue(ConfirmReservation(reservation_id=asked.id), read["external_id"])
        return asked

    def _waits(self, reservation: UUID) -> bool:
        found = RESERVATION.fold(item.event for item in self._bus.log.stream(reservation))
        return found is not None and found.state == "requested"

    def _issue(self, command: Command, external_id: str) -> Result:
        """The same key for the same identity of the same unit, whoever sends it: a second time repeats the first."""
        key = uuid5(IMPORTS, f"{type(command).__name__}/{self._home.unit}/{external_id}")
        return self._bus.execute(Request(command, self._actor, key, key, source=external_id))

    @staticmethod
    def _said(refused: Exception, source_id: str, start: str) -> Exception:
        if isinstance(refused, IdempotencyKeyReused):
            return LineRefused([Problem("record_differs", "source_id", {"value": source_id})])
        if isinstance(refused, DomainError) and OVER in refused.codes:
            # All else that is wrong with it is asked of whoever asks ahead.
            return LineRefused([Problem("booking_over", "start", {"start": start})])
        return refused
