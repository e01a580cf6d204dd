# SPDX-License-Identifier: Apache-2.0
"""The document that commands on contracts carry, and what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from domain.kernel.errors import Rules
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.contracts.contract import Contract
    from domain.contracts.events import Terms

EXAMPLE_TERMS: dict[str, JsonValue] = {
    "resources": ["5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11"],
    "framework": False,
    "valid_from": "2026-03-01",
    "valid_until": "2026-12-31",
    "experiment": "joint",
    "ip_shares": [{"party": "provider", "percent": "40.00"}, {"party": "user", "percent": "60.00"}],
    "acknowledgement_outputs": ["paper"],
    "ceiling_fen": 20000000,
}
EXAMPLE_CLAUSES: dict[str, JsonValue] = {
    "service_content": "提供透射电镜形貌与成分分析",
    "service_mode": "委托测试，由管理单位人员操作",
    "ip_ownership": "按约定比例共有",
    "benefit_distribution": "按知识产权比例分配",
    "damage_liability": "责任方按实际损失赔偿",
    "dispute_handling": "协商不成的，提交管理单位所在地仲裁委员会仲裁",
}


def require_resources(work: Work, unit: UUID, terms: Terms) -> None:
    """Every resource of the terms belongs to the unit. Raises `NotFound`, `contracts.resource_of_another_unit`."""
    rules = Rules()
    for resource in terms.resources:
        rules.require(
            work.load(RESOURCE, resource).state.unit == unit,
            "contracts.resource_of_another_unit",
            field="terms.resources",
            resource=str(resource),
        )
    rules.enforce()


def answer(loaded: Loaded[Contract]) -> Result:
    """What the next signatory must know: number, state, and the digest of the version to be signed."""
    contract = loaded.state
    version, digest = contract.document_version, contract.digest
    if contract.proposal is not None:
        version, digest = contract.proposal.document_version, contract.proposal.digest
    return Result(
        loaded.id,
        {"number": contract.number, "state": contract.state, "document_version": version, "digest": digest},
    )
