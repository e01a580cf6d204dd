# SPDX-License-Identifier: Apache-2.0
"""Drafts and decisions for the tests of this room and of conformance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.policy import versions
from domain.policy.decided import DECIDED, Decided
from domain.policy.values import ListEntry, ParameterValue

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.policy.values import Stated

VERSION = UUID("01900000-0000-7000-8000-00000000d001")
NUMBER = "苏科统理〔2020〕3号"
COUNCIL = "统筹服务理事会"
TODAY = date(2020, 12, 15)
NEW_YEAR = date(2021, 1, 1)


def drafted(edition: Edition, *entries: ListEntry, version: UUID = VERSION, **values: Stated | None) -> list[Event]:
    """A draft; parameters are named with two underscores for the dot: fee__max_margin="0.10"."""
    drafter = edition.value("governance.drafters")[0]
    stated = tuple(ParameterValue(parameter=name.replace("__", "."), value=value) for name, value in values.items())
    return versions.draft(
        version=version,
        title="参数",
        reason="条文授权",
        values=stated,
        entries=entries,
        drafted_by=drafter,
        edition=edition,
    )


def decided(
    edition: Edition,
    *entries: ListEntry,
    version: UUID = VERSION,
    number: str = NUMBER,
    effective_from: date = NEW_YEAR,
    today: date = TODAY,
    past: Decided | None = None,
    **values: Stated | None,
) -> Decided:
    """What is decided once the council has approved such a draft on `today`."""
    state = DECIDED.fold(drafted(edition, *entries, version=version, **values), past)
    assert state is not None
    approved = versions.approve(
        state,
        version=version,
        decision=number,
        decided_by=COUNCIL,
        decided_on=today,
        effective_from=effective_from,
        edition=state.completing(edition, effective_from),
        today=today,
    )
    after = DECIDED.fold(approved, state)
    assert after is not None
    return after


def entry(in_list: str, code: str, under: str = "") -> ListEntry:
    """A new entry of a list."""
    return ListEntry(list=in_list, code=code, name_zh="新增", name_en="added", under=under)
