# SPDX-License-Identifier: Apache-2.0
"""The finance-lease model (CQ 15.c): the lessor stays the owner, the lessee operates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.resources.custody_events import FinanceLeaseEnded, FinanceLeaseRecorded
from domain.resources.state import SHAREABLE, require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.resources.state import Resource


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a lease; a branch has a code without being a legal person (ruling 8.20)."""

    legal_person: UUID
    branch: bool


def record_lease(
    state: Resource,
    *,
    lessor: Party | None,
    lessee: Party | None,
    contract_number: str,
    valid_from: date,
    valid_until: date,
) -> list[Event]:
    """Name lessor and lessee of a leased resource; its unit belongs to one of them (CQ 15.c; CQ-15.1).

    Raises `resources.wrong_state` and all at once `resources.lease_without_lessor`, `resources.lease_without_lessee`,
    `resources.lease_party_not_a_legal_person`, `resources.lease_with_oneself`, `resources.lease_of_others`,
    `resources.ends_before_start`, `resources.lease_in_force`, `resources.lease_known`.
    """
    require_state(state, "record_finance_lease", *SHAREABLE)
    parties = [party for party in (lessor, lessee) if party is not None]
    ids = [party.legal_person for party in parties]
    whole = lessor is not None and lessee is not None
    rules = Rules()
    rules.require(lessor is not None, "resources.lease_without_lessor", field="lessor")
    rules.require(lessee is not None, "resources.lease_without_lessee", field="lessee")
    for party, name in ((lessor, "lessor"), (lessee, "lessee")):
        sound = party is None or not party.branch
        rules.require(sound, "resources.lease_party_not_a_legal_person", field=name)
    rules.require(len(set(ids)) == len(ids), "resources.lease_with_oneself", field="lessee")
    rules.require(not whole or state.legal_person in ids, "resources.lease_of_others", field="lessor")
    rules.require(valid_from <= valid_until, "resources.ends_before_start", field="valid_until")
    free = all(not lease.overlaps(valid_from, valid_until) for lease in state.leases)
    rules.require(free, "resources.lease_in_force", field="valid_from")
    known = any(lease.contract_number == contract_number for lease in state.leases)
    rules.require(not known, "resources.lease_known", field="contract_number", number=contract_number)
    rules.enforce()
    assert lessor is not None, "a missing lessor is a broken rule"
    assert lessee is not None, "a missing lessee is a broken rule"
    return [
        FinanceLeaseRecorded(
            lessor=lessor.legal_person,
            lessee=lessee.legal_person,
            contract_number=contract_number,
            valid_from=valid_from,
            valid_until=valid_until,
        )
    ]


def end_lease(state: Resource, *, ended_on: date, title_to: Literal["lessor", "lessee"], reason: str) -> list[Event]:
    """End a lease after one day at least, or at its term say whose the resource is.

    Raises `resources.no_lease_in_force`.
    """
    running = [lease for lease in state.leases if lease.ended_on is None and lease.valid_from < ended_on]
    if not running:
        raise refusal("resources.no_lease_in_force", field="ended_on")
    lease = running[-1]
    return [
        FinanceLeaseEnded(
            lessor=lease.lessor,
            lessee=lease.lessee,
            contract_number=lease.contract_number,
            ended_on=ended_on,
            title_to=title_to,
            reason=reason,
        )
    ]
