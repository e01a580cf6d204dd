# SPDX-License-Identifier: Apache-2.0
"""Every command of the system: what handles it and which roles may issue it."""

from application.billing import ENTRIES as BILLING
from application.bus import Entry
from application.calendars import ENTRIES as CALENDARS
from application.contracts import ENTRIES as CONTRACTS
from application.governance import ENTRIES as GOVERNANCE
from application.network import ENTRIES as NETWORK
from application.notices import ENTRIES as NOTICES
from application.parties import ENTRIES as PARTIES
from application.policy import ENTRIES as POLICY
from application.purchasing import ENTRIES as PURCHASING
from application.reservations import ENTRIES as RESERVATIONS
from application.resources import ENTRIES as RESOURCES
from application.samples import ENTRIES as SAMPLES
from application.standing import ENTRIES as STANDING
from application.statistics import ENTRIES as STATISTICS
from application.vouchers import ENTRIES as VOUCHERS

ENTRIES: tuple[Entry, ...] = (
    *PARTIES,
    *RESOURCES,
    *RESERVATIONS,
    *STANDING,
    *SAMPLES,
    *CONTRACTS,
    *BILLING,
    *VOUCHERS,
    *POLICY,
    *GOVERNANCE,
    *PURCHASING,
    *NETWORK,
    *STATISTICS,
    *NOTICES,
    *CALENDARS,
)
