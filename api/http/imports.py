# SPDX-License-Identifier: Apache-2.0
"""`POST /imports/uses` and `/imports/bookings`: what a unit's own platform sends, one JSON object a line (JS 16.b).

Each line goes the one path of every command under a key made from its source identity, so that a batch may be sent
again after a break. The answer says of each line what became of it; a bad line stops no other.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Literal

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.http.commanding import PREFIX
from api.http.errors import HttpRefusal
from api.importing import taken_in
from application.errors import NotPermitted
from application.reservations.standing import UNIT_STAFF

if TYPE_CHECKING:
    from api.http.identity import Identities
    from infrastructure.bootstrap import Platform

Kind = Literal["uses", "bookings"]
MOST_LINES = 1000
_SOURCE = re.compile(r"^[A-Za-z0-9_.-]{1,40}$")


def import_routes(platform: Platform, identities: Identities) -> list[Route]:
    """The two routes. The source is named by the parameter `source`; `dry_run` is for files alone."""
    return [_route("uses", platform, identities), _route("bookings", platform, identities)]


def _route(kind: Kind, platform: Platform, identities: Identities) -> Route:
    answer = partial(_answer, kind, platform, identities)

    async def handle(request: Request) -> Response:
        return await run_in_threadpool(answer, request, await request.body())

    return Route(f"{PREFIX}/imports/{kind}", handle, methods=["POST"])


def _answer(kind: Kind, platform: Platform, identities: Identities, request: Request, body: bytes) -> Response:
    identity = identities.of(request.headers.get("authorization"))
    actor, source = identity.actor, request.query_params.get("source", "")
    if actor.role not in UNIT_STAFF or actor.unit is None:
        raise NotPermitted(reason="role", role=actor.role.value, command="RecordUse")
    lines = [(number, line) for number, line in enumerate(body.split(b"\n"), start=1) if line.strip()]
    if not _SOURCE.match(source):
        raise HttpRefusal("import_source_missing", field="source")
    if len(lines) > MOST_LINES:
        raise HttpRefusal("import_too_long", lines=len(lines), most=MOST_LINES)
    document = taken_in(
        identity.jurisdiction, kind, lines, actor=actor, unit=actor.unit, source=source, words=platform.words
    )
    return Response(orjson.dumps(document), 200, media_type="application/json")
