# SPDX-License-Identifier: Apache-2.0
"""Issue a bearer token."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Sha256
from application.parties.permits import affiliation_of
from application.work import Work
from domain.kernel.actor import Role
from domain.kernel.time import Instant
from domain.parties import user
from domain.parties.events import AccessTokenIssued
from domain.parties.user import USER


class IssueAccessToken(Command):
    """Let whoever shows the token with this SHA-256 act as a user in a role.

    The secret itself never enters a command. Organisation and unit are the user's own unless stated.
    """

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "token_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "role": "managing_unit",
                "expires_at": "2026-12-31T16:00:00Z",
            }
        }
    )

    user: UUID
    token_hash: Sha256
    role: Role
    organisation: UUID | None = None
    unit: UUID | None = None
    expires_at: Instant | None = None


def issue_access_token(command: IssueAccessToken, work: Work) -> Result:
    """Raises `NotFound`, `KeyTaken` for a hash already known, and what `user.issue_token` raises."""
    found = work.load(USER, command.user)
    token = AccessTokenIssued(
        token_hash=command.token_hash,
        role=command.role.value,
        organisation=command.organisation or found.state.legal_person,
        unit=command.unit or found.state.unit,
        expires_at=command.expires_at,
    )
    affiliation = affiliation_of(work, None, token.unit)
    work.append(found.id, *user.issue_token(found.state, token, now=work.now, affiliation=affiliation))
    return Result(id=found.id)
