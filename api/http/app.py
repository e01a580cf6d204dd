# SPDX-License-Identifier: Apache-2.0
"""The HTTP application, put together once: two tables of routes, and the frame around every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.http.calendars import calendar_routes
from api.http.checking import CheckRoute
from api.http.commanding import CommandRoute
from api.http.examples import own_examples, with_bodies, with_examples
from api.http.frame import Frame
from api.http.health import unready
from api.http.identity import Identities
from api.http.imports import import_routes
from api.http.problems import Problems
from api.http.querying import PREFIX, ReadRoute
from api.http.reading import READS
from api.http.routes import LINES
from api.http.security import SCHEMES
from api.http.series_check import SeriesCheckRoute
from api.http.shapes import with_shapes
from api.http.start_page import start_page, style
from application.catalogue import ENTRIES

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig

    from infrastructure.bootstrap import Platform

TITLE = "Tongchou 统筹"
VERSION = "1"
OPENAPI = "/api/v1/openapi.json"
WAIT_SECONDS = 2.0
UNMETERED: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
"""Nobody listens to the framework's measurements: it need not look for listeners at each request."""


def create_app(platform: Platform, *, projector_wait: float = WAIT_SECONDS) -> FastAPI:
    """The application that serves every jurisdiction of `platform`.

    `projector_wait` is how many seconds a read waits at most for the position its reader asks for.
    """
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=OPENAPI,
        redirect_slashes=False,
        telemetry=UNMETERED,
    )
    problems, identities = Problems(platform), Identities(platform)
    entries = {entry.command: entry for entry in ENTRIES}
    routes = app.router.routes
    routes.append(CheckRoute(platform, entries, identities))
    routes.append(SeriesCheckRoute(entries, identities))
    for line in LINES:
        summary = platform.words.command(line.command.__name__, "en")
        routes.append(CommandRoute(line, entries[line.command], identities, summary=summary))
    routes.extend(ReadRoute(line, platform, identities, wait_seconds=projector_wait) for line in READS)
    routes.extend(calendar_routes(platform))
    routes.extend(import_routes(platform, identities))
    _plain_routes(app, platform)

    async def refuse(request: Request, error: Exception) -> Response:
        return problems.response(request.scope, error)

    app.add_exception_handler(HTTPException, refuse)
    app.add_middleware(Frame, problems=problems, ids=platform.ids)
    app.openapi = _openapi(app, platform)  # type: ignore[method-assign]
    return app


def _plain_routes(app: FastAPI, platform: Platform) -> None:
    @app.get("/", include_in_schema=False)
    def start(request: Request) -> Response:
        return start_page(platform, str(request.base_url).rstrip("/"))

    @app.get("/start.css", include_in_schema=False)
    def start_css() -> Response:
        return PlainTextResponse(style(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    @app.get("/healthz", summary="Whether the process lives", tags=["process"])
    async def healthz() -> Response:
        """The process lives and its event loop turns; nothing else is asked."""
        return JSONResponse({"status": "alive"})

    @app.get("/readyz", summary="Whether it can serve", tags=["process"], responses={503: {"description": "Not yet"}})
    def readyz() -> Response:
        """The database is reachable and migrated, and no read model has stopped."""
        found = unready(platform)
        status = {"status": "not ready" if found else "ready", "jurisdictions": list(platform.jurisdictions)}
        return JSONResponse({**status, "problems": found}, 503 if found else 200)


def _openapi(app: FastAPI, platform: Platform) -> Any:  # noqa: ANN401 - FastAPI's own slot for a function
    """The OpenAPI document with tokens and problems described once; made on first use."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=TITLE, version=VERSION, routes=app.routes, summary="Versioned JSON API")
            with_examples(made, own_examples(platform))
            components = made.setdefault("components", {})
            with_shapes(made, PREFIX)
            with_bodies(components["schemas"])
            components["securitySchemes"] = SCHEMES
            app.openapi_schema = made
        return app.openapi_schema

    return document
