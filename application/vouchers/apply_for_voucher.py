# SPDX-License-Identifier: Apache-2.0
"""Ask for a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.vouchers.facts import kind_of
from domain.kernel.money import Fen
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.vouchers import granting
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from application.work import Work


class ApplyForVoucher(Command):
    """Ask for a voucher for one's organisation, or for oneself where the programme admits individuals."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "programme_id": "3b2a1c0d-9e8f-5a7b-8c6d-0f1e2d3c4b5a",
                "requested_fen": 5000000,
                "purpose": "new_product",
            }
        }
    )

    programme_id: UUID
    requested_fen: Fen
    purpose: granting.Purpose
    as_person: bool = False


def apply_for_voucher(command: ApplyForVoucher, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    programme = work.load(PROGRAMME, command.programme_id).state
    organisation = None if command.as_person else work.actor.organisation
    beneficiary = organisation or work.actor.user
    series = f"{programme.number}-V"
    number = document_number(series, work.claims.last_number(series))
    applied = granting.apply(
        programme,
        command.programme_id,
        number=number,
        beneficiary=beneficiary,
        beneficiary_kind=kind_of(work, beneficiary, is_person=organisation is None),
        applicant=work.actor.user,
        requested_fen=command.requested_fen,
        purpose=command.purpose,
        today=local_date(work.now),
        edition=work.edition(),
    )
    grant = work.new_id()
    work.append(grant, *applied)
    return Result(id=grant, data={"number": number})
