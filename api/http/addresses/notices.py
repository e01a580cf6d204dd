# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of notices."""

from api.http.addresses.row import DONE, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/me/notice-addresses", "SetContactAddress", DONE),
    ("POST", "/me/notice-addresses/removal", "RemoveContactAddress", DONE),
    ("POST", "/me/notice-preferences", "SetNoticePreferences", DONE),
    ("POST", "/me/notices/read", "MarkNoticesRead", DONE),
    ("POST", "/units/{unit}/notice-templates", "ChangeNoticeTemplate", DONE),
    ("POST", "/units/{unit}/notice-templates/restoration", "RestoreNoticeTemplate", DONE),
    ("POST", "/notices/{notice}/retry", "RetryNotice", DONE),
)
