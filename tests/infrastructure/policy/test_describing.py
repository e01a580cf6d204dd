# SPDX-License-Identifier: Apache-2.0
"""What is shown of a parameter."""

from datetime import date

from infrastructure.policy.describing import parameter
from tests.domain.editions import JIANGSU
from tests.domain.policy.decisions import NUMBER, decided
from tests.domain.policy.test_decided import SECOND


def test_a_parameter_names_the_decision_in_force_and_none_that_it_replaced() -> None:
    first = decided(JIANGSU, fee__max_margin="0.10", number="2")
    day = date(2021, 3, 1)
    both = decided(JIANGSU, version=SECOND, number=NUMBER, fee__max_margin="0.05", effective_from=day, past=first)
    shown = parameter(both.completing(JIANGSU, day).parameter("fee.max_margin"))
    assert [decision["reference"] for decision in shown["decisions"]] == [NUMBER]
