# SPDX-License-Identifier: Apache-2.0
"""The application on the test platform, and a client that shows what a real one would see."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from infrastructure.bootstrap import Platform
from tests.api.desk import Desk, Province, found_province

WAIT_SECONDS = 0.3


@pytest.fixture(scope="session")
def app(_worker_platform: Platform) -> FastAPI:
    return create_app(_worker_platform, projector_wait=WAIT_SECONDS)


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def desk(platform: Platform, client: TestClient) -> Desk:
    return Desk(platform, client)


@pytest.fixture
def province(desk: Desk) -> Province:
    return found_province(desk)
