# SPDX-License-Identifier: Apache-2.0
"""What contracts claim: their number, gapless in the year of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.contracts.events import ContractDrafted
from domain.kernel.numbers import claim_of_number

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def series_of(unit_code: str, year: int) -> str:
    """The series of contract numbers of a unit in a year (`HT` stands for 合同)."""
    return f"HT-{unit_code}-{year}"


def claims_of(stream: UUID, event: Event) -> list[Claim]:  # noqa: ARG001 - a number belongs to its series alone
    """The claims of one event of a contract."""
    match event:
        case ContractDrafted(number=number):
            return [claim_of_number(number)]
        case _:
            return []
