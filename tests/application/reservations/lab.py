# SPDX-License-Identifier: Apache-2.0
"""A group of the small province's enterprise: its leader, two members, and an individual the leader let in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from application.parties.add_group_member import AddGroupMember
from application.parties.demand_group_approval import DemandGroupApproval
from application.parties.form_group import FormGroup
from application.parties.limit_group_spending import LimitGroupSpending
from application.reservations.decide_approval_step import DecideApprovalStep
from domain.kernel.actor import Actor, Role
from domain.kernel.personal import Personal
from domain.parties.events import UserRegistered
from tests.application.reservations.house import publish
from tests.application.reservations.province import Province, opening
from tests.application.standing.town import tick

if TYPE_CHECKING:
    from datetime import datetime

    from application.command import Result

__all__ = ["Lab", "opening", "publish", "tick"]


@dataclass
class Lab:
    """`leader` is the enterprise's first user; the members work there too."""

    province: Province
    group: UUID = field(init=False)
    members: list[Actor] = field(init=False)

    def __post_init__(self) -> None:
        home = self.province
        formed = home.do(
            FormGroup(legal_person=home.enterprise, name="低温物理课题组", leader=home.client), home.system
        )
        self.group = formed.id
        self.members = [self.employee(), self.employee()]
        for member in self.members:
            home.do(AddGroupMember(group=self.group, user=member.user), self.leader)

    @property
    def leader(self) -> Actor:
        return self.province.customer

    @property
    def member(self) -> Actor:
        return self.members[0]

    def employee(self, kind: str = "enterprise", organisation: UUID | None = None) -> Actor:
        """A further user; of the enterprise where nothing else is said."""
        user, works_for = uuid4(), organisation or self.province.enterprise
        particulars = UserRegistered(name=Personal.of(user, "示例"), user_kind=kind, legal_person=works_for)  # type: ignore[arg-type]
        self.province.seed(user, particulars)
        return Actor(user=user, role=Role.USER, organisation=works_for)

    def demand(self, now: datetime | None = None, **terms: Any) -> Result:  # noqa: ANN401 - any term
        stated = {"group": self.group, "demanded": True, **terms}
        return self.province.do(DemandGroupApproval.model_validate(stated), self.leader, now)

    def limit(self, fen: int | None, period: str = "monthly", member: UUID | None = None) -> Result:
        stated = {"group": self.group, "member": member, "period": period, "limit_fen": fen}
        return self.province.do(LimitGroupSpending.model_validate(stated), self.leader)

    def ask(self, actor: Actor | None = None, now: datetime | None = None, **changes: Any) -> Result:  # noqa: ANN401
        return self.province.ask(actor or self.member, now, **{"group_id": self.group, **changes})

    def decide(
        self,
        reservation: UUID,
        decision: str,
        actor: Actor,
        now: datetime | None = None,
        **more: Any,  # noqa: ANN401
    ) -> Result:
        stated = {"reservation_id": reservation, "step": 1, "decision": decision, **more}
        return self.province.do(DecideApprovalStep.model_validate(stated), actor, now)

    def automatic(self) -> None:
        """From now on requests are confirmed at once where nobody has to approve."""
        self.province.add(self.province.resource, opening(2, confirmation="automatic"))
