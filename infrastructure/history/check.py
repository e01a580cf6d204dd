# SPDX-License-Identifier: Apache-2.0
"""The outcome of proving one thing."""

from dataclasses import dataclass, field
from typing import Any

SHOWN = 50


@dataclass
class Check:
    """One thing proven: how many items were looked at, and what is wrong."""

    count: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """As the JSON document shows it."""
        return {"ok": self.ok, "count": self.count, "problems": self.problems[:SHOWN]}
