# SPDX-License-Identifier: Apache-2.0
"""Measures of territories of their own: on what the regime declares local, and nothing else (JS 32.b; JS-32.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.lifecycle import require_one_of
from domain.policy.checking import require_dates, require_local, require_sound
from domain.policy.events import LocalMeasuresAdopted, LocalMeasuresRepealed

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy.decided import Decided
    from domain.policy.edition import Edition
    from domain.policy.values import ParameterValue

GOVERNMENT = "city_government"
"""The kind of a legal person that governs a territory."""


def adopt(  # noqa: PLR0913 - what the measures say stands in the event
    *,
    measures: UUID,
    legal_person: UUID,
    government: str,
    territory: str,
    title: str,
    document_number: str,
    decided_by: str,
    decided_on: date,
    effective_from: date,
    values: tuple[ParameterValue, ...],
    edition: Edition,
    today: date,
) -> list[Event]:
    """Override local parameters in one territory, from a day on that is not past.

    `government` is the kind of the legal person that decides. Raises `policy.not_a_government`, `policy.not_local`,
    `policy.retroactive`, `policy.decided_in_future`, and what `checking.require_sound` notes.
    """
    rules = Rules()
    rules.require(government == GOVERNMENT, "policy.not_a_government", field="legal_person", kind=government)
    require_local(rules, edition, values)
    local = tuple(each for each in values if each.parameter not in {broken.field for broken in rules.broken})
    if local or not values:
        require_sound(rules, edition, local)
    require_dates(rules, decided_on=decided_on, effective_from=effective_from, today=today)
    rules.enforce()
    return [
        LocalMeasuresAdopted(
            measures=measures,
            legal_person=legal_person,
            territory=territory,
            title=title,
            document_number=document_number,
            decided_by=decided_by,
            decided_on=decided_on,
            effective_from=effective_from,
            values=values,
            basis=edition.basis(*(each.parameter for each in values)),
        )
    ]


def repeal(
    state: Decided,
    *,
    measures: UUID,
    document_number: str,
    decided_by: str,
    decided_on: date,
    effective_from: date,
    reason: str,
    today: date,
) -> list[Event]:
    """End a territory's own measures. Raises `policy.wrong_state`, `policy.retroactive`, `policy.decided_in_future`."""
    known = state.version(measures)
    found = known.state if known and known.territory else "unknown"
    require_one_of(("approved",), "policy.wrong_state", state=found, command="repeal_local_measures", field="measures")
    rules = Rules()
    require_dates(rules, decided_on=decided_on, effective_from=effective_from, today=today)
    rules.enforce()
    return [
        LocalMeasuresRepealed(
            measures=measures,
            document_number=document_number,
            decided_by=decided_by,
            decided_on=decided_on,
            effective_from=effective_from,
            reason=reason,
        )
    ]
