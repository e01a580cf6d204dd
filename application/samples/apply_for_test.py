# SPDX-License-Identifier: Apache-2.0
"""Ask for a test of samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Code, Command, Result, Words
from application.errors import NotPermitted
from application.guards import own_unit
from application.reservations.standing import UNIT_STAFF
from application.samples.admitting import judged, leader_of, time_limit
from application.samples.customers import (
    InvoiceParticulars,
    TemporaryCustomer,
    invoice_event,
    stated_kind,
    temporary_user,
)
from domain.kernel.house_rules import Name
from domain.reservations.events import ProjectType
from domain.resources.resource import RESOURCE
from domain.samples import intake
from domain.samples.events import SampleOrderApplied
from domain.samples.order import SAMPLE_ORDER

if TYPE_CHECKING:
    from application.work import Work

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class ApplyForTest(Command):
    """Send samples to a resource, an instrument or a service, for a commissioned test.

    The unit's staff may apply for a customer, also for one who has no account yet (`temporary_customer`).
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource_id": "5f0c6a52-6c1e-5b0a-9d3e-6f3f0d9c2a11",
                "purpose": "scientific_research",
                "sample_count": 4,
                "description": "合金粉末，粒径 5 μm，每份 2 g",
                "return_wanted": True,
                "hazards": "",
                "no_state_secrets": True,
            }
        }
    )

    resource_id: UUID
    purpose: Code
    project_type: ProjectType = "research"
    items: dict[Name, Annotated[int, Field(ge=1, le=10_000)]] = Field(default_factory=dict, max_length=50)
    sample_count: int = Field(ge=1, le=10_000)
    description: Words
    return_wanted: bool
    hazards: Text = Field(default="", description="What is dangerous about the samples; empty where nothing is")
    no_state_secrets: bool = Field(description="The samples and their data hold no state secrets")
    contract_id: UUID | None = None
    voucher_grant_id: UUID | None = None
    fund_card: Code | None = None
    group_id: UUID | None = Field(default=None, description="The group whose leader approves, where that is demanded")
    on_behalf_of: UUID | None = None
    temporary_customer: TemporaryCustomer | None = None
    invoice: InvoiceParticulars | None = None


def apply_for_test(command: ApplyForTest, work: Work) -> Result:
    """Raises `DomainError` with every broken rule, `NotFound`, `NotPermitted`."""
    found = work.load(RESOURCE, command.resource_id)
    resource, user = found.state, _user(command, work)
    kind = stated_kind(work, command.temporary_customer, user) if command.temporary_customer else None
    asker, broken = judged(
        work,
        found,
        user,
        purpose=command.purpose,
        items=dict(command.items),
        samples=command.sample_count,
        voucher_grant=command.voucher_grant_id,
        group=command.group_id,
        kind=kind,
    )
    asked, missing = leader_of(work, resource, asker)
    leader, limit = asked.user if asked else None, time_limit(asked, work.now)
    application = SampleOrderApplied(
        resource=found.id,
        unit=resource.unit,
        provider=resource.legal_person,
        user=user,
        user_kind=asker.user_kind,
        customer=asker.customer,
        external=asker.external,
        purpose=command.purpose,
        project_type=command.project_type,
        items=dict(command.items),
        sample_count=command.sample_count,
        description=command.description,
        return_wanted=command.return_wanted,
        hazards=command.hazards,
        no_state_secrets=command.no_state_secrets,
        leader=leader,
        contract=command.contract_id,
        voucher_grant=command.voucher_grant_id,
        fund_card=command.fund_card,
        applied_by=work.actor.user,
    )
    decided = intake.apply(application, leader_missing=missing, asked=limit, also=broken)
    order = work.new_id()
    stated = [invoice_event(user, command.invoice)] if command.invoice else []
    work.append(order, *decided, *([kind] if kind else []), *stated)
    state = SAMPLE_ORDER.fold(decided)
    assert state is not None, "an application makes an order"
    due = limit.due_at.isoformat() if limit else None
    told = {"user_id": str(user), "leader_id": str(leader) if leader else None, "approval_due_at": due}
    return Result(order, {"state": state.state, **told})


def _user(command: ApplyForTest, work: Work) -> UUID:
    """For whom: users apply for themselves, staff for anybody who sends samples to their own unit."""
    actor = work.actor
    if actor.role in UNIT_STAFF:
        own_unit(work, work.load(RESOURCE, command.resource_id).state.unit)
        if command.temporary_customer is not None:
            return temporary_user(work, command.temporary_customer)
    elif command.temporary_customer is not None or command.on_behalf_of not in (None, actor.user):
        raise NotPermitted(reason="person", user=str(command.on_behalf_of or actor.user))
    return command.on_behalf_of or actor.user
