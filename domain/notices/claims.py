# SPDX-License-Identifier: Apache-2.0
"""Notices hold nothing that another could want."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(_stream: UUID, _event: Event) -> list[Claim]:
    """Nothing is claimed."""
    return []
