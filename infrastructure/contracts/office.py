# SPDX-License-Identifier: Apache-2.0
"""Where contracts of one jurisdiction are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infrastructure.contracts.content import document_of
from infrastructure.contracts.printing import printed

if TYPE_CHECKING:
    from uuid import UUID

    from application.ports import EventLog


@dataclass(frozen=True)
class ContractOffice:
    """Reads the log with the keys of personal data: who may see a contract, the caller has asked."""

    log: EventLog

    def printed(self, contract_id: UUID) -> bytes:
        """The version in force on paper, or of a draft the latest. Raises `contracts.cannot_be_printed`."""
        return printed(document_of(self.log, contract_id))
