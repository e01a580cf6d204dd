# SPDX-License-Identifier: Apache-2.0
"""What falls due, on a terminal."""

from tests.cli.conftest import Tongchou


def test_an_empty_jurisdiction_has_no_deadlines(tongchou: Tongchou, home: str) -> None:
    ran = tongchou("deadlines", "--jurisdiction", home, "--json")
    assert ran.code == 0
    assert ran.document["deadlines"] == {home: []}
    shown = tongchou("deadlines", "--jurisdiction", home, "--days", "30", "--kind", "office_task")
    assert f"{home}: 0 due by" in shown.out
    assert ", 0 over" in shown.out


def test_days_are_a_number_that_can_be(tongchou: Tongchou, home: str) -> None:
    assert tongchou("deadlines", "--jurisdiction", home, "--days", "-1").code == 2
