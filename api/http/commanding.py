# SPDX-License-Identifier: Apache-2.0
"""One route for each line of the table of commands; what happens between the request and the bus stands here once."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import orjson
from fastapi import Header, Path
from pydantic import BaseModel, JsonValue
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.bodies import model_without, parsed
from api.http.explaining.refused import helped
from api.http.explaining.series import answered
from api.http.headers import command_id, expected_version, require_json
from api.http.language import preferred
from api.http.problems import correlation_of
from api.http.raw_route import RawRoute, keyword, shape_of
from api.http.rendering import localised
from api.http.security import BEARER, WRITE_PROBLEMS
from application.bus import Request
from application.errors import NotPermitted, PreconditionFailed, SlotTaken
from application.reservations.request_series import RequestSeries
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.http.identity import Identities, Identity
    from application.bus import Entry
    from application.command import Command, Result

PREFIX = "/api/v1"
CREATED = 201
_PARAMETER = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Line:
    """A line of the table. `path` names fields of the command in braces.

    A creation (201) gives a Location under `location`, by default under its own path.
    """

    method: str
    path: str
    command: type[Command]
    status: int = 200
    location: str | None = None

    @property
    def in_path(self) -> frozenset[str]:
        """The fields of the command that stand in the path."""
        return frozenset(_PARAMETER.findall(self.path))

    @property
    def room(self) -> str:
        """Where the command is handled: application.<room>.<file>."""
        return self.command.__module__.split(".")[1]


class Done(BaseModel):
    """What a carried-out command answers. `position` is where the log stands: send it as Tongchou-Wait-For."""

    id: UUID
    version: int
    position: int
    data: dict[str, JsonValue]


class CommandRoute(RawRoute):
    """The route of one line of the table."""

    def __init__(self, line: Line, entry: Entry, identities: Identities, *, summary: str) -> None:
        super().__init__(
            PREFIX + line.path,
            _shape(line),
            partial(_answer, line, entry, identities),
            methods=[line.method],
            status_code=line.status,
            response_model=Done,
            operation_id=line.command.__name__,
            summary=summary,
            description=_description(line, entry),
            tags=[line.room],
            responses=WRITE_PROBLEMS,
            openapi_extra=BEARER,
        )


def _answer(line: Line, entry: Entry, identities: Identities, request: HttpRequest, body: bytes) -> Response:
    headers, correlation = request.headers, correlation_of(request.scope)
    identity = identities.of(headers.get("authorization"))
    permit(entry, identity, correlation)
    key = command_id(identity.jurisdiction.name, identity.actor, headers.get("idempotency-key"))
    version = expected_version(headers.get("if-match"), applicable=line.command.TARGET is not None)
    if body:
        require_json(headers.get("content-type"))
    command = parsed(line.command, body, request.path_params)
    wanted = Request(command, identity.actor, key, correlation, expected_version=version)
    try:
        result = identity.jurisdiction.bus.execute(wanted)
    except (DomainError, SlotTaken, PreconditionFailed) as refused:
        language = preferred(headers.get("accept-language"))
        told = helped(refused, command, identity.actor, identity.jurisdiction.bus, language)
        if told is refused:
            raise
        raise told from refused
    if isinstance(command, RequestSeries):
        result = replace(result, data=answered(result.data, preferred(headers.get("accept-language"))))
    return _response(line, result)


def permit(entry: Entry, identity: Identity, correlation: UUID) -> None:
    """Refuse a role before its body is read, and write the refusal down as the bus would."""
    actor = identity.actor
    if actor.role in entry.roles:
        return
    refused = NotPermitted(reason="role", role=actor.role.value, command=entry.command.__name__)
    identity.jurisdiction.refusals.note(
        actor=actor,
        command=entry.command.__name__,
        code=refused.code,
        detail=dict(refused.parameters),
        correlation=correlation,
    )
    raise refused


def _response(line: Line, result: Result) -> Response:
    headers = {"ETag": f'"{result.version}"', "Tongchou-Position": str(result.position)}
    if result.repeated:
        headers["Idempotency-Replayed"] = "true"
    if line.status == CREATED:
        headers["Location"] = f"{PREFIX}{line.location or line.path}/{result.id}"
    document = {
        "id": str(result.id),
        "version": result.version,
        "position": result.position,
        "data": localised(result.data),
    }
    return Response(orjson.dumps(document), line.status, headers, "application/json")


def _shape(line: Line) -> Callable[..., Any]:
    fields = line.command.model_fields
    parameters = [
        keyword(name, Annotated[fields[name].annotation, Path(description=fields[name].description)])
        for name in _PARAMETER.findall(line.path)
    ]
    model = model_without(line.command, line.in_path, "Body")
    if model.model_fields:
        parameters.append(keyword("body", model))
    parameters.append(
        keyword("idempotency_key", Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)])
    )
    if line.command.TARGET is not None:
        parameters.append(keyword("if_match", Annotated[str | None, Header(alias="If-Match", examples=['"3"'])], None))
    return shape_of(line.command.__name__, parameters)


def _description(line: Line, entry: Entry) -> str:
    roles = ", ".join(f"`{role.value}`" for role in sorted(entry.roles - {Role.SYSTEM}))
    return f"{inspect.cleandoc(line.command.__doc__ or '')}\n\nRoles: {roles}."
