# SPDX-License-Identifier: Apache-2.0
"""What happens to notices, inboxes and wordings. No address or name stands in them in clear, no text of a notice."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.kernel.event import Event
from domain.kernel.personal import Personal
from domain.kernel.time import Instant
from domain.notices.addressee import Addressee

Way = Literal["email", "message"]
"""Ways out of the platform: mail, or a gateway for SMS and enterprise chat."""
Channel = Literal["in_app", "email", "message"]
Language = Literal["zh", "en"]
FailureReason = Literal["unreachable", "timed_out", "refused", "address_refused", "no_address", "unreadable_answer"]


class ContactAddressSet(Event):
    """Where a person or unit is reached by one way: a mail address, a telephone number or a name in a chat."""

    TYPE: ClassVar[str] = "notices.ContactAddressSet"

    addressee: Addressee
    way: Way
    address: Personal


class ContactAddressRemoved(Event):
    """No longer reached by this way, not even at the address given at registration."""

    TYPE: ClassVar[str] = "notices.ContactAddressRemoved"

    addressee: Addressee
    way: Way


class PreferencesSet(Event):
    """How somebody wants to be told, in full each time.

    Quiet hours are minutes after local midnight, half-open; they may pass over midnight. `reminders` are minutes
    before the start of a reservation; none means no reminder. `muted` kinds stay in the inbox and are not sent.
    """

    TYPE: ClassVar[str] = "notices.PreferencesSet"

    addressee: Addressee
    channel: Channel | None
    language: Language
    quiet_from: int | None
    quiet_until: int | None
    reminders: tuple[int, ...]
    muted: tuple[str, ...]


class Told(BaseModel):
    """Which notice an attempt was about, whole: the log says it without any list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    addressee: Addressee
    subject: UUID
    due_at: Instant
    useful_until: Instant


class NoticeDelivered(Event):
    """Handed to the mail server or gateway, which took it. `digest` is the SHA-256 of the text as it was sent.

    `wording` names the version of the template: `platform/1`, or `unit/3` for a unit's own.
    """

    TYPE: ClassVar[str] = "notices.NoticeDelivered"

    told: Told
    way: Way
    attempt: int
    language: Language
    wording: str
    digest: str


class NoticeFailed(Event):
    """An attempt failed. `answer` is the server's status alone, because its words may repeat the address.

    `retry_at` is when the next attempt falls due; none means that nobody tries again by itself.
    """

    TYPE: ClassVar[str] = "notices.NoticeFailed"

    told: Told
    way: Way
    attempt: int
    reason: FailureReason
    answer: str
    retry_at: Instant | None


class NoticeRetried(Event):
    """Somebody had a notice tried anew that had been given up."""

    TYPE: ClassVar[str] = "notices.NoticeRetried"


class NoticeLapsed(Event):
    """Not sent, because what it spoke of is over: it had been due while no worker ran, or in quiet hours."""

    TYPE: ClassVar[str] = "notices.NoticeLapsed"

    told: Told
    reason: Literal["over", "quiet_hours"]


class NoticeRead(Event):
    """Somebody has read a notice in the platform."""

    TYPE: ClassVar[str] = "notices.NoticeRead"

    notice: UUID
    addressee: Addressee


class TemplateChanged(Event):
    """A unit words a kind of notice in its own way from now on. `number` counts the versions of this wording."""

    TYPE: ClassVar[str] = "notices.TemplateChanged"

    unit: UUID
    kind: str
    language: Language
    number: int
    subject: str
    body: str
    reason: str


class TemplateRestored(Event):
    """A unit goes back to the wording of the platform."""

    TYPE: ClassVar[str] = "notices.TemplateRestored"

    unit: UUID
    kind: str
    language: Language
    number: int
    reason: str
