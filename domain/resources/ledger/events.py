# SPDX-License-Identifier: Apache-2.0
"""What happens to a unit's fixed-asset ledger: one stream for each unit, so that nobody chooses what to compare.

An import states its day and source once and what it changed beside the former import in batches: every ledger that
was ever imported can be told from the log.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.resources.ledger.line import AssetLine

BATCH = 500
"""Lines in one event: some 200 KB at most, whatever the ledger's length."""


class AssetLedgerImported(Event):
    """The ledger of a unit as it stood at the end of a day (ruling 8.24).

    `source_digest` is the SHA-256 of the file. `lines` counts the assets the ledger lists from now on. `unread` counts
    lines of the file that nobody could read: assets known from before stand as they did. `removals_withheld` says that
    lines without a legible number kept assets that the file does not show from being counted as gone.
    """

    TYPE: ClassVar[str] = "resources.AssetLedgerImported"

    unit: UUID
    legal_person: UUID
    as_of: date
    source_name: str
    source_digest: str
    lines: int
    total_value_fen: Fen
    added: int
    changed: int
    removed: int
    unread: int
    removals_withheld: bool


class AssetLinesAdded(Event):
    """Assets that the former ledger did not have."""

    TYPE: ClassVar[str] = "resources.AssetLinesAdded"

    unit: UUID
    as_of: date
    lines: tuple[AssetLine, ...]


class AssetLinesChanged(Event):
    """Assets of which the ledger says something else than before; each line is whole."""

    TYPE: ClassVar[str] = "resources.AssetLinesChanged"

    unit: UUID
    as_of: date
    lines: tuple[AssetLine, ...]


class AssetLinesRemoved(Event):
    """Assets that the ledger has no longer. It does not say why."""

    TYPE: ClassVar[str] = "resources.AssetLinesRemoved"

    unit: UUID
    as_of: date
    asset_numbers: tuple[str, ...]
