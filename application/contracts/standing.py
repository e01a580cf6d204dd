# SPDX-License-Identifier: Apache-2.0
"""On which side of a contract an actor stands, and with whose signature."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from application.guards import own_unit, serves_customer
from domain.contracts.contract import CONTRACT
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.contracts.contract import Contract
    from domain.contracts.events import Side

UNIT_STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
"""Those who act for one unit of their own."""


def for_party(work: Work, contract_id: UUID) -> tuple[Loaded[Contract], Side]:
    """A contract for one of its parties, with the side the actor stands on. Raises `NotPermitted` for others."""
    loaded = work.load(CONTRACT, contract_id)
    contract = loaded.state
    actor = work.actor
    if actor.role in UNIT_STAFF and actor.unit == contract.unit:
        return loaded, "provider"
    serves_customer(work, contract.customer, contract.customer_user)
    return loaded, "user"


def for_unit(work: Work, contract_id: UUID) -> Loaded[Contract]:
    """A contract for the staff of its unit. Raises `NotPermitted` for anybody else."""
    loaded = work.load(CONTRACT, contract_id)
    own_unit(work, loaded.state.unit)
    return loaded
