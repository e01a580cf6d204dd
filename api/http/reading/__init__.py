# SPDX-License-Identifier: Apache-2.0
"""What can be read, one file a room, and all of it on one page here."""

from api.http.reading import (
    billing,
    commands,
    contracts,
    events,
    figures,
    instruments,
    me,
    parties,
    purchasing,
    refusals,
    reports,
    reservations,
    streams,
    vouchers,
)
from api.http.reading.line import Read

READS: tuple[Read, ...] = (
    *instruments.READS,
    *reservations.READS,
    *contracts.READS,
    *billing.READS,
    *vouchers.READS,
    *figures.READS,
    *purchasing.READS,
    *parties.READS,
    *events.READS,
    *streams.READS,
    *commands.READS,
    *me.READS,
    *refusals.READS,
    *reports.READS,
)
