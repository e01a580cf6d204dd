# SPDX-License-Identifier: Apache-2.0
"""An output of the use of shared resources: recorded by the user, withdrawn where it was a mistake (JS 20.c, CQ 17.b).

No sanction hangs on it: the regulations name none (A36).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.contracts.identifiers import READERS
from domain.contracts.output_events import OutputRecorded, OutputWithdrawn
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from domain.contracts.output_events import OutputKind
    from domain.kernel.event import Event
    from domain.policy import Edition


@dataclass(frozen=True, slots=True)
class Output:
    """An output as it stands."""

    recorded: OutputRecorded
    withdrawn: bool = False

    @property
    def unit(self) -> UUID:
        """Whose resources were used."""
        return self.recorded.unit

    @property
    def provider(self) -> UUID:
        """The legal person of that unit."""
        return self.recorded.provider

    @property
    def customer(self) -> UUID | None:
        """The legal person whose people used them; None for an individual."""
        return self.recorded.customer

    @property
    def customer_user(self) -> UUID:
        """The person who used them."""
        return self.recorded.customer_user


@dataclass(frozen=True, slots=True)
class Origin:
    """A contract or a use from which an output came: whose resources, whose user, and from which day on."""

    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    since: date | None
    """The day of the second signature or of the use; None where neither has come."""


def evolve(state: Output | None, event: OutputRecorded | OutputWithdrawn) -> Output:
    """The output after one more event."""
    if isinstance(event, OutputRecorded):
        return Output(event)
    assert state is not None, "an output is recorded first"
    return replace(state, withdrawn=True)


OUTPUT = Aggregate("contracts.Output", evolve, (OutputRecorded, OutputWithdrawn))


def record(  # noqa: PLR0913 - an output and what it came from
    *,
    kind: OutputKind,
    title: str,
    identifier: str,
    published_on: date,
    acknowledged: bool,
    wording: str,
    proof_sha256: str | None,
    contract: UUID | None,
    reservations: tuple[UUID, ...],
    origins: Sequence[Origin],
    today: date,
    edition: Edition,
) -> list[Event]:
    """Record an output. `origins` are the contract and the uses it names.

    Raises `DomainError` with every broken rule: nothing named, several parties, a malformed identifier, a day ahead
    or before the first use.
    """
    rules, (named, read) = Rules(), READERS[kind]
    written = read(identifier)
    rules.require(bool(origins), "contracts.output_of_nothing", field="reservation_ids")
    sides = {(origin.unit, origin.customer or origin.customer_user) for origin in origins}
    rules.require(len(sides) <= 1, "contracts.output_of_several_parties", field="reservation_ids")
    rules.require(
        written is not None, "contracts.identifier_malformed", field="identifier", named=named, identifier=identifier
    )
    rules.require(published_on <= today, "contracts.output_in_future", field="published_on", today=today.isoformat())
    begun = [origin.since for origin in origins if origin.since is not None]
    rules.require(len(begun) == len(origins), "contracts.output_before_use", field="reservation_ids")
    rules.require(not begun or published_on >= min(begun), "contracts.output_older_than_use", field="published_on")
    rules.require(acknowledged or not wording, "contracts.wording_without_acknowledgement", field="wording")
    rules.enforce()
    first = origins[0]
    return [
        OutputRecorded(
            kind=kind,
            title=title,
            identifier=written or "",
            published_on=published_on,
            acknowledged=acknowledged,
            wording=wording,
            proof_sha256=proof_sha256,
            contract=contract,
            reservations=reservations,
            unit=first.unit,
            provider=first.provider,
            customer=first.customer,
            customer_user=first.customer_user,
            basis=edition.basis("contract.acknowledgement_outputs", "contract.acknowledgement_basis"),
        )
    ]


def withdraw(output: Output, *, reason: str) -> list[Event]:
    """Take an output back that was recorded by mistake. Raises `contracts.output_withdrawn`."""
    if output.withdrawn:
        raise refusal("contracts.output_withdrawn", field="output_id")
    return [OutputWithdrawn(unit=output.recorded.unit, identifier=output.recorded.identifier, reason=reason)]
