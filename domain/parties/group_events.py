# SPDX-License-Identifier: Apache-2.0
"""What happens to a group of users (课题组): who leads it, who belongs to it, and what members may spend."""

from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.money import Fen

SpendingPeriod = Literal["monthly", "yearly"]


class GroupFormed(Event):
    """A group of a legal person, under a leader who answers for its bookings."""

    TYPE: ClassVar[str] = "parties.GroupFormed"

    legal_person: UUID
    name: str
    leader: UUID


class LeaderChanged(Event):
    """Somebody else leads from now on; the former leader stays as a member."""

    TYPE: ClassVar[str] = "parties.LeaderChanged"

    leader: UUID
    former: UUID
    reason: str


class MemberJoined(Event):
    """A user may book for the group. No `legal_person` is an individual, whom the leader let in."""

    TYPE: ClassVar[str] = "parties.MemberJoined"

    user: UUID
    legal_person: UUID | None
    approved_by: UUID


class MemberLeft(Event):
    """A user no longer books for the group; what was booked stays."""

    TYPE: ClassVar[str] = "parties.MemberLeft"

    user: UUID
    reason: str


class SpendingLimited(Event):
    """What a member may book in each calendar month or year, by the quotes of the requests; no amount lifts it.

    Without a `member` it holds for each member who has no limit of that period of their own.
    """

    TYPE: ClassVar[str] = "parties.SpendingLimited"

    member: UUID | None
    period: SpendingPeriod
    limit_fen: Fen | None


class ApprovalDemanded(Event):
    """Whether the leader wants to approve bookings, of one member or of all who have no setting of their own.

    `demanded` is none where the group's setting is to hold for the member again. Quotes up to `exempt_up_to_fen` need
    no approval. Where the leader says nothing within `limit_hours`, `on_time_out` comes by itself.
    """

    TYPE: ClassVar[str] = "parties.ApprovalDemanded"

    member: UUID | None
    demanded: bool | None
    exempt_up_to_fen: Fen | None = None
    limit_hours: int | None = None
    on_time_out: Literal["approve", "reject"] = "reject"


class GroupDissolved(Event):
    """Nobody books for the group any more; its history stays."""

    TYPE: ClassVar[str] = "parties.GroupDissolved"

    reason: str
