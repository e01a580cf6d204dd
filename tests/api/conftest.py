# SPDX-License-Identifier: Apache-2.0
"""The application on the test platform, and a client that shows what a real one would see."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from infrastructure.bootstrap import Platform
from tests.api.desk import Desk, Province, found_province


@pytest.fixture
def app(platform: Platform) -> FastAPI:
    return create_app(platform, projector_wait=0.3)


@pytest.fixture
def desk(platform: Platform, app: FastAPI) -> Iterator[Desk]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Desk(platform, client)


@pytest.fixture
def province(desk: Desk) -> Province:
    return found_province(desk)
