# SPDX-License-Identifier: Apache-2.0
"""Change a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import EXAMPLE_CLAUSES, EXAMPLE_TERMS, answer, require_resources
from application.contracts.standing import for_party
from domain.contracts.contract import CONTRACT
from domain.contracts.document import Clauses
from domain.contracts.drafting import revise
from domain.contracts.events import Terms

if TYPE_CHECKING:
    from application.work import Work


class ReviseContract(Command):
    """Replace terms and clauses of a draft by a new version; a signature on the older one is void."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "terms": EXAMPLE_TERMS,
                "clauses": EXAMPLE_CLAUSES,
                "reason": "补充争议处理条款",
            }
        }
    )

    contract_id: UUID
    terms: Terms
    clauses: Clauses
    reason: Words


def revise_contract(command: ReviseContract, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.contract_id)
    require_resources(work, loaded.state.unit, command.terms)
    work.append(
        loaded.id,
        *revise(
            loaded.state,
            terms=command.terms,
            clauses=command.clauses,
            reason=command.reason,
            edition=work.edition(),
        ),
    )
    return answer(work.load(CONTRACT, loaded.id))
