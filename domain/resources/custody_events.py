# SPDX-License-Identifier: Apache-2.0
"""What happens to the title and the customs supervision of a resource (CQ 15.c, 18). Days include both ends."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event


class FinanceLeaseRecorded(Event):
    """The resource is leased: the lessor owns it, the lessee operates it (CQ 15.c 「融资租赁」)."""

    TYPE: ClassVar[str] = "resources.FinanceLeaseRecorded"

    lessor: UUID
    lessee: UUID
    contract_number: str
    valid_from: date
    valid_until: date


class FinanceLeaseEnded(Event):
    """The lease is over; `ended_on` is the first day without it, `title_to` says who owns the resource then."""

    TYPE: ClassVar[str] = "resources.FinanceLeaseEnded"

    lessor: UUID
    lessee: UUID
    contract_number: str
    ended_on: date
    title_to: Literal["lessor", "lessee"]
    reason: str


class OutsideUseApproved(Event):
    """Customs agreed that a duty-free import is used outside its unit for a while (CQ 18)."""

    TYPE: ClassVar[str] = "resources.OutsideUseApproved"

    place: str
    purpose: str
    notice_number: str
    valid_from: date
    valid_until: date


class CustomsSupervisionEnded(Event):
    """Customs released a duty-free import; from `ended_on` on it needs no condition any more (CQ 18)."""

    TYPE: ClassVar[str] = "resources.CustomsSupervisionEnded"

    ended_on: date
    notice_number: str
    ground: Literal["period_over", "duty_paid", "other"]
