# SPDX-License-Identifier: Apache-2.0
"""A route that takes the raw request and answers it whole in a worker thread; its signature serves OpenAPI alone."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from fastapi.routing import APIRoute
from starlette.requests import Request

from api.http.threads import in_thread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from starlette.responses import Response

    Answer = Callable[[Request, bytes], Response]


class RawRoute(APIRoute):
    """Reads the body on the event loop; everything else happens in a thread.

    FastAPI's own way of filling parameters costs more than the whole command path, and would answer a wrong body
    before asking who sends it.
    """

    def __init__(self, path: str, shape: Callable[..., Any], answer: Answer, **described: Any) -> None:  # noqa: ANN401 - of APIRoute
        self._answer = answer
        super().__init__(path, shape, **described)

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        """Hand request and body to the answer."""
        answer = self._answer

        async def handle(request: Request) -> Response:
            return await in_thread(answer, request, await request.body())

        return handle


def shape_of(name: str, parameters: Iterable[inspect.Parameter]) -> Callable[..., Any]:
    """A function with these parameters, from which FastAPI makes the OpenAPI document; it is never called."""

    def shape(**_: object) -> None:
        """Only its signature counts."""

    shape.__signature__ = inspect.Signature(list(parameters))  # type: ignore[attr-defined]
    shape.__name__ = name
    return shape


def keyword(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:  # noqa: ANN401
    """One parameter of a shape."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
