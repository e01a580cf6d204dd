# SPDX-License-Identifier: Apache-2.0
"""`POST /imports/uses` and `/imports/bookings`: what a unit's own platform sends, one JSON object a line (JS 16.b).

Each line goes the one path of every command under a key made from its source identity, so that a batch may be sent
again after a break. The answer says of each line what became of it; a bad line stops no other.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import orjson
from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from api.http.commanding import PREFIX
from api.http.errors import HttpRefusal
from api.http.raw_route import RawRoute
from api.http.security import BEARER, problems
from api.importing import taken_in
from application.errors import NotPermitted
from application.reservations.standing import UNIT_STAFF

if TYPE_CHECKING:
    from api.http.identity import Identities
    from infrastructure.bootstrap import Platform

Kind = Literal["uses", "bookings"]
MOST_LINES = 1000
SOURCE = r"^[A-Za-z0-9_.-]{1,40}$"
_BODY = {
    "required": True,
    "content": {
        "application/x-ndjson": {
            "schema": {"type": "string", "description": "Lines, each a JSON object as `x-item-schema` says"},
            "x-item-schema": {"$ref": "#/components/schemas/SentLine"},
            "example": '{"source_id": "2026-0117", "instrument": "A-1", "user": "S2023-0117", "start": '
            '"2026-03-02 09:00", "end": "2026-03-02 11:00", "purpose": "scientific_research", "samples": 2}\n',
        }
    },
}


class ImportRoute(RawRoute):
    """Takes lines of JSON, one object each; a file of them is no JSON, so FastAPI cannot describe it by itself."""

    def __init__(self, kind: Kind, platform: Platform, identities: Identities) -> None:
        super().__init__(
            f"{PREFIX}/imports/{kind}",
            send_lines,
            partial(_answer, kind, platform, identities),
            methods=["POST"],
            operation_id=f"import_{kind}",
            summary=f"Take {kind} of the unit's own platform in, each once",
            tags=["imports"],
            responses=problems(401, 403, 413, 422, 503),
            openapi_extra={**BEARER, "requestBody": _BODY},
        )


def import_routes(platform: Platform, identities: Identities) -> list[ImportRoute]:
    """The two routes. The source is named by the parameter `source`; `dry_run` is for files alone."""
    kinds: tuple[Kind, ...] = ("uses", "bookings")
    return [ImportRoute(kind, platform, identities) for kind in kinds]


def send_lines(
    source: Annotated[
        str,
        Query(pattern=SOURCE, description="Name of the other platform: one for ever, since numbers are known by it"),
    ],
) -> None:
    """One JSON object a line, at most 1,000. Each is taken, known already, or refused with all its reasons.

    A bad line stops no other, and the same lines sent again change nothing. The fields are those of files
    (docs/imports.md); a time without an offset is Asia/Shanghai.
    """


def _answer(kind: Kind, platform: Platform, identities: Identities, request: Request, body: bytes) -> Response:
    identity = identities.of(request.headers.get("authorization"))
    actor, source = identity.actor, request.query_params.get("source", "")
    if actor.role not in UNIT_STAFF or actor.unit is None:
        raise NotPermitted(reason="role", role=actor.role.value, command="RecordUse")
    lines = [(number, line) for number, line in enumerate(body.split(b"\n"), start=1) if line.strip()]
    if not re.fullmatch(SOURCE, source):
        raise HttpRefusal("import_source_missing", field="source")
    if len(lines) > MOST_LINES:
        raise HttpRefusal("import_too_long", lines=len(lines), most=MOST_LINES)
    document = taken_in(
        identity.jurisdiction, kind, lines, actor=actor, unit=actor.unit, source=source, words=platform.words
    )
    return Response(orjson.dumps(document), 200, media_type="application/json")
