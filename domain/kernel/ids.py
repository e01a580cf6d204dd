# SPDX-License-Identifier: Apache-2.0
"""Typed identities. Every id is a UUID made by the application, never by the domain."""

from typing import NewType
from uuid import UUID

LegalPersonId = NewType("LegalPersonId", UUID)
UnitId = NewType("UnitId", UUID)
UserId = NewType("UserId", UUID)
ResourceId = NewType("ResourceId", UUID)
ReservationId = NewType("ReservationId", UUID)
ContractId = NewType("ContractId", UUID)
OrderId = NewType("OrderId", UUID)
ProgrammeId = NewType("ProgrammeId", UUID)
GrantId = NewType("GrantId", UUID)
RedemptionId = NewType("RedemptionId", UUID)
BatchId = NewType("BatchId", UUID)
