# SPDX-License-Identifier: Apache-2.0
"""A service qualification such as CMA or CNAS (JS 19.b): what it covers, who issued it, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate
from domain.network.events import QualificationRecorded, QualificationRenewed, QualificationWithdrawn

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification as it stands. `withdrawn_on` is the first day without it."""

    legal_person: UUID
    unit: UUID | None
    number: str
    issuer: str
    periods: tuple[tuple[date, date], ...]
    withdrawn_on: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        gone = self.withdrawn_on is not None and self.withdrawn_on <= day
        return not gone and any(first <= day <= last for first, last in self.periods)


Change = QualificationRecorded | QualificationRenewed | QualificationWithdrawn


def evolve(state: Qualification | None, event: Change) -> Qualification:
    """The qualification after an event."""
    if isinstance(event, QualificationRecorded):
        period = (event.valid_from, event.valid_until)
        return Qualification(event.legal_person, event.unit, event.number, event.issuer, (period,))
    assert state is not None
    match event:
        case QualificationRenewed():
            return replace(state, periods=(*state.periods, (event.valid_from, event.valid_until)))
        case QualificationWithdrawn():
            return replace(state, withdrawn_on=event.withdrawn_on)


QUALIFICATION = Aggregate(
    "network.Qualification", evolve, (QualificationRecorded, QualificationRenewed, QualificationWithdrawn)
)


def record(particulars: QualificationRecorded, *, owns_resources: bool) -> list[Event]:
    """Enter a qualification. Raises `network.ends_before_start`, `network.scope_of_another`."""
    rules = Rules()
    _require_sound(rules, particulars, owns_resources=owns_resources)
    rules.enforce()
    return [particulars]


def renew(state: Qualification, renewal: QualificationRenewed, *, owns_resources: bool) -> list[Event]:
    """Let it hold for a further period, later than the last one.

    Raises `network.qualification_withdrawn`, `network.renewal_goes_backwards`, and what `record` raises.
    """
    require_held(state)
    rules = Rules()
    _require_sound(rules, renewal, owns_resources=owns_resources)
    last = state.periods[-1][1]
    later = renewal.valid_until > last
    rules.require(later, "network.renewal_goes_backwards", field="valid_until", last=last.isoformat())
    rules.enforce()
    return [renewal]


def withdraw(state: Qualification, *, reason: str, withdrawn_on: date) -> list[Event]:
    """Note that it was taken back or given up. Raises `network.qualification_withdrawn`."""
    require_held(state)
    return [QualificationWithdrawn(reason=reason, withdrawn_on=withdrawn_on)]


def require_held(state: Qualification) -> None:
    """Refuse what is asked of a qualification that is gone: `network.qualification_withdrawn`."""
    if state.withdrawn_on is not None:
        raise refusal("network.qualification_withdrawn", withdrawn_on=state.withdrawn_on.isoformat())


def _require_sound(rules: Rules, stated: QualificationRecorded | QualificationRenewed, *, owns_resources: bool) -> None:
    rules.require(stated.valid_from <= stated.valid_until, "network.ends_before_start", field="valid_until")
    rules.require(owns_resources, "network.scope_of_another", field="resources")
