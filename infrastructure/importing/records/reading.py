# SPDX-License-Identifier: Apache-2.0
"""One line becomes the fields of a command, or is refused with everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.kernel.time import Span, local
from domain.parties.identities import EXTERNAL_USER, identity_digest
from domain.parties.user import USER
from infrastructure.importing.cells import EXCEL_ERRORS
from infrastructure.importing.problems import LineRefused, Problem
from infrastructure.importing.records.columns import REQUIRED
from infrastructure.importing.records.values import answers, flag, moment, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infrastructure.bootstrap import Jurisdiction

NUMBERS = ("used_minutes", "samples", "persons")
PLAIN = ("purpose", "use_type", "project_type", "service_mode", "note")
_SOURCE_ID = re.compile(r"^[^\s\x00]{1,80}$")


@dataclass(frozen=True)
class Home:
    """Whose platform the lines come from: its unit, and the name under which its identities stand."""

    jurisdiction: Jurisdiction
    unit: UUID
    source: str


def read_fields(home: Home, fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields of `RecordUse` that a line states. Raises `LineRefused` with all problems."""
    reader = _Reader(home, fields)
    read = reader.read()
    if reader.problems:
        raise LineRefused(reader.problems)
    return read


class _Reader:
    def __init__(self, home: Home, fields: Mapping[str, str]) -> None:
        self._home, self._fields = home, fields
        self.problems: list[Problem] = []

    def read(self) -> dict[str, Any]:
        for name in REQUIRED:
            if name not in self._fields:
                self._say("missing", name)
        for name, text in self._fields.items():
            if "\x00" in text or text in EXCEL_ERRORS:
                self._say("nul_byte" if "\x00" in text else "excel_error", name, value=text)
        read: dict[str, Any] = {name: self._fields[name] for name in PLAIN if name in self._fields}
        read |= {name: value for name in NUMBERS if (value := self._by(number, name)) is not None}
        read |= {"rules_read": self._by(flag, "rules_read"), "answers": self._by(answers, "answers")}
        read |= {"resource_id": self._instrument(), "user_id": self._person("user"), "span": self._span()}
        read |= {"external_id": self._source_id(), "operator_id": self._person("operator")}
        read |= {"contract_id": self._id("contract"), "call_off_id": self._id("call_off")}
        return {name: value for name, value in read.items() if value is not None}

    def _span(self) -> Span | None:
        start, end = self._by(moment, "start"), self._by(moment, "end")
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            return None
        if end <= start:
            told = {"start": local(start).isoformat(" "), "end": local(end).isoformat(" ")}
            self._say("ends_before_start", "end", **told)
            return None
        return Span(start=start, end=end)

    def _source_id(self) -> str | None:
        text = self._fields.get("source_id")
        if text is not None and not _SOURCE_ID.fullmatch(text):
            self._say("bad_source_id", "source_id", value=text)
        return f"{self._home.source}:{text}" if text else None

    def _instrument(self) -> UUID | None:
        text = self._fields.get("instrument")
        if text is None:
            return None
        claims, unit = self._home.jurisdiction.claims, self._home.unit
        found = claims.owner("resource.asset_number", f"{unit}:{text}") or claims.owner(
            "external", f"{self._home.source}:{text}"
        )
        found = found or _uuid(text)
        if found is None:
            self._say("unknown_instrument", "instrument", value=text)
        return found

    def _person(self, name: str) -> UUID | None:
        """By the identity linked before; an id of this platform is taken where somebody has it."""
        text = self._fields.get(name)
        if text is None:
            return None
        home = self._home
        found = home.jurisdiction.claims.owner(EXTERNAL_USER, identity_digest(home.unit, home.source, text))
        if found is None and (known := _uuid(text)) is not None and self._is_user(known):
            found = known
        if found is None:
            self._say("unknown_user", name, value=text)
        return found

    def _is_user(self, user: UUID) -> bool:
        recorded = self._home.jurisdiction.log.stream(user, up_to_version=1)
        return bool(recorded) and isinstance(recorded[0].event, USER.events)

    def _id(self, name: str) -> UUID | None:
        text = self._fields.get(name)
        found = _uuid(text) if text else None
        if text and found is None:
            self._say("bad_id", name, value=text)
        return found

    def _by(self, convert: Any, name: str) -> Any:  # noqa: ANN401 - of any kind
        if name not in self._fields:
            return None
        try:
            return convert(name, self._fields[name])
        except LineRefused as refused:
            self.problems.extend(refused.problems)
            return None

    def _say(self, code: str, name: str, **parameters: str) -> None:
        self.problems.append(Problem(code, name, parameters))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
