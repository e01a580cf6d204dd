# SPDX-License-Identifier: Apache-2.0
"""Claims folded from the whole history in memory, to be compared with the claim tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.kernel.claims import (
    Claim,
    Draw,
    DrawUpTo,
    DrawWithin,
    GrantToken,
    HoldSlot,
    MoveSlot,
    NextNumber,
    OpenAccount,
    RaiseCap,
    ReleaseKey,
    ReleaseSlot,
    RevokeToken,
    TakeKey,
)
from infrastructure.history.check import Check

if TYPE_CHECKING:
    import psycopg

Slot = tuple[UUID, int, Any, Any]


class ClaimFold:
    """The state that the claim tables must have."""

    def __init__(self) -> None:
        self.slots: dict[UUID, Slot] = {}
        self.accounts: dict[str, tuple[int, int]] = {}
        self.drawn_up_to: set[str] = set()
        """Accounts whose cap comes along with each draw: the one stored bounds nothing, only the use is compared."""
        self.keys: dict[tuple[str, str], UUID] = {}
        self.series: dict[str, int] = {}
        self.tokens: dict[str, tuple[Any, ...]] = {}
        self.problems: list[str] = []

    def apply(self, claims: Iterable[Claim], where: str) -> None:
        """Fold the claims of one event; what cannot be is a problem at that place."""
        for claim in claims:
            try:
                self._one(claim)
            except (KeyError, ValueError) as error:
                self.problems.append(f"{where}: {type(claim).__name__} cannot be: {error}")

    def _one(self, claim: Claim) -> None:  # noqa: C901, PLR0912 - one branch a kind of claim
        match claim:
            case HoldSlot(holder, resource, lane, start, end):
                self.slots[holder] = (resource, lane, start, end)
            case MoveSlot(holder, lane, start, end):
                self.slots[holder] = (self.slots[holder][0], lane, start, end)
            case ReleaseSlot(holder):
                del self.slots[holder]
            case OpenAccount(account, cap):
                self.accounts[account] = (0, cap)
            case Draw(account, amount):
                self._draw(account, amount)
            case DrawWithin(account, cap, amount):
                self.accounts.setdefault(account, (0, cap))
                self._draw(account, amount)
            case DrawUpTo(account, cap, amount):
                used, _ = self.accounts.get(account, (0, cap))
                self.accounts[account] = (used, cap)
                self.drawn_up_to.add(account)
                self._draw(account, amount)
            case RaiseCap(account, amount):
                used, cap = self.accounts[account]
                self.accounts[account] = (used, cap + amount)
            case TakeKey(kind, value, owner):
                if (kind, value) in self.keys:
                    message = f"{kind} {value} is taken twice"
                    raise ValueError(message)
                self.keys[kind, value] = owner
            case ReleaseKey(kind, value):
                del self.keys[kind, value]
            case NextNumber(series, number):
                if number != self.series.get(series, 0) + 1:
                    message = f"{series} jumps from {self.series.get(series, 0)} to {number}"
                    raise ValueError(message)
                self.series[series] = number
            case GrantToken():
                self.tokens[claim.token_hash] = (
                    claim.user,
                    claim.role,
                    claim.organisation,
                    claim.unit,
                    claim.expires_at,
                )
            case RevokeToken(token_hash):
                del self.tokens[token_hash]

    def _draw(self, account: str, amount: int) -> None:
        used, cap = self.accounts[account]
        self.accounts[account] = (used + amount, cap)
        if not 0 <= used + amount <= cap:
            message = f"{account} would stand at {used + amount} of {cap}"
            raise ValueError(message)

    def _with_caps(self, stored: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """The table's accounts, with the cap of history where the stored one bounds nothing."""
        known = self.drawn_up_to & stored.keys()
        return stored | {account: (stored[account][0], self.accounts[account][1]) for account in known}

    def compare(self, connection: psycopg.Connection[Any]) -> Check:
        """The fold against each claim table."""
        check = Check(problems=list(self.problems))
        for table, expected, actual in (
            ("slot_claims", self.slots, _slots(connection)),
            ("account_claims", self.accounts, self._with_caps(_accounts(connection))),
            ("key_claims", self.keys, _keys(connection)),
            ("series_claims", self.series, dict(connection.execute("SELECT * FROM series_claims").fetchall())),
            ("token_claims", self.tokens, _tokens(connection)),
        ):
            check.count += len(expected)
            check.problems += _differences(table, expected, actual)
        return check


def _differences(table: str, expected: dict[Any, Any], actual: dict[Any, Any]) -> list[str]:
    wrong = [
        key
        for key in expected.keys() | actual.keys()
        if (key in expected, expected.get(key)) != (key in actual, actual.get(key))
    ]
    return [
        f"{table} {key}: history says {expected.get(key, 'nothing')}, the table {actual.get(key, 'nothing')}"
        for key in sorted(wrong, key=str)
    ]


def _slots(connection: psycopg.Connection[Any]) -> dict[UUID, Slot]:
    rows = connection.execute("SELECT holder, resource, lane, lower(during), upper(during) FROM slot_claims")
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows.fetchall()}


def _accounts(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, int]]:
    rows = connection.execute("SELECT account, used, cap FROM account_claims")
    return {row[0]: (row[1], row[2]) for row in rows.fetchall()}


def _keys(connection: psycopg.Connection[Any]) -> dict[tuple[str, str], UUID]:
    rows = connection.execute("SELECT kind, value, owner FROM key_claims")
    return {(row[0], row[1]): row[2] for row in rows.fetchall()}


def _tokens(connection: psycopg.Connection[Any]) -> dict[str, tuple[Any, ...]]:
    rows = connection.execute("SELECT token_hash, user_id, role, organisation, unit, expires_at FROM token_claims")
    return {row[0]: row[1:] for row in rows.fetchall()}
