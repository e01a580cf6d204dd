# SPDX-License-Identifier: Apache-2.0
"""The data standards that submissions are checked against are documents of governance (JS 6, 7(1), 8(2); CQ 6, 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.document import DOCUMENT
from domain.resources.records import Standard

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from application.work import Work


def standard_on(work: Work, document: UUID, day: date) -> Standard:
    """The document as it stands on a day, by its version in force then. Raises `NotFound`.

    The commit proves that it was not repealed meanwhile.
    """
    state = work.load(DOCUMENT, document).state
    version = state.in_force_on(day)
    if version is None:
        return Standard(document, state.kind, state.title_zh)
    return Standard(
        document=document,
        kind=state.kind,
        title=version.title_zh,
        version=version.number,
        decision=version.decision,
        decision_reference=version.decision_reference,
    )
