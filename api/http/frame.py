# SPDX-License-Identifier: Apache-2.0
"""What surrounds every request, as plain ASGI: a correlation id, a limit to the body, safe headers, no raw error."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect

from api.http.errors import BodyTooLarge
from api.http.problems import Problems, correlation_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from application.ports import Ids

MAX_BODY_BYTES = 1024 * 1024
UNEXPECTED = 500
SAFE_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
logger = logging.getLogger("tongchou.http")


class Frame:
    """The outermost layer: what happens inside it always ends in an answer with a correlation id."""

    def __init__(self, app: ASGIApp, *, problems: Problems, ids: Ids) -> None:
        self._app = app
        self._problems = problems
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope["tongchou.correlation"] = _correlation(headers) or self._ids()
        outgoing = _Outgoing(send, str(correlation_of(scope)).encode())
        try:
            await self._app(scope, _Limited(receive, _declared_bytes(headers)), outgoing)
        except ClientDisconnect:
            return
        except Exception as error:
            if outgoing.started:
                raise
            answer = self._problems.response(scope, error)
            if answer.status_code == UNEXPECTED:
                logger.exception("unexpected error, correlation %s", correlation_of(scope))
            await answer(scope, receive, outgoing)


class _Outgoing:
    """Adds what every answer carries, unless the route has said otherwise."""

    def __init__(self, send: Send, correlation: bytes) -> None:
        self._send = send
        self._correlation = correlation
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            stated = message["headers"]
            said = {name.lower() for name, _ in stated}
            safe = (header for header in SAFE_HEADERS if header[0] not in said)
            message["headers"] = [*stated, (b"x-correlation-id", self._correlation), *safe]
        await self._send(message)


class _Limited:
    """Counts the body's bytes as they come, so that a missing or false Content-Length helps nobody."""

    def __init__(self, receive: Receive, declared: int) -> None:
        self._receive = receive
        self._declared = declared
        self._seen = 0

    async def __call__(self) -> Message:
        if self._declared > MAX_BODY_BYTES:
            raise BodyTooLarge(MAX_BODY_BYTES)
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > MAX_BODY_BYTES:
            raise BodyTooLarge(MAX_BODY_BYTES)
        return message


def _correlation(headers: Headers) -> UUID | None:
    """The client's correlation id; one that is not a UUID is a hint we cannot keep, not an error."""
    try:
        return UUID(headers.get("x-correlation-id", ""))
    except ValueError:
        return None


def _declared_bytes(headers: Headers) -> int:
    declared = headers.get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdigit() else 0
