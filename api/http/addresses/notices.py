# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of notices."""

from api.http.addresses.row import DONE, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/inboxes/{owner}/addresses", "SetContactAddress", DONE),
    ("POST", "/inboxes/{owner}/addresses/removal", "RemoveContactAddress", DONE),
    ("POST", "/inboxes/{owner}/preferences", "SetNoticePreferences", DONE),
    ("POST", "/me/notices/read", "MarkNoticesRead", DONE),
    ("POST", "/units/{unit}/notice-templates", "ChangeNoticeTemplate", DONE),
    ("POST", "/units/{unit}/notice-templates/restoration", "RestoreNoticeTemplate", DONE),
    ("POST", "/notices/{notice}/retry", "RetryNotice", DONE),
)
