# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of statistics."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/reports", "PublishReport", NEW),
    ("POST", "/reports/{report_id}/withdrawal", "WithdrawReport", DONE),
)
