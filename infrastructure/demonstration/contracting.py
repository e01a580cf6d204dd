# SPDX-License-Identifier: Apache-2.0
"""Framework contracts between units and their customers, one a year for each pair (JS 18, A32)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from application.contracts.draft_contract import DraftContract
from application.contracts.sign_contract import SignContract
from domain.contracts.document import Clauses
from domain.contracts.events import Authority, IpShare, Signing, Terms
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.actor import Actor
    from infrastructure.demonstration.equipping import Instrument
    from infrastructure.demonstration.issuing import Issuer

CLAUSES = Clauses(
    service_content="按预约使用本单位公布的科学仪器，提供测试数据",
    service_mode="用户自主操作或委托本单位人员测试",
    ip_ownership="用户独立完成实验形成的知识产权归用户所有",
    benefit_distribution="按知识产权归属分配",
    damage_liability="责任方按实际损失赔偿",
    dispute_handling="协商不成的，提交管理单位所在地仲裁委员会仲裁",
)


@dataclass
class Contracting:
    """Draws up the contract of a pair when it is first needed in a year."""

    issuer: Issuer
    instruments: list[Instrument]
    _contracts: dict[tuple[UUID, UUID, int], UUID] = field(default_factory=dict)

    def contract_for(self, instrument: Instrument, customer: Actor, at: datetime) -> UUID:
        """The contract in force between the instrument's unit and a customer, drafted and signed now if need be."""
        unit = instrument.manager.unit
        assert unit is not None
        year = local_date(at).year
        key = (unit, customer.organisation or customer.user, year)
        if key not in self._contracts:
            self._contracts[key] = self._draw_up(instrument.manager, customer, year, at)
        return self._contracts[key]

    def _draw_up(self, provider: Actor, customer: Actor, year: int, at: datetime) -> UUID:
        assert provider.unit is not None
        terms = Terms(
            resources=tuple(item.id for item in self.instruments if item.manager.unit == provider.unit),
            framework=True,
            valid_from=local_date(at),
            valid_until=date(year + 1, 3, 31),
            experiment="independent",
            ip_shares=(IpShare(party="user", percent=Decimal("100.00")),),
            acknowledgement_outputs=("paper",),
        )
        draft = DraftContract(unit_id=provider.unit, customer_user_id=customer.user, terms=terms, clauses=CLAUSES)
        drafted = self.issuer.do(draft, provider, at)
        for side, actor in (("P", provider), ("U", customer)):
            self.issuer.do(
                SignContract(
                    contract_id=drafted.id,
                    document_version=1,
                    digest=str(drafted.data["digest"]),
                    signatory="演示签署人",
                    authority=_authority(actor),
                    signing=Signing(method="e_signature", reference=f"ESIGN-{side}-{drafted.data['number']}"),
                ),
                actor,
                at,
            )
        return drafted.id


def _authority(actor: Actor) -> Authority:
    return Authority(kind="legal_representative" if actor.organisation else "individual")
