# SPDX-License-Identifier: Apache-2.0
"""Use cases of a user's standing with a unit (rulings 8.16 to 8.18)."""

from application.bus import Entry
from application.standing.give_tag import GiveTag, give_tag
from application.standing.keeping import STAFF
from application.standing.take_tag import TakeTag, take_tag

ENTRIES: tuple[Entry, ...] = (
    Entry(GiveTag, give_tag, STAFF),
    Entry(TakeTag, take_tag, STAFF),
)
