# SPDX-License-Identifier: Apache-2.0
"""Sign a proposed version for one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict

from application.contracts.document import answer
from application.contracts.signature import EXAMPLE, SigningCommand, signature_of
from application.contracts.standing import for_party
from domain.contracts.amending import sign
from domain.contracts.contract import CONTRACT

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class SignAmendment(SigningCommand):
    """Sign the proposed version for the actor's own side; with the second signature it is the contract."""

    TARGET = "contract_id"
    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})


def sign_amendment(command: SignAmendment, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    signature = signature_of(command, work, side)
    work.append(loaded.id, *sign(loaded.state, signature, edition=work.edition(), now=work.now))
    return answer(work.load(CONTRACT, loaded.id))
