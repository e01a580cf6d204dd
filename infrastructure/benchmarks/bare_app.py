# SPDX-License-Identifier: Apache-2.0
"""The least a reservation endpoint can do on this stack: check the token, make the request unrepeatable, take the slot.

Written by hand, without events, rules or prices, to show what those cost. Same server, pool, constraint and body.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

import psycopg
from fastapi import FastAPI, Header, HTTPException
from psycopg.types.range import Range
from psycopg_pool import ConnectionPool
from pydantic import AwareDatetime, BaseModel, ConfigDict

from infrastructure.benchmarks.schemas import BARE
from infrastructure.database.pool import connection_options

DSN, POOL_SIZE = "TONGCHOU_BENCH_DSN", "TONGCHOU_BENCH_POOL"
CACHE_SECONDS = 2.0
RESERVE = """
    WITH command AS (
        INSERT INTO commands (command_id, body_hash, result, position) VALUES (%s, %s, '{}', 0) RETURNING 1
    )
    INSERT INTO slot_claims (holder, resource, lane, during) SELECT %s, %s, 1, %s FROM command
"""


class Span(BaseModel):
    """A half-open span of time."""

    model_config = ConfigDict(extra="forbid")

    start: AwareDatetime
    end: AwareDatetime


class Body(BaseModel):
    """The fields that the benchmark's clients send."""

    model_config = ConfigDict(extra="forbid")

    resource_id: UUID
    span: Span
    purpose: str
    samples: int = 0


def create_app() -> FastAPI:
    """The application, on the database that the environment names."""
    options: Any = connection_options(BARE)
    pool = ConnectionPool(os.environ[DSN], kwargs=options, min_size=1, max_size=int(os.environ[POOL_SIZE]), open=True)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    known: dict[str, tuple[UUID, float]] = {}

    def user_of(authorization: str) -> UUID:
        token_hash = hashlib.sha256(authorization.removeprefix("Bearer ").encode()).hexdigest()
        user, until = known.get(token_hash, (None, 0.0))
        if user is None or until < time.monotonic():
            with pool.connection() as connection:
                row: Any = connection.execute(
                    "SELECT user_id FROM token_claims WHERE token_hash = %s", (token_hash,)
                ).fetchone()
            if row is None:
                raise HTTPException(401)
            user = row[0]
            known[token_hash] = (row[0], time.monotonic() + CACHE_SECONDS)
        return user

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/reservations", status_code=201)
    def reserve(
        body: Body, authorization: Annotated[str, Header()], idempotency_key: Annotated[str, Header()]
    ) -> dict[str, str]:
        holder = uuid4()
        command_id = uuid5(user_of(authorization), idempotency_key)
        body_hash = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
        during = Range(body.span.start, body.span.end, "[)")
        try:
            with pool.connection() as connection:
                connection.execute(RESERVE, (command_id, body_hash, holder, body.resource_id, during), prepare=True)
        except psycopg.errors.IntegrityError as error:
            raise HTTPException(409) from error
        return {"id": str(holder)}

    return app
