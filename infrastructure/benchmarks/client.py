# SPDX-License-Identifier: Apache-2.0
"""The clients of `bench reserve`, a process of their own: keep-alive connections, one a thread.

Reads JSON lines from standard input, first the configuration, then one line a turn, and answers each turn with a
line. No two requests ask for the same slot.
"""

from __future__ import annotations

import http.client
import json
import sys
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from infrastructure.benchmarks.slices import Conflict, turn_of

CREATED, CONFLICT = 201, 409
TIMEOUT_SECONDS = 10


class Refused(Exception):
    """An answer that is neither success nor a conflict."""


class Client:
    """Reserves one free slot after another on instruments that no other client touches."""

    def __init__(self, target: dict[str, Any], instruments: list[str], configuration: dict[str, Any]) -> None:
        self._port, self._path = target["port"], target["path"]
        self._instruments = instruments
        self._first = datetime.fromisoformat(configuration["first"])
        self._slot = timedelta(minutes=configuration["slot_minutes"])
        self._purpose = configuration["purpose"]
        self._headers = {"Authorization": f"Bearer {configuration['token']}", "Content-Type": "application/json"}
        self._numbers = count()
        self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)

    def __call__(self) -> None:
        """One reservation. Raises `Conflict` for a slot taken, `Refused` for any other answer but success."""
        headers = self._headers | {"Idempotency-Key": str(uuid4())}
        try:
            self._connection.request("POST", self._path, self._body(), headers)
            response = self._connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        if response.status == CONFLICT:
            raise Conflict
        if response.status != CREATED:
            self._complain(answer)

    def _body(self) -> bytes:
        number = next(self._numbers)
        start = self._first + self._slot * (number // len(self._instruments))
        return json.dumps(
            {
                "resource_id": self._instruments[number % len(self._instruments)],
                "span": {"start": start.isoformat(), "end": (start + self._slot).isoformat()},
                "purpose": self._purpose,
                "samples": 1,
            }
        ).encode()

    def _complain(self, answer: bytes) -> None:
        # The first refusals are shown, so that a benchmark of nothing but errors explains itself.
        if next(_complaints) < 3:  # noqa: PLR2004 - a few
            sys.stderr.write(f"refused: {answer[:500]!r}\n")
        raise Refused


_complaints = count()


def main() -> None:
    """Serve turns until standard input ends."""
    configuration = json.loads(sys.stdin.readline())
    turns = {
        name: turn_of([Client(target, own, configuration) for own in configuration["instruments"]])
        for name, target in configuration["targets"].items()
    }
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps(asdict(turns[asked["target"]](asked["seconds"]))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
