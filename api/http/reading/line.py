# SPDX-License-Identifier: Apache-2.0
"""What a read route is: a path, its parameters, and a function from them to a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticKnownError

from api.http.visibility import OWNERS, REASONS, Scope, own
from application.errors import NotFound, NotPermitted
from domain.kernel.time import local_date
from infrastructure.policy.in_force import decided_in
from projections.parties import units_of, units_under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from api.http.language import Language
    from domain.kernel.actor import Actor
    from domain.policy import Edition
    from infrastructure.bootstrap import Jurisdiction, Platform
    from projections.paging import Cursor, Page
    from projections.readmodel import Row


OUT_OF_ORDER = "end must be after start"


class Query(BaseModel):
    """Parameters of a read. Unknown ones are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jurisdiction: str | None = Field(
        default=None, max_length=60, description="Whose data, for readers without a token; a token has its own"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _no_nul_bytes(cls, value: Any) -> Any:  # noqa: ANN401 - a validator sees whatever was sent
        if isinstance(value, str) and "\x00" in value:
            raise ValueError("a text may not contain NUL bytes")
        return value


class ById(Query):
    """One thing by its id."""

    id: UUID


class Listed(Query):
    """A page of a list."""

    limit: int = Field(default=50, ge=1, le=200, description="Rows of a page")
    cursor: str | None = Field(default=None, max_length=2000, description="`next_cursor` of the page before")
    format: Literal["json", "csv", "xlsx"] = Field(
        default="json", description="csv and xlsx give all pages from this one on as a file; so does an Accept header"
    )


@dataclass(frozen=True)
class Visit:
    """One read in progress: who reads, how much they may see, and a cursor that shows one instant."""

    platform: Platform
    jurisdiction: Jurisdiction
    actor: Actor | None
    scope: Scope
    language: Language
    cursor: Cursor
    token_expires_at: datetime | None = None

    def edition(self, on: date | None = None) -> Edition:
        """What holds on a day, today by default, with what has been decided, as the reader's cursor sees the log."""
        day = on or self.today
        decided, _ = decided_in(self.cursor, self.jurisdiction.log.mapper)
        return decided.completing(self.jurisdiction.regime.on(day), day)

    @property
    def today(self) -> date:
        """The day in Shanghai."""
        return local_date(self.platform.clock())

    def narrowed(self, asked: Mapping[str, UUID | None], filters: Mapping[Scope, str]) -> dict[str, Any]:
        """The filters asked for, and the one that keeps a list to what the reader owns. Raises `NotPermitted`.

        Asking for what belongs to others is refused rather than answered with one's own.
        """
        mine = own(self.scope, self.actor, filters)
        for name, owner in mine.items():
            if asked.get(name) not in (None, owner):
                raise NotPermitted(reason=REASONS[self.scope], field=name)
        return {**asked, **mine}

    def owned(self, row: Row | None, owners: Mapping[Scope, tuple[str, ...]], kind: str, id_: UUID) -> Row:
        """The row, if there is one and one of its columns named holds the reader. Raises `NotFound`.

        What is not theirs is answered like what does not exist.
        """
        if row is not None and (self.scope is Scope.ALL or self._owns(row, owners)):
            return row
        raise NotFound(kind=kind, id=str(id_))

    def _owns(self, row: Row, owners: Mapping[Scope, tuple[str, ...]]) -> bool:
        mine = self.own_ids()
        return any(row[column] in mine for column in owners.get(self.scope, ()))

    def own_ids(self) -> set[UUID]:
        """The ids under which the reader owns things in this scope."""
        if self.actor is None:
            return set()
        if self.scope is Scope.UNITS_UNDER:
            department = self.actor.organisation
            return set(units_under(self.cursor, department)) if department else set()
        if self.scope is Scope.OWN_UNIT:
            return set(units_of(self.cursor, self.actor.unit)) if self.actor.unit else set()
        if self.scope not in OWNERS:
            return set()
        person = self.actor.user if self.scope is Scope.OWN_SIDE else None
        return {owner for owner in (OWNERS[self.scope](self.actor), person) if owner is not None}


@dataclass(frozen=True)
class Answer:
    """A document, and the version of the thing it shows, for the ETag.

    A file is bytes with its `media_type` and the `file_name` under which it is kept.
    """

    document: Any
    version: int | None = None
    media_type: str = "application/json"
    file_name: str = ""


@dataclass(frozen=True)
class Read:
    """A line of the table of read routes. `sees` is its line in the table of visibility.

    `whose` tells from the path whose data is read, for readers without a token; None where the path does not say.
    """

    path: str
    sees: str
    query: type[Query]
    answer: Callable[[Visit, Any], Answer]
    summary: str
    whose: Callable[[Platform, Mapping[str, str]], str | None] = lambda _platform, _path: None


def found(row: Row | None, kind: str, id_: UUID) -> Row:
    """The row. Raises `NotFound` where there is none."""
    if row is None:
        raise NotFound(kind=kind, id=str(id_))
    return row


def listed(page: Page) -> Answer:
    """A page as every list shows it."""
    return Answer({"items": page.rows, "next_cursor": page.next, "position": page.position})


def among(*known: str) -> Callable[[str | None], str | None]:
    """A validator of words separated by commas, each of which is known."""

    def checked(text: str | None) -> str | None:
        for word in several(text) or ():
            _require(word, known)
        return text

    return checked


def one_of(*known: str) -> Callable[[str], str]:
    """A validator of one word that is known."""

    def checked(word: str) -> str:
        _require(word, known)
        return word

    return checked


def _require(word: str, known: Iterable[str]) -> None:
    if word not in known:
        raise PydanticKnownError("literal_error", {"expected": ", ".join(f"'{each}'" for each in known)})


def require_known(name: str, value: str | None, known: Iterable[str]) -> None:
    """Where only the reader's jurisdiction knows the words. Raises pydantic's ValidationError that names `name`."""
    try:
        among(*known)(value)
    except PydanticKnownError as error:
        raise wrong(name, error.type, **(error.context or {})) from error


def in_order(first: str) -> Callable[[Any, ValidationInfo], Any]:
    """A validator of the upper bound of a range whose lower bound is the field `first`."""

    def checked(upper: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever can be compared
        lower = info.data.get(first)
        if lower is not None and upper is not None and upper < lower:
            raise ValueError(OUT_OF_ORDER)
        return upper

    return checked


def wrong(name: str, kind: str | PydanticCustomError, **context: Any) -> ValidationError:  # noqa: ANN401 - pydantic's
    """The finding that a parameter is wrong, made where pydantic itself does not look."""
    found = InitErrorDetails(type=kind, loc=(name,), input=None, ctx=context)
    return ValidationError.from_exception_data("query", [found])


def several(text: str | None) -> tuple[str, ...] | None:
    """Words separated by commas; None asks nothing."""
    return tuple(part.strip() for part in text.split(",")) if text else None


def one(row: Row, position: int) -> Answer:
    """One thing with the log position it shows."""
    return Answer({**row, "position": position}, row.get("version"))
