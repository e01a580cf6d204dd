# SPDX-License-Identifier: Apache-2.0
"""Expected failures as one sentence: what happened, what was not done, what to do. All else is a bug."""

# ruff: noqa: PLC0415 - what is needed to explain a failure is imported only once there is one

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from application.errors import ApplicationError
    from domain.kernel.errors import DomainError


class CommandFailed(Exception):
    """A command cannot do what it was asked to; the message is the whole explanation."""


def explained(error: Exception, language: str = "en") -> str | None:
    """The sentence for an expected failure, None for a bug."""
    import psycopg
    from pydantic import ValidationError

    from application.errors import ApplicationError, Unavailable
    from domain.kernel.errors import DomainError
    from infrastructure.benchmarks.result import BenchFailed
    from infrastructure.database.embedded import EmbeddedServerError
    from infrastructure.importing.problems import FileRefused
    from infrastructure.migrate import MigrationError
    from infrastructure.policy.loader import UnknownRegime
    from infrastructure.policy.shape import RegimeFileError

    match error:
        case (
            CommandFailed()
            | EmbeddedServerError()
            | MigrationError()
            | RegimeFileError()
            | UnknownRegime()
            | FileRefused()
            | BenchFailed()
        ):
            return str(error)
        case Unavailable() | psycopg.OperationalError():
            return (
                "The database cannot be reached; nothing is known to have been done. "
                "See that it runs and that TONGCHOU_DATABASE_URL is right, then repeat the command."
            )
        case DomainError() | ApplicationError():
            return f"{_ended(refused(error, language))} Nothing was changed; correct the request and repeat it."
        case ValidationError(title="Settings"):
            found = [
                (".".join(map(str, item["loc"])), item["msg"].removeprefix("Value error, ")) for item in error.errors()
            ]
            wrong = "; ".join(f"{name}: {message}" for name, message in found)
            return f"A setting is wrong ({wrong}); nothing was done. Correct it and repeat the command."
        case _:
            return None


def refused(error: DomainError | ApplicationError, language: str) -> str:
    """Every broken rule of a refusal in words."""
    from infrastructure.words import load_words

    return "; ".join(load_words().refusals(error, language))


def _ended(sentence: str) -> str:
    """The sentence with its full stop: refusals in words have none, since pages show them as lines of a list."""
    return sentence if sentence.endswith((".", "。")) else f"{sentence}."
