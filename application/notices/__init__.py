# SPDX-License-Identifier: Apache-2.0
"""Use cases of notices: inboxes, wordings, and what the worker notes of each attempt."""

from application.bus import Entry
from application.notices.change_notice_template import ChangeNoticeTemplate, change_notice_template
from application.notices.inboxes import EVERYBODY, STAFF
from application.notices.lapse_notice import LapseNotice, lapse_notice
from application.notices.mark_notices_read import MarkNoticesRead, mark_notices_read
from application.notices.record_notice_delivery import RecordNoticeDelivery, record_notice_delivery
from application.notices.record_notice_failure import RecordNoticeFailure, record_notice_failure
from application.notices.remove_contact_address import RemoveContactAddress, remove_contact_address
from application.notices.restore_notice_template import RestoreNoticeTemplate, restore_notice_template
from application.notices.retry_notice import RetryNotice, retry_notice
from application.notices.set_contact_address import SetContactAddress, set_contact_address
from application.notices.set_notice_preferences import SetNoticePreferences, set_notice_preferences
from domain.kernel.actor import Role

WORKER = frozenset({Role.SYSTEM})

ENTRIES: tuple[Entry, ...] = (
    Entry(SetContactAddress, set_contact_address, EVERYBODY),
    Entry(RemoveContactAddress, remove_contact_address, EVERYBODY),
    Entry(SetNoticePreferences, set_notice_preferences, EVERYBODY),
    Entry(MarkNoticesRead, mark_notices_read, EVERYBODY),
    Entry(ChangeNoticeTemplate, change_notice_template, STAFF),
    Entry(RestoreNoticeTemplate, restore_notice_template, STAFF),
    Entry(RetryNotice, retry_notice, frozenset({Role.ADMINISTRATOR, Role.SYSTEM})),
    Entry(RecordNoticeDelivery, record_notice_delivery, WORKER),
    Entry(RecordNoticeFailure, record_notice_failure, WORKER),
    Entry(LapseNotice, lapse_notice, WORKER),
)
"""Every command of the room, its handler, and the roles that may issue it."""
