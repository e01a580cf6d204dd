# SPDX-License-Identifier: Apache-2.0
"""What events of parties claim: credit codes and unit codes once, tokens while they are worth something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import GrantToken, ReleaseKey, RevokeToken, TakeKey
from domain.parties.events import (
    AccessTokenIssued,
    AccessTokenRevoked,
    ExternalIdentityLinked,
    ExternalIdentityUnlinked,
    LegalPersonRegistered,
    UnitRegistered,
)
from domain.parties.identities import EXTERNAL_USER

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event. Codes stay taken for ever: a merged unit's code is not given to another."""
    match event:
        case LegalPersonRegistered():
            return [TakeKey("legal_person.credit_code", event.credit_code, stream)]
        case UnitRegistered():
            return [TakeKey("unit.code", event.code, stream)]
        case AccessTokenIssued():
            return [GrantToken(event.token_hash, stream, event.role, event.organisation, event.unit, event.expires_at)]
        case AccessTokenRevoked():
            return [RevokeToken(event.token_hash)]
        case _:
            return _identities(stream, event)


def _identities(stream: UUID, event: Event) -> list[Claim]:
    match event:
        case ExternalIdentityLinked(digest=digest):
            return [TakeKey(EXTERNAL_USER, digest, stream)]
        case ExternalIdentityUnlinked(digest=digest):
            return [ReleaseKey(EXTERNAL_USER, digest)]
        case _:
            return []
