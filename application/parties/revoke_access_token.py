# SPDX-License-Identifier: Apache-2.0
"""Revoke a bearer token."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Sha256, Words
from application.work import Work
from domain.parties import user
from domain.parties.user import USER


class RevokeAccessToken(Command):
    """Make a token worthless from now on."""

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "token_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "reason": "遗失",
            }
        }
    )

    user: UUID
    token_hash: Sha256
    reason: Words


def revoke_access_token(command: RevokeAccessToken, work: Work) -> Result:
    """Raises `NotFound` and what `user.revoke_token` raises."""
    found = work.load(USER, command.user)
    events = user.revoke_token(found.state, token_hash=command.token_hash, reason=command.reason)
    work.append(found.id, *events)
    return Result(id=found.id)
