# SPDX-License-Identifier: Apache-2.0
"""A contract as it stands (JS 18, 20; lifecycle 6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.contracts.document import Parties
from domain.kernel.lifecycle import require_one_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from domain.contracts.events import AmendmentSignatureGiven, Side, Terms
    from domain.contracts.performing_events import Stage, StageOutcome
    from domain.kernel.personal import Personal
    from domain.policy import Edition

ContractState = Literal[
    "drafted",
    "signed_by_one",
    "signed_by_both",
    "registered",
    "amending",
    "fulfilled",
    "disputed",
    "terminated",
    "abandoned",
]
RUNNING: frozenset[ContractState] = frozenset({"signed_by_both", "registered", "amending"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that is not agreed yet, and the first side's signature under it, if given."""

    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    signature: AmendmentSignatureGiven | None = None


@dataclass(frozen=True, slots=True)
class HeldStage:
    """A stage of the dispute that runs; `outcome` is None until it has ended."""

    stage: Stage
    body: str
    begun_on: date
    due_on: date | None
    outcome: StageOutcome | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract as it stands. `terms`, `clauses` and `digest` are those of the version agreed or being agreed.

    `in_force_from` is the second signature. `former` is the state to which a dispute or an amendment returns.
    """

    number: str
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    terms: Terms
    clauses: Personal
    document_version: int
    digest: str
    versions: int = 1
    state: ContractState = "drafted"
    signed_sides: tuple[Side, ...] = ()
    in_force_from: datetime | None = None
    proposal: Proposal | None = None
    former: ContractState | None = None
    registration_number: str | None = None
    renewal_needed: bool = False
    disputed_orders: tuple[UUID, ...] = ()
    stages: tuple[HeldStage, ...] = ()
    """Of the dispute that runs, the first one first."""
    signed_at: tuple[datetime | None, ...] = ()
    """When each of `signed_sides` signed."""
    template: tuple[UUID, int] | None = None
    """The template and its version that it was drafted from."""

    def in_force_since(self, edition: Edition) -> datetime | None:
        """From when as many sides have signed as the regulation asks for; None while they have not, or it has ended.

        Read where a use begins (JS 18.a, JS-18.1).
        """
        needed = edition.value("contract.signatures_required")
        lives = self.in_force or self.state == "signed_by_one"
        return self.signed_at[needed - 1] if lives and 0 < needed <= len(self.signed_at) else None

    @property
    def in_force(self) -> bool:
        """Signed by both sides and not ended. An amendment or a dispute does not end it."""
        return self.state in RUNNING or (self.state == "disputed" and self.former in RUNNING)

    @property
    def parties(self) -> Parties:
        """The parties as they stand in the document."""
        return Parties(self.unit, self.provider, self.customer, self.customer_user)

    def covers(
        self, resource: UUID, customer: UUID | None, customer_user: UUID, on: date, *, unit: UUID | None = None
    ) -> bool:
        """Whether its terms reach a use of a resource by this customer on a day, the last one included (A32).

        A framework contract that names no resources covers all of its unit: state the resource's `unit` for that.
        """
        same_customer = customer_user == self.customer_user if self.customer is None else customer == self.customer
        whole_unit = self.terms.framework and not self.terms.resources and unit == self.unit
        reaches = resource in self.terms.resources or whole_unit
        return same_customer and reaches and self.terms.valid_from <= on <= self.terms.valid_until


def require_state(contract: Contract, command: str, *allowed: ContractState) -> None:
    """Refuse `command` (`contracts.wrong_state`) unless the contract is in one of the states `allowed`."""
    require_one_of(allowed, "contracts.wrong_state", state=contract.state, command=command)
