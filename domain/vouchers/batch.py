# SPDX-License-Identifier: Apache-2.0
"""The reimbursement batch: approved claims, fixed by a hash over the items before anybody pays (ruling 8.13)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate, Event
from domain.vouchers.events import ReimbursementBatchFrozen, ReimbursementBatchSettled
from domain.vouchers.values import FundingPart


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands."""

    number: str
    programme: UUID
    items: tuple[tuple[UUID, int], ...]
    total_fen: int
    funding: tuple[FundingPart, ...]
    digest: str
    state: Literal["frozen", "settled"] = "frozen"


@dataclass(frozen=True, slots=True)
class Item:
    """An approved claim that is to be paid."""

    redemption: UUID
    programme: UUID
    amount_fen: int
    funding: tuple[FundingPart, ...]


def digest_of(number: str, items: Sequence[tuple[UUID, int]]) -> str:
    """SHA-256 over the batch number and its items: one line an item, `id amount`, ended by a line feed."""
    lines = "".join(f"{redemption} {amount}\n" for redemption, amount in items)
    return hashlib.sha256(f"{number}\n{lines}".encode()).hexdigest()


def freeze(*, number: str, programme: UUID, items: Sequence[Item]) -> list[Event]:
    """Fix a batch. Its total and each funder's share are the sums of its items.

    Raises `vouchers.batch_empty`, `vouchers.batch_repeats_a_claim`, `vouchers.batch_of_several_programmes`.
    """
    rules = Rules()
    rules.require(bool(items), "vouchers.batch_empty", field="redemptions")
    claims = [item.redemption for item in items]
    rules.require(len(set(claims)) == len(claims), "vouchers.batch_repeats_a_claim", field="redemptions")
    one = all(item.programme == programme for item in items)
    rules.require(one, "vouchers.batch_of_several_programmes", field="redemptions")
    rules.enforce()
    pairs = tuple((item.redemption, item.amount_fen) for item in items)
    funding: dict[UUID, int] = {}
    for part in (part for item in items for part in item.funding):
        funding[part.funder] = funding.get(part.funder, 0) + part.amount_fen
    total = sum(amount for _, amount in pairs)
    assert total == sum(funding.values()), "a batch is the sum of its items and of its funders' shares"
    return [
        ReimbursementBatchFrozen(
            number=number,
            programme=programme,
            items=pairs,
            total_fen=total,
            funding=tuple(FundingPart(funder=funder, amount_fen=amount) for funder, amount in funding.items()),
            digest=digest_of(number, pairs),
        )
    ]


def settle(batch: Batch, *, paid_fen: int) -> list[Event]:
    """Every claim is paid or taken out. Raises `vouchers.batch_settled` for a second time."""
    if batch.state == "settled":
        raise refusal("vouchers.batch_settled", number=batch.number)
    assert paid_fen <= batch.total_fen, "no more is paid than was frozen"
    return [ReimbursementBatchSettled(paid_fen=paid_fen)]


def evolve(batch: Batch | None, event: Event) -> Batch:
    """The batch after one fact."""
    match event:
        case ReimbursementBatchFrozen():
            assert event.digest == digest_of(event.number, event.items), "a frozen batch has not been touched"
            return Batch(event.number, event.programme, event.items, event.total_fen, event.funding, event.digest)
        case ReimbursementBatchSettled():
            assert batch is not None, "settled before it was frozen"
            return replace(batch, state="settled")
    raise ValueError(event.TYPE)


BATCH = Aggregate("vouchers.Batch", evolve, (ReimbursementBatchFrozen, ReimbursementBatchSettled))
