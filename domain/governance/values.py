# SPDX-License-Identifier: Apache-2.0
"""Values of governance: who decides, who sat and voted, which kinds of documents there are."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from domain.kernel.actor import Role

Body = Literal[
    "council",
    "council_office",
    "science_department",
    "finance_department",
    "competent_department",
    "local_government",
]
"""An authority whose decisions are registered; the council is the management committee of CQ 6."""
BODIES: frozenset[Role] = frozenset(
    {
        Role.COUNCIL,
        Role.COUNCIL_OFFICE,
        Role.SCIENCE_DEPARTMENT,
        Role.FINANCE_DEPARTMENT,
        Role.COMPETENT_DEPARTMENT,
        Role.LOCAL_GOVERNMENT,
    }
)
DocumentKind = Literal["master_plan", "annual_plan", "rule", "support_policy", "technical_standard", "operating_norm"]
"""总体规划, 年度计划, 管理制度, 支持政策, 技术标准, 运行规范 (JS 5, 6, 7(1); CQ 6, 7)."""
Stance = Literal["agreed", "agreed_with_changes", "objected"]
Assignee = Literal["council_office", "service_centre", "expert_committee"]
"""Who carries out what the council or its office entrusts (JS 5.b, 7(5); CQ 8(f))."""
SeatName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Value(BaseModel):
    """Base of values: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class JointParty(Value):
    """An authority that took a decision together with the one that registers it, and its legal person."""

    body: Body
    organisation: UUID | None = None


class Seat(Value):
    """A seat at the table, by the member unit it belongs to; who filled it is personal and stands elsewhere."""

    seat: SeatName
    present: bool = True


class Conflict(Value):
    """A declared conflict of interest of a seat on the matter; `left` says whether it left the room for it."""

    seat: SeatName
    reason: Reason
    left: bool = True


class Vote(Value):
    """How a seat voted."""

    seat: SeatName
    choice: Literal["for", "against", "abstained"]


class Minutes(Value):
    """Attendance, declared conflicts and votes. No text asks for a quorum or a majority, so none is checked."""

    seats: tuple[Seat, ...]
    conflicts: tuple[Conflict, ...] = ()
    votes: tuple[Vote, ...] = ()
