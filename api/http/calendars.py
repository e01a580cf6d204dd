# SPDX-License-Identifier: Apache-2.0
"""`GET /calendars/{token}.ics`: calendars for other tools, which know an address and nothing of bearer tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.identity import LONGEST_TOKEN
from api.http.querying import PREFIX
from application.errors import NotFound
from domain.calendars.feed import FEED

if TYPE_CHECKING:
    from infrastructure.bootstrap import Platform

MEDIA_TYPE = "text/calendar; charset=utf-8"
NOT_MODIFIED = 304


def calendar_route(platform: Platform) -> Route:
    """The route. The secret in it appears in no log: requests are not logged, and refusals do not repeat it."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, platform, request)

    return Route(PREFIX + "/calendars/{token}.ics", answer, methods=["GET", "HEAD"])


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
