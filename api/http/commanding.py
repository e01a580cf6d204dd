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
from fastapi.routing import APIRoute
from pydantic import BaseModel, JsonValue
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.bodies import model_without, parsed
from api.http.explaining.refused import helped
from api.http.explaining.series import answered
from api.http.headers import command_id, expected_version, require_json
from api.http.language import preferred
from api.http.problems import correlation_of
from api.http.rendering import localised
from api.http.security import BEARER, WRITE_PROBLEMS
from api.http.threads import in_thread
from application.bus import Request
from application.errors import NotPermitted, PreconditionFailed, SlotTaken
from application.reservations.request_series import RequestSeries
from domain.kernel.actor import Role
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

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


class CommandRoute(APIRoute):
    """A route that takes the raw request; its signature serves OpenAPI alone.

    FastAPI's own way of filling parameters costs more than the whole command path, and would answer a wrong body
    before asking who sends it.
    """

    def __init__(self, line: Line, entry: Entry, identities: Identities, *, summary: str) -> None:
        self._answer = partial(_answer, line, entry, identities)
        super().__init__(
            PREFIX + line.path,
            _shape(line),
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

    def get_route_handler(self) -> Callable[[HttpRequest], Awaitable[Response]]:  # type: ignore[override]
        """Read the body on the event loop, then do everything else in one go in a worker thread."""
        answer = self._answer

        async def handle(request: HttpRequest) -> Response:
            return await in_thread(answer, request, await request.body())

        return handle


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
    """A function with the route's parameters, from which FastAPI makes the OpenAPI document; it is never called."""

    def shape(**_: object) -> None:
        """Only its signature counts."""

    fields = line.command.model_fields
    parameters = [
        _keyword(name, Annotated[fields[name].annotation, Path(description=fields[name].description)])
        for name in _PARAMETER.findall(line.path)
    ]
    model = model_without(line.command, line.in_path, "Body")
    if model.model_fields:
        parameters.append(_keyword("body", model))
    parameters.append(
        _keyword("idempotency_key", Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)])
    )
    if line.command.TARGET is not None:
        parameters.append(_keyword("if_match", Annotated[str | None, Header(alias="If-Match", examples=['"3"'])], None))
    shape.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    shape.__name__ = line.command.__name__
    return shape


def _keyword(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:  # noqa: ANN401
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _description(line: Line, entry: Entry) -> str:
    roles = ", ".join(f"`{role.value}`" for role in sorted(entry.roles - {Role.SYSTEM}))
    return f"{inspect.cleandoc(line.command.__doc__ or '')}\n\nRoles: {roles}."
