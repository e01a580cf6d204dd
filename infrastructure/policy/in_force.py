# SPDX-License-Identifier: Apache-2.0
"""The port `Policy`: the regime of a jurisdiction and the working-day calendar now in use."""

from dataclasses import dataclass
from datetime import date

from domain.policy import Edition, Regime
from domain.policy.working_days import WorkingDays


@dataclass(frozen=True)
class PolicyInForce:
    """What decisions are judged by."""

    regime: Regime
    calendar: WorkingDays

    def on(self, business_date: date) -> Edition:
        """The edition in force on a business date."""
        return self.regime.on(business_date)
