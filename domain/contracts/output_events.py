# SPDX-License-Identifier: Apache-2.0
"""What a use of shared resources led to: papers, monographs, patents (JS 20.c, CQ 17.b, A36)."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event

OutputKind = Literal["paper", "monograph", "patent"]


class OutputRecorded(Event):
    """The user records an output and whether it acknowledges the use; a proof may be given, and nobody must.

    It names the contract, the uses, or both. Without uses it speaks for all uses under the contract. `identifier` is
    a DOI, an ISBN of 13 digits or a patent number, in its one way of writing.
    """

    TYPE: ClassVar[str] = "contracts.OutputRecorded"

    kind: OutputKind
    title: str
    identifier: str
    published_on: date
    acknowledged: bool
    wording: str = ""
    """The words of the acknowledgement."""
    proof_sha256: str | None = None
    contract: UUID | None
    reservations: tuple[UUID, ...] = ()
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID


class OutputWithdrawn(Event):
    """Recorded by mistake; it counts no more, and its identifier is free again."""

    TYPE: ClassVar[str] = "contracts.OutputWithdrawn"

    unit: UUID
    identifier: str
    reason: str
