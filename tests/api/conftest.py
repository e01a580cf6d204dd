# SPDX-License-Identifier: Apache-2.0
"""The application on the test platform, and a client that shows what a real one would see."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.http.app import create_app
from api.http.documents.refused import ProblemDocument
from infrastructure.bootstrap import Platform
from tests.api.desk import Desk, Province, found_province
from tests.api.shapes import shapes_of

WAIT_SECONDS = 0.3
OK = 200


class DescribedClient(TestClient):
    """Holds whatever is answered against what the OpenAPI document says of it."""

    def get(self, url: Any, **more: Any) -> Response:  # noqa: ANN401 - as the client takes it
        return self._as_described(super().get(url, **more), "get")

    def post(self, url: Any, **more: Any) -> Response:  # noqa: ANN401 - as the client takes it
        return self._as_described(super().post(url, **more), "post")

    def _as_described(self, answer: Response, method: str) -> Response:
        kind, path = answer.headers.get("content-type"), answer.url.path
        if kind == "application/json" and answer.status_code == OK:
            described = shapes_of(self.app).of(path, method)
            assert described is None or list(described.faults(answer.json())) == [], answer.url
            model = shapes_of(self.app).model_of(path, method)
            if model is not None:
                model.model_validate_json(answer.content)
        if kind == "application/problem+json":
            ProblemDocument.model_validate_json(answer.content)
        return answer


@pytest.fixture(scope="session")
def app(_worker_platform: Platform) -> FastAPI:
    return create_app(_worker_platform, projector_wait=WAIT_SECONDS)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with DescribedClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def desk(platform: Platform, client: TestClient) -> Desk:
    return Desk(platform, client)


@pytest.fixture
def province(desk: Desk) -> Province:
    return found_province(desk)
