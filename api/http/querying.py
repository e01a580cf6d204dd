# SPDX-License-Identifier: Apache-2.0
"""One route for each line of the table of reads; what happens between the request and the query stands here once."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import Header
from fastapi import Path as PathParameter
from fastapi import Query as QueryParameter
from fastapi.routing import APIRoute
from starlette.responses import Response

from api.http.bodies import model_without
from api.http.errors import HttpRefusal, Unauthenticated
from api.http.exports.answering import file_response
from api.http.exports.formats import file_format
from api.http.exports.spool import spooled
from api.http.headers import awaited_position
from api.http.language import preferred
from api.http.problems import correlation_of
from api.http.raw_route import keyword, shape_of
from api.http.reading.line import Listed, Visit
from api.http.rendering import as_json
from api.http.security import BEARER, BEARER_OR_PUBLIC, READ_PROBLEMS
from api.http.shapes import columns_of
from api.http.threads import in_thread
from api.http.visibility import OPEN_TO_ALL, scope_of
from api.http.waiting import until_reached
from application.errors import NotPermitted
from projections.paging import InvalidPageToken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from api.http.identity import Identities, Identity
    from api.http.reading.line import Answer, Query, Read
    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Jurisdiction, Platform

PREFIX = "/api/v1"
_PARAMETER = re.compile(r"{(\w+)}")


class ReadRoute(APIRoute):
    """A route that takes the raw request; its signature serves OpenAPI alone (see `RawRoute`)."""

    def __init__(self, line: Read, platform: Platform, identities: Identities, *, wait_seconds: float) -> None:
        self._reader = Reader(line, platform, identities)
        self._wait_seconds = wait_seconds
        super().__init__(
            PREFIX + line.path,
            _shape(line),
            methods=["GET"],
            operation_id=f"read_{line.answer.__name__}",
            summary=line.summary,
            description=inspect.cleandoc(line.answer.__doc__ or ""),
            tags=[line.answer.__module__.rpartition(".")[2]],
            responses=READ_PROBLEMS,
            openapi_extra=BEARER_OR_PUBLIC if line.sees in OPEN_TO_ALL else BEARER,
        )

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Wait on the event loop where the reader asks for it; identify and read in worker threads."""
        reader, seconds = self._reader, self._wait_seconds

        async def handle(request: Request) -> Response:
            position = awaited_position(request.headers.get("tongchou-wait-for"))
            if position is None:
                return await in_thread(reader.response, request)
            jurisdiction, _ = await in_thread(reader.identify, request)
            await until_reached(jurisdiction, position, at_most_seconds=seconds)
            return await in_thread(reader.response, request)

        return handle


class Reader:
    """Identifies, permits, validates, reads and renders."""

    def __init__(self, line: Read, platform: Platform, identities: Identities) -> None:
        self._line = line
        self._platform = platform
        self._identities = identities

    def identify(self, request: Request) -> tuple[Jurisdiction, Identity | None]:
        """Whose data is read, and by whom; None is anybody. Raises `HttpRefusal`, `Unavailable`."""
        authorization = request.headers.get("authorization")
        named = request.query_params.get("jurisdiction")
        if authorization is None and self._line.sees in OPEN_TO_ALL:
            return self._identities.jurisdiction(named or self._line.whose(self._platform, request.path_params)), None
        identity = self._identities.of(authorization)
        if named not in (None, identity.jurisdiction.name):
            raise HttpRefusal("other_jurisdiction", field="jurisdiction", name=identity.jurisdiction.name)
        return identity.jurisdiction, identity

    def response(self, request: Request) -> Response:
        """The answer to one read."""
        jurisdiction, identity = self.identify(request)
        actor = identity.actor if identity else None
        try:
            scope = scope_of(self._line.sees, actor)
        except NotPermitted as refused:
            if actor is None:
                raise Unauthenticated from refused
            _note(jurisdiction, actor, self._line, refused, request)
            raise
        query = self._line.query.model_validate({**request.query_params, **request.path_params})
        language = preferred(request.headers.get("accept-language"))
        expires_at = identity.expires_at if identity else None
        form = file_format(query, request.headers.get("accept"))
        with jurisdiction.database.snapshot(long=form is not None) as cursor:
            visit = Visit(self._platform, jurisdiction, actor, scope, language, cursor, expires_at)
            if form is not None and isinstance(query, Listed):
                columns = columns_of(self._line.path)
                spool = spooled(query, lambda page: _answered(self._line, visit, page), columns)
            else:
                answer = _answered(self._line, visit, query)
        if form is not None:
            path = request.url.path.removeprefix(PREFIX)
            return file_response(spool, form, language, path=path, now=self._platform.clock())
        headers = {} if answer.version is None else {"ETag": f'"{answer.version}"'}
        if answer.file_name:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.file_name)}"
        is_file = isinstance(answer.document, bytes)
        return Response(answer.document if is_file else as_json(answer.document), 200, headers, answer.media_type)


def _answered(line: Read, visit: Visit, query: Query) -> Answer:
    try:
        return line.answer(visit, query)
    except InvalidPageToken as error:
        raise HttpRefusal("cursor_malformed", field="cursor") from error


def _note(jurisdiction: Jurisdiction, actor: Actor, line: Read, refused: NotPermitted, request: Request) -> None:
    jurisdiction.refusals.note(
        actor=actor,
        command=f"GET {line.path}",
        code=refused.code,
        detail=dict(refused.parameters),
        correlation=correlation_of(request.scope),
    )


def _shape(line: Read) -> Callable[..., Any]:
    in_path = _PARAMETER.findall(line.path)
    fields = line.query.model_fields
    annotations: dict[str, Any] = {name: Annotated[fields[name].annotation, PathParameter()] for name in in_path}
    annotations["query"] = Annotated[model_without(line.query, frozenset(in_path), "Query"), QueryParameter()]
    wait = Annotated[str | None, Header(alias="Tongchou-Wait-For", description="Read only after this log position")]
    parameters = [keyword(name, annotation) for name, annotation in annotations.items()]
    return shape_of(line.answer.__name__, [*parameters, keyword("wait_for", wait, None)])
