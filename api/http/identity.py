# SPDX-License-Identifier: Apache-2.0
"""Who is asking: a bearer token belongs to one person in one role of one jurisdiction."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.http.errors import HttpRefusal, Unauthenticated
from domain.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction, Platform

CACHE_SECONDS = 2.0
CACHE_SIZE = 10_000
LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor, the jurisdiction whose log they act on, and when their token ends (UTC), if ever."""

    actor: Actor
    jurisdiction: Jurisdiction
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Known:
    identity: Identity
    read_at: float


class Identities:
    """Tokens by their SHA-256. A token revoked elsewhere works for at most two seconds longer here."""

    def __init__(
        self,
        platform: Platform,
        *,
        cache_seconds: float = CACHE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._platform = platform
        self._cache_seconds = cache_seconds
        self._monotonic = monotonic
        self._known: dict[str, _Known] = {}

    def of(self, authorization: str | None) -> Identity:
        """The bearer of an Authorization header. Raises `Unauthenticated`, `Unavailable`."""
        scheme, _, secret = (authorization or "").partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret or len(secret) > LONGEST_TOKEN:
            raise Unauthenticated
        token_hash = hashlib.sha256(secret.encode("latin-1", "replace")).hexdigest()
        known = self._known.get(token_hash)
        now = self._monotonic()
        if known is None or now - known.read_at > self._cache_seconds:
            known = self._read(secret.partition(".")[0], token_hash, now)
        identity = known.identity
        if identity.expires_at is not None and identity.expires_at <= self._platform.clock():
            raise Unauthenticated
        return identity

    def jurisdiction(self, name: str | None) -> Jurisdiction:
        """The jurisdiction that a public request names; where there is only one it need not be named.

        Raises `HttpRefusal` jurisdiction_required or no_such_jurisdiction.
        """
        known = self._platform.jurisdictions
        if name is None and len(known) == 1:
            return next(iter(known.values()))
        names = ", ".join(known)
        if name is None:
            raise HttpRefusal("jurisdiction_required", field="jurisdiction", names=names)
        if name not in known:
            raise HttpRefusal("no_such_jurisdiction", field="jurisdiction", name=name, names=names)
        return known[name]

    def _read(self, jurisdiction_name: str, token_hash: str, now: float) -> _Known:
        jurisdiction = self._platform.jurisdictions.get(jurisdiction_name)
        if jurisdiction is None:
            raise Unauthenticated
        with jurisdiction.database.reading() as cursor:
            row: Any = cursor.execute(
                "SELECT user_id, role, organisation, unit, expires_at FROM token_claims WHERE token_hash = %s",
                (token_hash,),
                prepare=True,
            ).fetchone()
        # Nobody comes from outside as the system itself.
        if row is None or row[1] == Role.SYSTEM:
            self._known.pop(token_hash, None)
            raise Unauthenticated
        actor = Actor(user=row[0], role=Role(row[1]), organisation=row[2], unit=row[3])
        known = _Known(Identity(actor, jurisdiction, row[4]), now)
        if len(self._known) >= CACHE_SIZE:
            self._known.clear()
        self._known[token_hash] = known
        return known
