# SPDX-License-Identifier: Apache-2.0
"""Reports: figures of a period, published with the position of the log that they follow from."""

from application.bus import Entry
from application.statistics.publish_report import PublishReport, publish_report
from application.statistics.withdraw_report import WithdrawReport, withdraw_report
from domain.kernel.actor import Role

ENTRIES: tuple[Entry, ...] = (
    Entry(PublishReport, publish_report, frozenset({Role.SERVICE_CENTRE})),
    Entry(WithdrawReport, withdraw_report, frozenset({Role.SERVICE_CENTRE})),
)
