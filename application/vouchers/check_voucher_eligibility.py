# SPDX-License-Identifier: Apache-2.0
"""Check an application for a voucher."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.vouchers.facts import beneficiary_of
from domain.kernel.time import local_date
from domain.vouchers import granting
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from application.work import Work


class CheckVoucherEligibility(Command):
    """A person of the centre finds the evidence valid today.

    A technology SME is proven by its registered evidence, any other beneficiary by what is named here.
    """

    TARGET: ClassVar[str | None] = "grant_id"
    model_config = ConfigDict(json_schema_extra={"example": {"grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f"}})

    grant_id: UUID
    evidence_number: Words | None = None
    evidence_valid_until: date | None = None


def check_voucher_eligibility(command: CheckVoucherEligibility, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    grant = work.load(GRANT, command.grant_id)
    programme = work.load(PROGRAMME, grant.state.programme).state
    number, valid_until = command.evidence_number, command.evidence_valid_until
    beneficiary = beneficiary_of(work, grant.state)
    sme = beneficiary is not None and granting.needs_sme_evidence(programme, beneficiary.kind)
    if beneficiary is not None and sme:
        evidence = beneficiary.sme_on(local_date(work.now))
        number, valid_until = (evidence.number, evidence.valid_until) if evidence else (None, None)
    checked = granting.check(
        grant.state,
        checker=work.actor.user,
        evidence_number=number,
        evidence_valid_until=valid_until,
        sme=sme,
        today=local_date(work.now),
        edition=work.edition(),
    )
    work.append(grant.id, *checked)
    return Result(id=grant.id, data={"evidence_number": number})
