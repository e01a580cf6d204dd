# SPDX-License-Identifier: Apache-2.0
"""`POST /series/check`: what would become of each time of a series. A read: nothing is written, nothing held."""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from starlette.responses import Response

from api.http.bodies import model_without, parsed
from api.http.commanding import PREFIX, permit
from api.http.explaining.series import in_words
from api.http.headers import require_json
from api.http.language import preferred
from api.http.problems import correlation_of
from api.http.raw_route import RawRoute, keyword, shape_of
from api.http.rendering import as_json, localised
from api.http.security import BEARER, READ_PROBLEMS
from application.reservations.request_series import RequestSeries, try_series
from infrastructure.words import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from api.http.identity import Identities
    from application.bus import Entry
    from application.command import Command

PATH = "/series/check"


class SeriesCheckRoute(RawRoute):
    """Takes the raw request, as commands do; whoever may issue the command may ask about it, and nobody else."""

    def __init__(self, entries: Mapping[type[Command], Entry], identities: Identities) -> None:
        body: Any = model_without(RequestSeries, frozenset(), "Check")
        super().__init__(
            PREFIX + PATH,
            shape_of("check_series", [keyword("body", body)]),
            partial(_answer, entries[RequestSeries], identities),
            methods=["POST"],
            operation_id="check_series",
            summary="What would become of a series",
            description=inspect.cleandoc(_DESCRIPTION),
            tags=["reservations"],
            responses=READ_PROBLEMS,
            openapi_extra=BEARER,
        )


def _answer(entry: Entry, identities: Identities, request: Request, body: bytes) -> Response:
    identity = identities.of(request.headers.get("authorization"))
    permit(entry, identity, correlation_of(request.scope))
    require_json(request.headers.get("content-type"))
    command = cast("RequestSeries", parsed(RequestSeries, body, {}))
    found = identity.jurisdiction.bus.look(identity.actor, lambda look: try_series(command, look.work()))
    language = preferred(request.headers.get("accept-language"))
    told = localised(found)
    told |= {"items": in_words(told["items"], load_words(), language)}
    return Response(as_json(told), 200, {}, "application/json")


_DESCRIPTION = """
    The body of a series. Nothing is written and nothing is held.

    `items` tells of each time whether it would be booked and at what fee, or in `why` every rule it breaks, in words;
    `accepted`
    whether the series would be booked as asked for. It is the command itself that is tried.
"""
