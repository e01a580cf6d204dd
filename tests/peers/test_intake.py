# SPDX-License-Identifier: Apache-2.0
"""A day's intake of samples is one counter: orders taken on by two processes at the same moment never pass it."""

from datetime import date

from application.samples.accept_samples import AcceptSamples
from application.samples.apply_for_test import ApplyForTest
from infrastructure.bootstrap import Platform
from tests.application.reservations.house import publish
from tests.application.reservations.province import Province
from tests.peers.racing import DONE, Errand, race
from tests.peers.test_balances import drawn

DAY = date(2026, 3, 9)
CAP, EACH, ORDERS = 10, 2, 8


def test_orders_accepted_in_two_processes_never_pass_the_daily_intake(province: Province, platform: Platform) -> None:
    publish(province, daily_sample_intake=CAP)
    application = ApplyForTest(
        resource_id=province.resource,
        purpose="scientific_research",
        sample_count=EACH,
        description="合金粉末",
        return_wanted=False,
        no_state_secrets=True,
    )
    applied = [province.do(application, province.customer).id for _ in range(ORDERS)]
    errands = [Errand(AcceptSamples(order_id=each, intake_day=DAY), province.manager) for each in applied]
    told = [each for row in race(platform, [errands[::2], errands[1::2]]) for each in row]
    assert told.count(DONE) == CAP // EACH, told
    assert set(told) == {DONE, "samples.day_full"}
    assert drawn(province, "samples.intake:%") == [(CAP, CAP)]
