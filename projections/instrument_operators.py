# SPDX-License-Identifier: Apache-2.0
"""Who operates a resource beside its unit: operators authorised, and lessees while the lease runs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.kernel.event import Recorded
from domain.resources.custody_events import FinanceLeaseEnded, FinanceLeaseRecorded
from domain.resources.events import OperationAuthorisationEnded, OperationAuthorised
from projections.handlers import amend, known
from projections.instrument_tables import INSTRUMENTS, on
from projections.readmodel import Rows


@on
def _authorise(event: OperationAuthorised, recorded: Recorded, rows: Rows) -> None:
    others = _operators_without(event.operator, recorded, rows)
    amend(rows, INSTRUMENTS, recorded, operators=[*others, event.model_dump(mode="json", exclude={"basis"})])


@on
def _end_authorisation(event: OperationAuthorisationEnded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, INSTRUMENTS, recorded, operators=_operators_without(event.operator, recorded, rows))


@on
def _lease(event: FinanceLeaseRecorded, recorded: Recorded, rows: Rows) -> None:
    """The lessee operates it while the lease runs (CQ 15.c)."""
    lessee = {"operator": str(event.lessee), "scope": event.contract_number}
    period = event.model_dump(mode="json", include={"valid_from", "valid_until"})
    operators = known(rows, INSTRUMENTS, recorded.stream)["operators"]
    amend(rows, INSTRUMENTS, recorded, operators=[*operators, lessee | period])


@on
def _end_lease(event: FinanceLeaseEnded, recorded: Recorded, rows: Rows) -> None:
    last = (event.ended_on - timedelta(days=1)).isoformat()
    operators = [
        each | {"valid_until": min(each["valid_until"], last)} if each["scope"] == event.contract_number else each
        for each in known(rows, INSTRUMENTS, recorded.stream)["operators"]
    ]
    amend(rows, INSTRUMENTS, recorded, operators=operators)


def _operators_without(operator: UUID, recorded: Recorded, rows: Rows) -> list[Any]:
    operators = known(rows, INSTRUMENTS, recorded.stream)["operators"]
    return [each for each in operators if each["operator"] != str(operator)]
