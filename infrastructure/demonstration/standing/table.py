# SPDX-License-Identifier: Apache-2.0
"""Everything in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.demonstration.standing.governance import deadlines, governance
from infrastructure.demonstration.standing.network import network, purchasing
from infrastructure.demonstration.standing.registry import registry

if TYPE_CHECKING:
    from infrastructure.demonstration.standing.view import View

SECTIONS = (governance, registry, purchasing, network, deadlines)


def standing_table(view: View, title: str) -> Table:
    """Each section's lines, what and how many."""
    table = Table(title=f"{title} · 治理与登记 governance and registry ({AFTERMATH})", title_justify="left")
    table.add_column("事项 what")
    table.add_column("现状 standing", overflow="fold")
    for section in SECTIONS:
        for line in section(view):
            table.add_row(*line)
        table.add_section()
    return table
