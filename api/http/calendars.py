# SPDX-License-Identifier: Apache-2.0
"""`GET /calendars/{token}.ics`: calendars for other tools, which know an address and nothing of bearer tokens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import Header, Path
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from api.http.identity import LONGEST_TOKEN
from api.http.querying import PREFIX
from api.http.security import problems
from api.http.threads import in_thread
from application.errors import NotFound
from domain.calendars.feed import FEED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from infrastructure.bootstrap import Platform

PATH = "/calendars/{token}.ics"
MEDIA_TYPE = "text/calendar; charset=utf-8"
NOT_MODIFIED = 304


class CalendarRoute(APIRoute):
    """The route. The secret in it appears in no log: requests are not logged, and refusals do not repeat it."""

    def __init__(self, method: str, platform: Platform) -> None:
        self._answer = partial(_answer, platform)
        super().__init__(
            PREFIX + PATH,
            calendar_file,
            methods=[method],
            operation_id=f"{method.lower()}_calendar_file",
            summary="The calendar behind a feed's address" if method == "GET" else "Whether the calendar has changed",
            tags=["calendars"],
            responses={304: {"description": "Nothing has changed since the ETag named"}, **problems(404, 503)},
            openapi_extra={"security": []},
        )

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Read in a worker thread."""
        answer = self._answer

        async def handle(request: Request) -> Response:
            return await in_thread(answer, request)

        return handle


def calendar_routes(platform: Platform) -> list[CalendarRoute]:
    """As calendars ask: for the file, or for its headers alone."""
    return [CalendarRoute(method, platform) for method in ("GET", "HEAD")]


def calendar_file(
    token: Annotated[str, Path(description="The secret of the feed; the address is all that it takes")],
    if_none_match: Annotated[str | None, Header(description="The ETag of what is known")] = None,
) -> None:
    """A person's, an instrument's or a unit's calendar as iCalendar (RFC 5545), for programs that know its address.

    The address is told once, when the feed is made; a revoked one is answered like one that never was.
    """


def _answer(platform: Platform, request: Request) -> Response:
    secret = request.path_params["token"]
    home = platform.jurisdictions.get(secret.partition(".")[0])
    opened = None
    if home is not None and len(secret) <= LONGEST_TOKEN:
        with home.database.snapshot() as cursor:
            opened = platform.calendars(home).open(secret, cursor, platform.clock())
    if opened is None:
        raise NotFound(kind=FEED.name, id="…")
    etag = f'"{opened.etag}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="tongchou.ics"',
    }
    if etag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return Response(opened.text(), 200, headers, MEDIA_TYPE)
