# SPDX-License-Identifier: Apache-2.0
"""Who lapsed by disuse and is trained anew may book again: disuse counts from the training."""

from __future__ import annotations

from datetime import date, timedelta

from domain.kernel.house_rules import HouseRules, TrainingRule
from domain.parties.events import UserQualified
from tests.application.reservations.province import Province, at
from tests.application.standing.town import conduct, publish, used

FIRST_ON, TRAINED_ON, HALF_A_YEAR = date(2026, 3, 1), date(2026, 10, 1), timedelta(days=200)


def test_a_training_after_the_last_use_counts(province: Province) -> None:
    publish(province, HouseRules(training=TrainingRule(lapse_months=6)))
    first = UserQualified(resource=province.resource, valid_from=FIRST_ON, valid_until=date(2026, 3, 31))
    province.add(province.staff, first)
    used(province, at(9), at(11))
    assert conduct(province, at(16)).last_used == at(11)
    again = UserQualified(resource=province.resource, valid_from=TRAINED_ON, valid_until=date(2027, 9, 30))
    province.add(province.staff, again)
    before, after = (conduct(province, at(16) + later) for later in (HALF_A_YEAR, timedelta(days=230)))
    assert (before.qualified, before.last_used) == (False, at(11))
    assert (after.qualified, after.last_used) == (True, None)
