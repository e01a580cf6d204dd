# SPDX-License-Identifier: Apache-2.0
"""Identities of users in a unit's own platform: each belongs to one person, whom somebody has named before."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.parties.events import ExternalIdentityLinked, ExternalIdentityUnlinked
from domain.parties.user import require_active

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.parties.user import User
    from domain.policy import Edition

ALLOWED = "resource.own_platform_allowed"
EXTERNAL_USER = "external_user"
"""The kind of key under which the digests are taken."""


def identity_digest(unit: UUID, source: str, external_user: str) -> str:
    """By what an identity is found; units and sources never share one."""
    return sha256(f"{unit}\n{source}\n{external_user.strip()}".encode()).hexdigest()


def link(
    state: User, *, unit: UUID, source: str, external_user: Personal, digest: str, edition: Edition
) -> list[Event]:
    """Say that a person is known there under it. A regulation that says nothing of own platforms forbids none.

    Raises `parties.user_inactive`, `parties.own_platform_not_allowed`, `parties.identity_linked_already`.
    """
    require_active(state)
    if edition.optional(ALLOWED) is False:
        raise refusal("parties.own_platform_not_allowed", citation=edition.citation(ALLOWED), field="source")
    if digest in state.identities:
        raise refusal("parties.identity_linked_already", field="external_user", source=source)
    return [
        ExternalIdentityLinked(
            unit=unit, source=source, external_user=external_user, digest=digest, basis=edition.basis(ALLOWED)
        )
    ]


def unlink(state: User, *, unit: UUID, source: str, digest: str, reason: str) -> list[Event]:
    """Take it back. Raises `parties.identity_not_linked`."""
    if digest not in state.identities:
        raise refusal("parties.identity_not_linked", field="external_user", source=source)
    return [ExternalIdentityUnlinked(unit=unit, source=source, digest=digest, reason=reason)]
