# SPDX-License-Identifier: Apache-2.0
"""Decisions of the authority on what the regulations leave open (JS 5, CQ 6)."""

from application.bus import Entry

ENTRIES: tuple[Entry, ...] = ()
