# SPDX-License-Identifier: Apache-2.0
"""Drafts and decisions of the council on parameters and lists (JS 5.a, 7(1); CQ 6, 7; JS-5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.lifecycle import require_one_of
from domain.policy.checking import require_dates, require_sound
from domain.policy.events import (
    PolicyVersionApproved,
    PolicyVersionDrafted,
    PolicyVersionRepealed,
    PolicyVersionWithdrawn,
)

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy.decided import Decided
    from domain.policy.edition import Edition
    from domain.policy.values import ListEntry, ParameterValue
    from domain.policy.version import Version

APPROVAL = "policy.council_approval_required"


def draft(
    *,
    version: UUID,
    title: str,
    reason: str,
    values: tuple[ParameterValue, ...],
    entries: tuple[ListEntry, ...],
    drafted_by: str,
    edition: Edition,
) -> list[Event]:
    """Propose values and list entries; a draft has no effect (JS 7(1), CQ 7).

    `drafted_by` is the role of whoever proposes: the body that the regime names, or the system at an import.
    Raises `policy.not_a_drafter`, and for what cannot be decided what `checking.require_sound` notes.
    """
    drafters = edition.value("governance.drafters")
    rules = Rules()
    rules.require(
        drafted_by in (*drafters, "system"),
        "policy.not_a_drafter",
        citation=edition.citation("governance.drafters"),
        role=drafted_by,
        possible_role=", ".join(drafters),
    )
    require_sound(rules, edition, values, entries)
    rules.enforce()
    basis = edition.basis("governance.drafters", *_named(values, entries))
    return [
        PolicyVersionDrafted(version=version, title=title, reason=reason, values=values, entries=entries, basis=basis)
    ]


def approve(
    state: Decided,
    *,
    version: UUID,
    decision: str,
    decided_by: str,
    decided_on: date,
    effective_from: date,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Decide what was drafted; it holds from the local midnight of `effective_from`, never before today (JS-5.1).

    `edition` is that of the effective date: what has been decided meanwhile may stand against the draft.
    Raises `policy.wrong_state`, `policy.retroactive`, `policy.decided_in_future`, and what
    `checking.require_sound` notes.
    """
    known = _in_state(state, version, "approve_policy_version", "drafted")
    rules = Rules()
    cited = edition.citation(APPROVAL)
    require_dates(rules, decided_on=decided_on, effective_from=effective_from, today=today, citation=cited)
    require_sound(rules, edition, known.values, known.entries)
    rules.enforce()
    return [
        PolicyVersionApproved(
            version=version,
            title=known.title,
            decision=decision,
            decided_by=decided_by,
            decided_on=decided_on,
            effective_from=effective_from,
            values=known.values,
            entries=known.entries,
            basis=edition.basis(APPROVAL, *_named(known.values, known.entries)),
        )
    ]


def withdraw(state: Decided, *, version: UUID, reason: str) -> list[Event]:
    """Take a draft back. Raises `policy.wrong_state`."""
    _in_state(state, version, "withdraw_policy_version", "drafted")
    return [PolicyVersionWithdrawn(version=version, reason=reason)]


def repeal(  # noqa: PLR0913 - what a decision says stands in the event
    state: Decided,
    *,
    version: UUID,
    decision: str,
    decided_by: str,
    decided_on: date,
    effective_from: date,
    reason: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """End what was decided, from a day on that is not past; what it replaced holds again.

    Raises `policy.wrong_state`, `policy.retroactive`, `policy.decided_in_future`.
    """
    _in_state(state, version, "repeal_policy_version", "approved")
    rules = Rules()
    cited = edition.citation(APPROVAL)
    require_dates(rules, decided_on=decided_on, effective_from=effective_from, today=today, citation=cited)
    rules.enforce()
    return [
        PolicyVersionRepealed(
            version=version,
            decision=decision,
            decided_by=decided_by,
            decided_on=decided_on,
            effective_from=effective_from,
            reason=reason,
            basis=edition.basis(APPROVAL),
        )
    ]


def _named(values: tuple[ParameterValue, ...], entries: tuple[ListEntry, ...]) -> tuple[str, ...]:
    """The parameters concerned: the basis keeps what held before."""
    return tuple(dict.fromkeys([*(each.parameter for each in values), *(each.list for each in entries)]))


def _in_state(state: Decided, version: UUID, command: str, wanted: str) -> Version:
    known = state.version(version)
    found = known.state if known and not known.territory else "unknown"
    require_one_of((wanted,), "policy.wrong_state", state=found, command=command, field="version")
    assert known is not None, "what has a state is known"
    return known
