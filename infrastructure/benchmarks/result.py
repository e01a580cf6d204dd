# SPDX-License-Identifier: Apache-2.0
"""What a benchmark measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

PERCENT = 100


class BenchFailed(Exception):
    """The benchmark cannot be run; nothing was measured. The message says what to do."""


@dataclass
class Slice:
    """What one contestant did in one short span of time. Latencies in milliseconds; conflicts and errors apart."""

    seconds: float
    latencies_ms: list[float] = field(default_factory=list)
    conflicts: int = 0
    errors: int = 0

    @property
    def per_second(self) -> float:
        """Successes a second."""
        return len(self.latencies_ms) / self.seconds


@dataclass
class Measured:
    """All slices of one contestant."""

    slices: list[Slice] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Successes a second over all slices."""
        seconds = sum(part.seconds for part in self.slices)
        return sum(len(part.latencies_ms) for part in self.slices) / seconds if seconds else 0.0

    def percentile(self, percent: int) -> float:
        """The latency below which `percent` of the successes lie, in milliseconds."""
        ordered = sorted(latency for part in self.slices for latency in part.latencies_ms)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // PERCENT)] if ordered else 0.0

    def total(self, what: str) -> int:
        """How many conflicts or errors."""
        return sum(getattr(part, what) for part in self.slices)

    def ratio_to(self, other: Measured) -> float:
        """Ours divided by theirs: the median over slices side by side, so that the machine's noise falls on both."""
        pairs = zip(self.slices, other.slices, strict=True)
        return median(mine.per_second / theirs.per_second if theirs.per_second else 0.0 for mine, theirs in pairs)


@dataclass(frozen=True)
class BenchResult:
    """One benchmark: our throughput and latency, and how it compares."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    against: dict[str, float]
    settings: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "name": self.name,
            "per_second": round(self.per_second, 1),
            "p50_ms": round(self.p50_ms, 3),
            "p99_ms": round(self.p99_ms, 3),
            "against": {name: round(ratio, 3) for name, ratio in self.against.items()},
            "settings": self.settings,
        }


def result_of(name: str, ours: str, measured: dict[str, Measured], settings: dict[str, Any]) -> BenchResult:
    """The document of a run in which `ours` met the others."""
    mine = measured[ours]
    others = {label: item for label, item in measured.items() if label != ours}
    counts = {
        f"{label}: {what}": item.total(what) for label, item in measured.items() for what in ("conflicts", "errors")
    }
    rates = {f"{label}: per second": round(item.per_second, 1) for label, item in others.items()}
    return BenchResult(
        name=name,
        per_second=mine.per_second,
        p50_ms=mine.percentile(50),
        p99_ms=mine.percentile(99),
        against={label: mine.ratio_to(item) for label, item in others.items()},
        settings=settings | rates | counts,
    )
