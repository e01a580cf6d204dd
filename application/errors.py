# SPDX-License-Identifier: Apache-2.0
"""Refusals that are not a rule of the domain: missing, not permitted, conflicting, unavailable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Parameter


class ApplicationError(Exception):
    """Base. `code` is stable and has a text in each language, filled by `parameters`; `field` names the input."""

    code = "application.error"
    field: str | None = None

    def __init__(self, **parameters: Parameter) -> None:
        self.parameters = parameters
        super().__init__(f"{self.code} {parameters}")


class NotFound(ApplicationError):
    """There is no such thing, or not for this actor."""

    code = "application.not_found"


class NoSuchVersion(NotFound):
    """There is such a contract, but no such version of it; `there` are those that there are."""

    code = "application.no_such_version"


class NotPermitted(ApplicationError):
    """The role or organisation of the actor does not allow it. `reason` says which."""

    code = "application.not_permitted"


class VersionConflict(ApplicationError):
    """Somebody else changed it in between; decide again."""

    code = "application.version_conflict"


class PreconditionFailed(ApplicationError):
    """The caller expected another version (`If-Match`)."""

    code = "application.precondition_failed"
    field = "If-Match"


class SlotTaken(ApplicationError):
    """The time is already taken; nothing was reserved."""

    code = "reservation.slot_taken"
    field = "span"


class QuotaExhausted(ApplicationError):
    """The amount exceeds what is left of a grant, budget or quota; nothing was drawn."""

    code = "application.quota_exhausted"


class KeyTaken(ApplicationError):
    """A code or number that must be unique already belongs to something else."""

    code = "application.key_taken"


class IdempotencyKeyReused(ApplicationError):
    """The same key came with another body; the first result stands."""

    code = "application.idempotency_key_reused"
    field = "Idempotency-Key"


class Unavailable(ApplicationError):
    """The database cannot be reached; nothing is known to have been done, try again under the same key."""

    code = "application.unavailable"


class CommandRepeated(Exception):
    """The command id is already in the log."""
