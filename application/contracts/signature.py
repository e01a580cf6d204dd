# SPDX-License-Identifier: Apache-2.0
"""The signature as it comes with a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints

from application.command import Command, Sha256
from domain.contracts.events import Authority, Signing
from domain.contracts.signing import Signature
from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from application.work import Work
    from domain.contracts.events import Side

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]

EXAMPLE: dict[str, JsonValue] = {
    "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
    "document_version": 2,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "signatory": "示例签署人",
    "authority": {
        "kind": "letter_of_authority",
        "letter_number": "SQ-2026-018",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "limit_fen": 50000000,
    },
    "signing": {"method": "e_signature", "reference": "ESIGN-20260301-000391"},
}


class SigningCommand(Command):
    """What a signature states: who, by what authority, how, and exactly which version (ruling 8.19)."""

    contract_id: UUID
    document_version: int = Field(ge=1)
    digest: Sha256
    signatory: Name = Field(description="Name of the signatory; stored as personal data")
    authority: Authority
    signing: Signing


def signature_of(command: SigningCommand, work: Work, side: Side) -> Signature:
    """The signature for the side on which the actor stands; the name is sealed under the actor's own key."""
    return Signature(
        side=side,
        document_version=command.document_version,
        digest=command.digest,
        signatory=Personal.of(work.actor.user, command.signatory),
        authority=command.authority,
        signing=command.signing,
    )
