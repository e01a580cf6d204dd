# SPDX-License-Identifier: Apache-2.0
"""Using and settling a call-off: what may be begun under it, and what goes back to its framework (JS 18, A32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.contracts.call_off import require_placed
from domain.contracts.call_off_events import CallOffSettled, CallOffUsed
from domain.kernel.errors import Rules, refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.contracts.call_off import CallOff
    from domain.contracts.state import Contract
    from domain.kernel.event import Event
    from domain.policy import Edition


@dataclass(frozen=True, slots=True)
class Use:
    """A use that begins: its reservation, resource and local day, what is reserved and what is quoted for it."""

    reservation: UUID
    resource: UUID
    on: date
    minutes: int
    samples: int
    quoted_fen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a use: whether it is over and its order closed, and what was charged in fen."""

    reservation: UUID
    closed: bool
    charged_fen: int


def use(call_off: CallOff, begun: Use, *, edition: Edition) -> list[Event]:
    """Begin a use under a call-off: its instrument, period and reservation, within the quantity and amount left.

    Raises `DomainError` with every broken rule: for something else, outside the period, more than was ordered.
    """
    require_placed(call_off, "use_call_off")
    rules, citation = Rules(), edition.citation("contract.mandatory")
    rules.require(
        begun.resource == call_off.resource and call_off.reservation in (None, begun.reservation),
        "contracts.call_off_for_something_else",
        citation=citation,
        field="call_off_id",
        number=call_off.number,
    )
    rules.require(
        call_off.valid_from <= begun.on <= call_off.valid_until,
        "contracts.call_off_not_valid",
        citation=citation,
        field="call_off_id",
        valid_from=call_off.valid_from.isoformat(),
        valid_until=call_off.valid_until.isoformat(),
    )
    for unit, asked, ordered in (
        ("minutes", begun.minutes, call_off.minutes),
        ("samples", begun.samples, call_off.samples),
        ("fen", begun.quoted_fen, call_off.ceiling_fen),
    ):
        taken = sum(getattr(each, "quoted_fen" if unit == "fen" else unit) for each in call_off.uses)
        rules.require(
            ordered is None or taken + asked <= ordered,
            "contracts.call_off_used_up",
            citation=citation,
            field="call_off_id",
            quantity=unit,
            left=max((ordered or 0) - taken, 0),
            asked=asked,
        )
    rules.enforce()
    return [
        CallOffUsed(
            reservation=begun.reservation,
            minutes=begun.minutes,
            samples=begun.samples,
            quoted_fen=begun.quoted_fen,
            basis=edition.basis("contract.mandatory"),
        )
    ]


def settle(call_off: CallOff, contract: Contract, outcomes: list[Outcome], *, left_fen: int | None) -> list[Event]:
    """Settle a call-off all of whose uses are over and paid; what it held too much goes back to the framework.

    What was charged beyond its ceiling is drawn from what the framework still leaves (`left_fen`).
    Raises `contracts.call_off_never_used`, `contracts.call_off_open`, `contracts.call_off_beyond_ceiling`.
    """
    require_placed(call_off, "settle_call_off")
    if not call_off.uses:
        raise refusal("contracts.call_off_never_used", number=call_off.number)
    rules = Rules()
    for outcome in outcomes:
        rules.require(outcome.closed, "contracts.call_off_open", reservation=str(outcome.reservation))
    used = sum(outcome.charged_fen for outcome in outcomes)
    beyond = max(used - call_off.ceiling_fen, 0)
    rules.require(
        left_fen is None or beyond <= left_fen,
        "contracts.call_off_beyond_ceiling",
        field="call_off_id",
        asked_fen=beyond,
        left_fen=left_fen or 0,
    )
    rules.enforce()
    return [
        CallOffSettled(
            contract=call_off.contract,
            ceiling_fen=call_off.ceiling_fen,
            used_fen=used,
            framework_ceiling_fen=contract.terms.ceiling_fen,
        )
    ]
