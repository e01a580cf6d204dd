# SPDX-License-Identifier: Apache-2.0
"""The tests themselves. Each one is a use of the instrument like any other; here stands what it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.time import Span
from domain.samples.events import SampleTestRecorded
from domain.samples.order import require_state

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.samples.order import SampleOrder


def require_testable(order: SampleOrder, *, succeeded: int, failed: int, span: Span) -> None:
    """Whether that many results are possible: each sample succeeds once at most; a failed one may be tried again.

    The same time is never told twice: it would be charged twice. What ran at once is one test of several samples.
    Raises `samples.wrong_state`, `samples.nothing_tested`, `samples.more_than_received`, `samples.tested_then`.
    """
    require_state(order, "record_test", "received")
    assert order.received is not None, "received samples were counted"
    rules, left = Rules(), order.received.count - order.succeeded
    rules.require(succeeded + failed > 0, "samples.nothing_tested", field="succeeded")
    rules.require(
        succeeded + failed <= left,
        "samples.more_than_received",
        field="succeeded",
        left=left,
        stated=succeeded + failed,
    )
    same = next((each for each in order.tests if (each.started_at, each.ended_at) == (span.start, span.end)), None)
    rules.require(
        same is None,
        "samples.tested_then",
        field="span",
        start=span.start.isoformat(),
        end=span.end.isoformat(),
        reservation=str(same.reservation) if same else "",
    )
    rules.enforce()


def record(order: SampleOrder, test: SampleTestRecorded) -> list[Event]:
    """Note a test; the `last` one ends testing."""
    span = Span(start=test.started_at, end=test.ended_at)
    require_testable(order, succeeded=test.succeeded, failed=test.failed, span=span)
    return [test]
