# SPDX-License-Identifier: Apache-2.0
"""Record what a use led to: a paper, a monograph, a patent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result, Sha256, Words
from application.guards import serves_customer
from domain.contracts.contract import CONTRACT
from domain.contracts.output import OUTPUT, Origin, record
from domain.contracts.output_events import OutputKind
from domain.kernel.time import local_date
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Identifier = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class RecordOutput(Command):
    """Record an output by the user, and whether it acknowledges the use; a proof may be given (JS 20.c, CQ 17.b).

    It names the contract, the uses, or both; without uses it speaks for all uses under the contract. `identifier` is
    a DOI for a paper, an ISBN for a monograph, a patent's application or publication number.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "paper",
                "title": "纳米多孔合金的透射电镜研究",
                "identifier": "10.12345/example.2026.0417",
                "published_on": "2026-03-02",
                "acknowledged": True,
                "wording": "本研究使用了示例大学分析测试中心的透射电子显微镜",
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
            }
        }
    )

    kind: OutputKind
    title: Title
    identifier: Identifier
    published_on: date = Field(description="Published, or for a patent applied for")
    acknowledged: bool
    wording: Words | None = None
    proof_sha256: Sha256 | None = None
    contract_id: UUID | None = None
    reservation_ids: frozenset[UUID] = Field(default=frozenset(), max_length=200)


def record_output(command: RecordOutput, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`, `KeyTaken` for one that is recorded already."""
    reservations = tuple(sorted(command.reservation_ids))
    origins = [_of_use(work, reservation) for reservation in reservations]
    if command.contract_id is not None:
        origins.insert(0, _of_contract(work, command.contract_id))
    for origin in origins:
        serves_customer(work, origin.customer, origin.customer_user)
    decided = record(
        kind=command.kind,
        title=command.title,
        identifier=command.identifier,
        published_on=command.published_on,
        acknowledged=command.acknowledged,
        wording=command.wording or "",
        proof_sha256=command.proof_sha256,
        contract=command.contract_id,
        reservations=reservations,
        origins=origins,
        today=local_date(work.now),
        edition=work.edition(),
    )
    output = work.new_id()
    work.append(output, *decided)
    recorded = work.load(OUTPUT, output).state.recorded
    return Result(output, {"identifier": recorded.identifier, "acknowledged": recorded.acknowledged})


def _of_contract(work: Work, contract_id: UUID) -> Origin:
    contract = work.load(CONTRACT, contract_id).state
    since = contract.in_force_from
    return Origin(
        contract.unit,
        contract.provider,
        contract.customer,
        contract.customer_user,
        local_date(since) if since else None,
    )


def _of_use(work: Work, reservation_id: UUID) -> Origin:
    use = work.load(RESERVATION, reservation_id).state
    since = local_date(use.started_at) if use.started_at else None
    return Origin(use.unit, use.provider, use.customer, use.user, since)
