# SPDX-License-Identifier: Apache-2.0
import hashlib
from typing import Any
from uuid import UUID

import pytest

from domain.vouchers import batch
from domain.vouchers.batch import BATCH, Item, digest_of
from domain.vouchers.events import ReimbursementBatchFrozen, ReimbursementBatchSettled
from tests.domain.given import Outcome, given
from tests.domain.vouchers import examples as e

NUMBER = "CXQ-2026-000001-B-000001"
FIRST = Item(UUID(int=1), e.PROGRAMME_ID, 101, e.parts(51, 50))
SECOND = Item(UUID(int=2), e.PROGRAMME_ID, 200, e.parts(100, 100))


def freeze(*items: Item) -> Outcome:
    return given(BATCH).when(batch.freeze, number=NUMBER, programme=e.PROGRAMME_ID, items=items)


def frozen(**changes: Any) -> ReimbursementBatchFrozen:  # noqa: ANN401 - any field of the event
    pairs = ((UUID(int=1), 101), (UUID(int=2), 200))
    return ReimbursementBatchFrozen.model_validate(
        {
            "number": NUMBER,
            "programme": e.PROGRAMME_ID,
            "items": pairs,
            "total_fen": 301,
            "funding": e.parts(151, 150),
            "digest": digest_of(NUMBER, pairs),
        }
        | changes
    )


def test_a_batch_is_the_sum_of_its_items_by_funder() -> None:
    freeze(FIRST, SECOND).then(frozen())


def test_a_batch_holds_each_claim_of_one_programme_once() -> None:
    freeze().then_refused("vouchers.batch_empty")
    freeze(FIRST, FIRST).then_refused("vouchers.batch_repeats_a_claim")
    freeze(Item(UUID(int=3), e.GRANT_ID, 2, e.parts(1, 1))).then_refused("vouchers.batch_of_several_programmes")


def test_the_digest_can_be_computed_by_anyone() -> None:
    text = f"{NUMBER}\n{UUID(int=1)} 101\n{UUID(int=2)} 200\n"
    assert frozen().digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_batch_that_was_touched_does_not_fold() -> None:
    with pytest.raises(AssertionError, match="not been touched"):
        BATCH.fold([frozen(items=((UUID(int=1), 102), (UUID(int=2), 200)))])


def test_a_batch_is_settled_once() -> None:
    given(BATCH, frozen()).when(batch.settle, paid_fen=301).then(ReimbursementBatchSettled(paid_fen=301))
    settled = given(BATCH, frozen(), ReimbursementBatchSettled(paid_fen=301))
    settled.when(batch.settle, paid_fen=301).then_refused("vouchers.batch_settled")
