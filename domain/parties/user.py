# SPDX-License-Identifier: Apache-2.0
"""A person who takes part, with the resources they may operate alone and the tokens they act with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.parties.events import (
    AccessTokenIssued,
    AccessTokenRevoked,
    ExternalIdentityLinked,
    ExternalIdentityUnlinked,
    UserAffiliationChanged,
    UserDeactivated,
    UserKind,
    UserQualified,
    UserRegistered,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.personal import Personal

UNIT_ROLES = frozenset({Role.MANAGING_UNIT, Role.FINANCE_CLERK})
"""Roles held for a managing unit: their token must name it."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Whose kind a user's organisation is, and to which legal person the unit named belongs (plain facts)."""

    legal_person_kind: str | None = None
    unit_belongs_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class Qualification:
    """May operate a resource alone, both days included (ruling 8.16)."""

    resource: UUID
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Token:
    """A token in use, known by its SHA-256."""

    token_hash: str
    role: str
    organisation: UUID | None
    unit: UUID | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class User:
    """A user as they stand. `tokens` are those not revoked, expired ones included."""

    name: Personal
    user_kind: UserKind
    legal_person: UUID | None
    unit: UUID | None
    active: bool = True
    qualifications: tuple[Qualification, ...] = ()
    tokens: tuple[Token, ...] = ()
    identities: frozenset[str] = frozenset()
    """Digests of the identities in other platforms."""

    def qualified_until(self, resource: UUID, day: date) -> date | None:
        """The last day of a qualification that holds on `day`: so long the user may operate the resource alone."""
        ends = (
            item.valid_until
            for item in self.qualifications
            if item.resource == resource and item.valid_from <= day <= item.valid_until
        )
        return max(ends, default=None)


Change = (
    UserRegistered
    | UserAffiliationChanged
    | UserQualified
    | UserDeactivated
    | AccessTokenIssued
    | AccessTokenRevoked
    | ExternalIdentityLinked
    | ExternalIdentityUnlinked
)


def evolve(state: User | None, event: Change) -> User:
    """The user after an event."""
    if isinstance(event, UserRegistered):
        return User(event.name, event.user_kind, event.legal_person, event.unit)
    assert state is not None
    if isinstance(event, ExternalIdentityLinked | ExternalIdentityUnlinked):
        return replace(state, identities=_identities(state, event))
    match event:
        case UserAffiliationChanged():
            return replace(state, user_kind=event.user_kind, legal_person=event.legal_person, unit=event.unit)
        case UserQualified():
            earned = Qualification(event.resource, event.valid_from, event.valid_until)
            return replace(state, qualifications=(*state.qualifications, earned))
        case UserDeactivated():
            return replace(state, active=False)
        case _:
            return replace(state, tokens=_tokens(state, event))


def _tokens(state: User, event: AccessTokenIssued | AccessTokenRevoked) -> tuple[Token, ...]:
    if isinstance(event, AccessTokenIssued):
        token = Token(event.token_hash, event.role, event.organisation, event.unit, event.expires_at)
        return (*state.tokens, token)
    return tuple(token for token in state.tokens if token.token_hash != event.token_hash)


def _identities(state: User, event: ExternalIdentityLinked | ExternalIdentityUnlinked) -> frozenset[str]:
    changed = {event.digest}
    return state.identities | changed if isinstance(event, ExternalIdentityLinked) else state.identities - changed


USER = Aggregate(
    "parties.User",
    evolve,
    (
        UserRegistered,
        UserAffiliationChanged,
        UserQualified,
        UserDeactivated,
        AccessTokenIssued,
        AccessTokenRevoked,
        ExternalIdentityLinked,
        ExternalIdentityUnlinked,
    ),
)


def require_active(state: User) -> None:
    """Refuse what is asked for a user who no longer takes part: `parties.user_inactive`."""
    if not state.active:
        raise refusal("parties.user_inactive")


def register(particulars: UserRegistered, *, affiliation: Affiliation) -> list[Event]:
    """Enter a user. Raises `parties.affiliation_required`, `parties.user_kind_mismatch`, `parties.unit_of_another`."""
    _require_fitting(particulars.user_kind, particulars.legal_person, particulars.unit, affiliation)
    return [particulars]


