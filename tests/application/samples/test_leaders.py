# SPDX-License-Identifier: Apache-2.0
"""A leader's approval of samples on the real database: in time, or as declared for nobody's decision."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from application.samples.apply_for_test import ApplyForTest
from application.samples.approve_samples import ApproveSamples
from application.samples.refuse_samples import RefuseSamples
from domain.kernel.errors import DomainError
from tests.application.reservations.lab import Lab, publish, tick
from tests.application.reservations.province import Province, at, province

if TYPE_CHECKING:
    from datetime import datetime

    from application.command import Result

__all__ = ["province"]
APPLIED = at(12, day=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def lab(province: Province) -> Lab:
    return Lab(province)


def apply(lab: Lab, **changes: Any) -> Result:  # noqa: ANN401 - any field
    facts = {
        "resource_id": lab.province.resource,
        "purpose": "scientific_research",
        "sample_count": 2,
        "description": "合金粉末",
        "return_wanted": False,
        "no_state_secrets": True,
        "group_id": lab.group,
        **changes,
    }
    return lab.province.do(ApplyForTest(**facts), lab.member, APPLIED)


TERMS = [
    ({"limit_hours": 48, "on_time_out": "reject"}, {}, 48, "refused"),
    ({"limit_hours": 48, "on_time_out": "approve"}, {}, 48, "applied"),
    ({}, {"limit_hours": 24, "on_time_out": "approve"}, 24, "applied"),
    ({"limit_hours": 48, "on_time_out": "approve"}, {"limit_hours": 24, "on_time_out": "reject"}, 24, "refused"),
    ({"limit_hours": 24, "on_time_out": "reject"}, {"limit_hours": 48, "on_time_out": "approve"}, 24, "refused"),
]
"""What the unit published, what the leader demands, after how many hours it is over, and what then comes."""


@pytest.mark.parametrize(("published", "demanded", "hours", "state"), TERMS)
def test_the_declared_outcome_comes_by_itself_at_the_stricter_terms(
    lab: Lab, published: dict[str, Any], demanded: dict[str, Any], hours: int, state: str
) -> None:
    if published:
        publish(lab.province, approval=[{"approver": "group_leader", **published}])
    if demanded:
        lab.demand(**demanded)
    order, due = apply(lab), APPLIED + timedelta(hours=hours)
    assert order.data["approval_due_at"] == due.isoformat()
    assert tick(lab.province, due - SECOND) == 0
    assert lab.province.state(order.id).state == "waiting_for_leader"
    assert tick(lab.province, due + timedelta(days=3)) == 1
    assert tick(lab.province, due + timedelta(days=3)) == 0
    assert lab.province.state(order.id).state == state
    last = "SampleOrderApproved" if state == "applied" else "SampleOrderRefused"
    assert lab.province.types(order.id) == ["SampleOrderApplied", "SampleApprovalAsked", "SampleApprovalTimedOut", last]


@pytest.mark.parametrize(("late", "accepted"), [(-SECOND, True), (timedelta(0), False)])
def test_from_the_due_time_on_the_leader_comes_too_late(
    lab: Lab,
    late: timedelta,
    accepted: bool,  # noqa: FBT001
) -> None:
    lab.demand(limit_hours=24)
    order = apply(lab)
    now = APPLIED + timedelta(hours=24) + late
    if accepted:
        assert _approve(lab, order, now).data["state"] == "applied"
        return
    for decide in (_approve, _refuse):
        with pytest.raises(DomainError) as refused:
            decide(lab, order, now)
        assert refused.value.codes == ("samples.approval_timed_out",)


def test_without_a_limit_it_waits(lab: Lab) -> None:
    publish(lab.province, approval=[{"approver": "group_leader"}])
    order = apply(lab)
    assert (order.data["state"], order.data["approval_due_at"]) == ("waiting_for_leader", None)
    assert tick(lab.province, APPLIED + timedelta(days=60)) == 0
    with pytest.raises(DomainError) as refused:
        apply(lab, group_id=None)
    assert "samples.group_needed" in refused.value.codes


def _approve(lab: Lab, order: Result, now: datetime) -> Result:
    return lab.province.do(ApproveSamples(order_id=order.id), lab.leader, now)


def _refuse(lab: Lab, order: Result, now: datetime) -> Result:
    refusal = RefuseSamples(order_id=order.id, ground="not_approved", reason="经费不足")
    return lab.province.do(refusal, lab.leader, now)
