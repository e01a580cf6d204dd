# SPDX-License-Identifier: Apache-2.0
"""`tongchou token`: makes and revokes bearer tokens. The secret is shown once; only its hash is kept."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID, uuid5

import typer

from api.cli.console import note, output, print_document
from api.cli.opened import only_one, opened
from api.cli.options import AsJson, DataDir, JurisdictionName

if TYPE_CHECKING:
    from application.command import Command, Result
    from infrastructure.bootstrap import Jurisdiction, Platform

Wish = TypeVar("Wish", bound="Command")
app = typer.Typer(no_args_is_help=True, help="Make and revoke bearer tokens.")
OPERATOR_OF_THIS_MACHINE = uuid5(UUID("6f1f2f4e-8f0d-5f6e-9d0a-5f2b8b9f6c10"), "command line")

User = Annotated[UUID, typer.Option("--user", help="The person who acts with it", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the log")]


@app.command()
def create(  # noqa: PLR0913, PLR0917 - each argument is an option
    role: Annotated[str, typer.Option("--role", help="Such as managing_unit, user, auditor", show_default=False)],
    user: Annotated[UUID | None, typer.Option("--user", help="The person who will act", show_default=False)] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="Register a new person of no organisation, such as the first administrator, instead"
        ),
    ] = None,
    organisation: Annotated[
        UUID | None, typer.Option("--organisation", help="Legal person", show_default=False)
    ] = None,
    unit: Annotated[UUID | None, typer.Option("--unit", help="Managing unit", show_default=False)] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="Days until it expires")] = 90,
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Make a token for a person in one role and print its secret, this once."""
    from application.parties.issue_access_token import IssueAccessToken
    from application.parties.register_user import RegisterUser
    from domain.kernel.actor import Role
    from domain.kernel.time import local

    if role not in set(Role):
        raise typer.BadParameter(f"{role}: the roles are {', '.join(Role)}", param_hint="--role")
    if (user is None) == (name is None):
        raise typer.BadParameter("give either --user or --name", param_hint="--user")
    if name is not None and (organisation or unit):
        message = (
            "registers a person of no organisation; register who works for one by POST /api/v1/users, then --user ID"
        )
        raise typer.BadParameter(message, param_hint="--name")
    with opened(data_dir, jurisdiction) as platform:
        home = only_one(platform)
        if user is None:
            user = issue(platform, home, made(RegisterUser, name=name, user_kind="individual")).id
        secret = f"{home.name}.{secrets.token_urlsafe(32)}"
        expires_at = platform.clock() + timedelta(days=days)
        command = made(
            IssueAccessToken,
            user=user,
            token_hash=hashed(secret),
            role=Role(role),
            organisation=organisation,
            unit=unit,
            expires_at=expires_at,
        )
        issue(platform, home, command)
    if as_json:
        document = {"token": secret, "token_hash": hashed(secret), "user": user, "role": role}
        print_document(document | {"expires_at": local(expires_at)})
        return
    output().print(secret, markup=False, highlight=False)
    note(f"Acts for {user} as {role} until {local(expires_at):%Y-%m-%d}. It is not stored and cannot be shown again.")


@app.command()
def revoke(
    token: Annotated[str, typer.Argument(help="The token itself, or its SHA-256")],
    user: User,
    reason: Reason = "revoked on the command line",
    data_dir: DataDir = None,
    jurisdiction: JurisdictionName = None,
    as_json: AsJson = False,
) -> None:
    """Make a token worthless at once."""
    from application.parties.revoke_access_token import RevokeAccessToken

    token_hash = hashed(token) if "." in token else token.lower()
    revocation = made(RevokeAccessToken, user=user, token_hash=token_hash, reason=reason)
    with opened(data_dir, jurisdiction or (token.partition(".")[0] if "." in token else None)) as platform:
        result = issue(platform, only_one(platform), revocation)
    if as_json:
        print_document({"token_hash": token_hash, "position": result.position})
        return
    output().print(f"Revoked {token_hash[:12]}…", markup=False)


def hashed(secret: str) -> str:
    """What the log and the database know of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def made(kind: type[Wish], **fields: object) -> Wish:
    """A command from what was typed. Raises a usage error that names the field."""
    from pydantic import ValidationError

    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise typer.BadParameter(wrong) from error


def issue(platform: Platform, jurisdiction: Jurisdiction, command: Command) -> Result:
    """Carry out a command as the administrator at this machine."""
    from application.bus import Request
    from domain.kernel.actor import Actor, Role

    actor = Actor(user=OPERATOR_OF_THIS_MACHINE, role=Role.ADMINISTRATOR)
    return jurisdiction.bus.execute(Request(command, actor, platform.ids(), platform.ids()))