def change_affiliation(state: User, change: UserAffiliationChanged, *, affiliation: Affiliation) -> list[Event]:
    """Let the user work for somebody else; tokens that speak for the former organisation end.

    Raises `parties.user_inactive`, `parties.nothing_changed` and what `register` raises.
    """
    require_active(state)
    if (change.user_kind, change.legal_person, change.unit) == (state.user_kind, state.legal_person, state.unit):
        raise refusal("parties.nothing_changed")
    _require_fitting(change.user_kind, change.legal_person, change.unit, affiliation)
    outdated = [
        token
        for token in state.tokens
        if token.organisation not in (None, change.legal_person) or token.unit not in (None, change.unit)
    ]
    return [change, *(AccessTokenRevoked(token_hash=token.token_hash, reason=change.reason) for token in outdated)]


def _require_fitting(
    user_kind: UserKind, legal_person: UUID | None, unit: UUID | None, affiliation: Affiliation
) -> None:
    """The kind decides the price: it must be that of the organisation, where the organisation is of a user kind."""
    rules = Rules()
    kind = affiliation.legal_person_kind
    priced = {"university", "research_institute", "enterprise", "social_rd_organisation"}
    rules.require(
        legal_person is not None or (user_kind == "individual" and unit is None),
        "parties.affiliation_required",
        field="legal_person",
    )
    rules.require(
        kind not in priced or user_kind == kind,
        "parties.user_kind_mismatch",
        field="user_kind",
        user_kind=user_kind,
        kind=kind or "",
    )
    rules.require(unit is None or affiliation.unit_belongs_to == legal_person, "parties.unit_of_another", field="unit")
    rules.enforce()


def qualify(state: User, *, resource: UUID, valid_from: date, valid_until: date) -> list[Event]:
    """Let the user operate a resource alone (ruling 8.16).

    Raises `parties.user_inactive`, `parties.ends_before_start`.
    """
    require_active(state)
    if valid_until < valid_from:
        raise refusal("parties.ends_before_start", field="valid_until")
    return [UserQualified(resource=resource, valid_from=valid_from, valid_until=valid_until)]


def deactivate(state: User, *, reason: str) -> list[Event]:
    """End the user's part; all tokens end with it. Raises `parties.user_inactive`."""
    require_active(state)
    revoked = [AccessTokenRevoked(token_hash=token.token_hash, reason=reason) for token in state.tokens]
    return [*revoked, UserDeactivated(reason=reason)]


def issue_token(state: User, token: AccessTokenIssued, *, now: datetime, affiliation: Affiliation) -> list[Event]:
    """Let the user act in a role for their organisation. Only the hash of the secret is known.

    Raises `parties.user_inactive`, `parties.unknown_role`, `parties.token_expired`, `parties.token_of_another`,
    `parties.token_needs_unit`, `parties.unit_of_another`.
    """
    require_active(state)
    rules = Rules()
    known = token.role in set(Role)
    rules.require(known and token.role != Role.SYSTEM, "parties.unknown_role", field="role", role=token.role)
    rules.require(token.expires_at is None or token.expires_at > now, "parties.token_expired", field="expires_at")
    rules.require(token.organisation in (None, state.legal_person), "parties.token_of_another", field="organisation")
    rules.require(token.role not in UNIT_ROLES or token.unit is not None, "parties.token_needs_unit", field="unit")
    rules.require(
        token.unit is None or affiliation.unit_belongs_to == token.organisation, "parties.unit_of_another", field="unit"
    )
    rules.enforce()
    return [token]


def revoke_token(state: User, *, token_hash: str, reason: str) -> list[Event]:
    """Make a token worthless. Raises `parties.token_unknown` for one that is not (or no longer) the user's."""
    if all(token.token_hash != token_hash for token in state.tokens):
        raise refusal("parties.token_unknown", field="token_hash")
    return [AccessTokenRevoked(token_hash=token_hash, reason=reason)]
