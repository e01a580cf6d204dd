# SPDX-License-Identifier: Apache-2.0
"""Reports: which months they may cover, and that they are withdrawn once."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.event import Event
from domain.statistics.events import FigureRow, ReportPublished, ReportWithdrawn
from domain.statistics.report import REPORT, Figures, Report, digest_of, publish, withdraw
from tests.domain.editions import JIANGSU

NOW = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
"""Half past midnight on 1 April in Shanghai."""
ROW = FigureRow(unit=UUID(int=1), month=date(2026, 3, 1), figures={"used_minutes": 90})
FIGURES = Figures(position=17, rows=(ROW,))


def published(**changes: Any) -> list[Event]:  # noqa: ANN401 - any argument
    stated: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 3, 1), "as_of": NOW, "figures": FIGURES}
    return publish(number="BG-2026-000001", kind="utilisation", edition=JIANGSU, **(stated | changes))


def state() -> Report:
    found = REPORT.fold(published())
    assert found is not None
    return found


def test_it_keeps_its_position_and_the_digest_of_its_rows() -> None:
    event = published()[0]
    assert isinstance(event, ReportPublished)
    assert (event.position, event.rows, event.digest) == (17, (ROW,), digest_of([ROW]))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"first": date(2026, 1, 2)}, "statistics.not_a_month"),
        ({"first": date(2026, 4, 1)}, "statistics.months_out_of_order"),
        ({"first": date(2021, 3, 1)}, "statistics.too_many_months"),
        ({"last": date(2026, 5, 1)}, "statistics.month_in_the_future"),
    ],
)
def test_months_that_cannot_be_reported(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        published(**changes)
    assert refused.value.codes == (code,)


@pytest.mark.parametrize("changes", [{"first": date(2021, 4, 1)}, {"last": date(2026, 4, 1)}])
def test_sixty_months_and_the_month_just_begun_in_shanghai(changes: dict[str, Any]) -> None:
    assert published(**changes)


def test_another_row_has_another_digest() -> None:
    other = ROW.model_copy(update={"figures": {"used_minutes": 91}})
    assert digest_of([other]) != digest_of([ROW])


def test_it_is_withdrawn_once() -> None:
    withdrawn = withdraw(state(), reason="更正", replaced_by="BG-2026-000002")
    assert withdrawn == [ReportWithdrawn(reason="更正", replaced_by="BG-2026-000002")]
    with pytest.raises(DomainError) as refused:
        withdraw(REPORT.evolve(state(), withdrawn[0]), reason="更正", replaced_by=None)
    assert refused.value.codes == ("statistics.already_withdrawn",)
