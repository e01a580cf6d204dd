# SPDX-License-Identifier: Apache-2.0
"""What the events of this room claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.numbers import claim_of_number
from domain.statistics.events import ReportPublished

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(_stream: UUID, event: Event) -> list[Claim]:
    """A report takes the next number of its series."""
    return [claim_of_number(event.number)] if isinstance(event, ReportPublished) else []
