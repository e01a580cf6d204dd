# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of calendar feeds."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/calendar-feeds", "IssueCalendarToken", NEW),
    ("POST", "/calendar-feeds/{feed}/revocation", "RevokeCalendarToken", DONE),
)
