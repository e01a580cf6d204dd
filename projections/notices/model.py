# SPDX-License-Identifier: Apache-2.0
"""The read model of notices: for each event first what is known, then what it settles, then who is told."""

from domain.notices.events import (
    ContactAddressRemoved,
    ContactAddressSet,
    NoticeDelivered,
    NoticeFailed,
    NoticeLapsed,
    NoticeRead,
    NoticeRetried,
    PreferencesSet,
    TemplateChanged,
    TemplateRestored,
)
from domain.parties.closure_events import UnitClosureAnnounced
from domain.parties.events import UserDeactivated, UserRegistered
from domain.reservations.approval_events import ApprovalAsked
from domain.reservations.events import (
    NoShowRecorded,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
    ReservationRescheduled,
    UsageAborted,
    UsageStarted,
)
from domain.reservations.series.events import SeriesRequested
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.closure_events import ClosureAnnounced
from domain.resources.duty_events import DutyRosterPublished
from domain.resources.events import ResourceReassigned, ResourceTransferred
from projections.handlers import Handlers
from projections.notices import displaced, inboxes, making, on_duty, outcomes, reminders
from projections.notices.facts import REMEMBERED, remember
from projections.notices.lines import LINES, SETTLED
from projections.notices.tables import AHEAD, INBOXES, NOTICES, SUBJECTS, TEMPLATES
from projections.readmodel import ReadModel

ENDS = (
    ReservationRejected,
    ReservationCancelled,
    ReservationExpired,
    NoShowRecorded,
    UsageStarted,
    UsageAborted,
)

on = Handlers()
on.follow(REMEMBERED, remember)
on.follow([UserRegistered], inboxes.register)
on.follow([UserDeactivated], inboxes.leave)
on.follow([ContactAddressSet], inboxes.set_address)
on.follow([ContactAddressRemoved], inboxes.remove_address)
on.follow([PreferencesSet], inboxes.set_preferences)
on.follow(SETTLED, making.settle)
on.follow(LINES, making.tell)
on.follow([SeriesRequested], displaced.belong)
on.follow([ClosureAnnounced, UnitClosureAnnounced], displaced.displace)
on.follow([DutyRosterPublished], on_duty.publish)
on.follow([ResourceTransferred, ResourceReassigned], on_duty.leave)
on.follow([ReservationConfirmed], on_duty.confirm)
on.follow([ApprovalAsked], on_duty.ask_anew)
on.follow([ReservationRescheduled], on_duty.move)
on.follow([ReservationCancelled, ReservationRejected, ReservationExpired], on_duty.end)
on.follow([ReservationConfirmed], reminders.confirm)
on.follow([ReservationRescheduled], reminders.move)
on.follow([ReservationTransferred], reminders.transfer)
on.follow(ENDS, reminders.end)
on.follow([PreferencesSet], reminders.wish)
on.follow([NoticeDelivered], outcomes.deliver)
on.follow([NoticeFailed], outcomes.fail)
on.follow([NoticeRetried], outcomes.retry)
on.follow([NoticeLapsed], outcomes.lapse)
on.follow([NoticeRead], outcomes.read)
on.follow([TemplateChanged], outcomes.change_template)
on.follow([TemplateRestored], outcomes.restore_template)

MODEL = ReadModel("notices", (NOTICES, SUBJECTS, AHEAD, INBOXES, TEMPLATES), on.apply, types=on.types, version=4)
