# SPDX-License-Identifier: Apache-2.0
"""Compare contract, order, invoice, payment and use, and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.vouchers.facts import contract_facts, order_facts, standing_facts, use_facts
from domain.billing.order import ORDER
from domain.vouchers import claiming
from domain.vouchers.comparing import compare
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class CheckRedemption(Command):
    """The machine compares; a person signs. One comparison that fails lets no check pass (CQ 8(d))."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "signature": "e-sign:20260401-0007"}
        }
    )

    redemption_id: UUID
    signature: Words = Field(
        description="What the checker signs with: reference of an e-signature or of the signed sheet"
    )


def check_redemption(command: CheckRedemption, work: Work) -> Result:
    """Raises `DomainError` with the comparisons that fail, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    order = work.load(ORDER, claim.state.order).state
    grant = work.load(GRANT, claim.state.grant).state
    programme = work.load(PROGRAMME, claim.state.programme).state
    contract = contract_facts(work, order)
    signed_on = contract.signed_on if contract else order.used_on
    findings = compare(
        claim.state,
        order_facts(order, programme),
        contract,
        use_facts(work, order),
        standing_facts(work, order, grant, programme, signed_on),
    )
    checked = claiming.check(claim.state, checker=work.actor.user, findings=findings, signature=command.signature)
    work.append(claim.id, *checked)
    return Result(id=claim.id, data={"findings": [finding.rule for finding in findings]})
