# SPDX-License-Identifier: Apache-2.0
"""The addresses of the commands, one file for each room. Names in braces are fields of the command."""

from api.http.addresses import (
    billing,
    calendars,
    contracts,
    governance,
    network,
    notices,
    parties,
    policy,
    purchasing,
    reservations,
    resources,
    samples,
    standing,
    statistics,
    vouchers,
)
from api.http.addresses.row import Row

TABLE: tuple[Row, ...] = (
    # The busiest stand first: a request is matched from the top.
    *reservations.TABLE,
    *contracts.TABLE,
    *billing.TABLE,
    *vouchers.TABLE,
    *standing.TABLE,
    *samples.TABLE,
    *resources.TABLE,
    *parties.TABLE,
    *purchasing.TABLE,
    *network.TABLE,
    *policy.TABLE,
    *governance.TABLE,
    *statistics.TABLE,
    *notices.TABLE,
    *calendars.TABLE,
)
