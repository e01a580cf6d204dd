# SPDX-License-Identifier: Apache-2.0
"""Propose a changed version of a contract in force."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS, answer, require_resources
from application.contracts.standing import for_party
from application.contracts.uses import uses_under
from domain.contracts.amending import propose
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.events import Terms

if TYPE_CHECKING:
    from application.work import Work


class ProposeAmendment(Command):
    """Propose new terms and clauses; the contract in force stays in force until both sides have signed them."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "terms": {**EXAMPLE_TERMS, "valid_until": "2027-06-30"},
                "clauses": EXAMPLE_CLAUSES,
                "reason": "延长服务期限",
            }
        }
    )

    contract_id: UUID
    terms: Terms
    clauses: Clauses
    reason: Words


def propose_amendment(command: ProposeAmendment, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    require_resources(work, loaded.state.unit, command.terms)
    work.append(
        loaded.id,
        *propose(
            loaded.state,
            terms=command.terms,
            clauses=command.clauses,
            reason=command.reason,
            by=side,
            used=uses_under(work, loaded.id) > 0,
            edition=work.edition(),
        ),
    )
    return answer(work.load(CONTRACT, loaded.id))
