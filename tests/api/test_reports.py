# SPDX-License-Identifier: Apache-2.0
"""Reports through the API: the centre publishes, anybody reads, the auditor proves."""

from typing import Any

import pytest

from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, at

MARCH = {"kind": "utilisation", "first": "2026-03-01", "last": "2026-03-01"}


def publish(desk: Desk) -> dict[str, Any]:
    """In the evening of a day on which the instrument was open."""
    desk.platform.clock.now = at(3, 18)  # type: ignore[attr-defined]
    desk.project()
    answer = desk.send("/reports", MARCH, desk.bearer(Role.SERVICE_CENTRE))
    assert answer.status_code == 201, answer.text
    desk.project()
    document: dict[str, Any] = answer.json()
    return document


def test_anybody_reads_a_report_and_its_figures(desk: Desk, province: Province) -> None:
    made = publish(desk)
    [listed] = desk.read("/reports", jurisdiction=desk.name).json()["items"]
    assert listed["number"] == made["data"]["number"] == "BG-2026-000001"
    shown = desk.read(f"/reports/{made['id']}", jurisdiction=desk.name).json()
    assert [row["unit"] for row in shown["rows"]] == [str(province.unit)]
    assert shown["log_position"] == made["data"]["position"]


def test_the_auditor_proves_it_and_others_are_refused(desk: Desk, province: Province) -> None:
    path = f"/reports/{publish(desk)['id']}/verification"
    proven = desk.read(path, desk.bearer(Role.AUDITOR)).json()
    assert (proven["agrees"], proven["differing"]) == (True, [])
    assert desk.read(path, desk.customer(province)).status_code == 403


def test_what_is_no_report_has_no_proof(desk: Desk, province: Province) -> None:
    auditor = desk.bearer(Role.AUDITOR)
    assert desk.read(f"/reports/{province.unit}/verification", auditor).status_code == 404
    assert desk.read(f"/reports/{province.unit}", jurisdiction=desk.name).status_code == 404


@pytest.mark.usefixtures("province")
def test_a_withdrawn_report_stays_readable_with_the_reason(desk: Desk) -> None:
    made = publish(desk)
    centre = desk.bearer(Role.SERVICE_CENTRE)
    path = f"/reports/{made['id']}/withdrawal"
    assert desk.send(path, {"reason": "更正后重发"}, centre).status_code == 200
    desk.project()
    assert desk.read(f"/reports/{made['id']}", jurisdiction=desk.name).json()["withdrawn"]["reason"] == "更正后重发"
    again = desk.send(path, {"reason": "再次"}, centre)
    assert again.status_code == 422
    assert again.json()["code"] == "statistics.already_withdrawn"


@pytest.mark.usefixtures("province")
def test_months_to_come_are_refused_in_words(desk: Desk) -> None:
    wrong = desk.send("/reports", MARCH | {"last": "2026-04-01"}, desk.bearer(Role.SERVICE_CENTRE))
    assert wrong.json()["code"] == "statistics.month_in_the_future"


def test_what_is_claimed_to_be_exempt_counts_for_nobody_outside(desk: Desk, province: Province) -> None:
    """Though it was open for a day before the claim."""
    desk.platform.clock.now = at(3, 17)  # type: ignore[attr-defined]
    claim = {"ground": "secrecy", "reason": "涉密", "review_on": "2027-01-01"}
    path = f"/instruments/{province.instrument}/exemption"
    assert desk.send(path, claim, desk.manager(province)).status_code == 200
    made = publish(desk)
    assert desk.read(f"/reports/{made['id']}", jurisdiction=desk.name).json()["rows"] == []
    proven = desk.read(f"/reports/{made['id']}/verification", desk.bearer(Role.AUDITOR)).json()
    assert proven["agrees"] is True
    months = {"by": "instrument", "from": "2026-03", "to": "2026-03"}
    for role, rows in ((Role.THIRD_PARTY_INSTITUTION, 0), (Role.FINANCE_DEPARTMENT, 0), (Role.SERVICE_CENTRE, 1)):
        found = desk.read("/utilisation", desk.bearer(role), **months)
        assert len(found.json()["items"]) == rows, role
