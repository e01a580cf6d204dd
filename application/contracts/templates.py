# SPDX-License-Identifier: Apache-2.0
"""Templates: who publishes which, and how a draft is filled from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.errors import NotPermitted
from application.guards import own_unit
from domain.contracts.placeholders import completed, filled, values_of
from domain.contracts.template import TEMPLATE
from domain.contracts.template_events import TemplatePinned
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT
from domain.parties.user import USER
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.contracts.document import Clauses, Parties
    from domain.contracts.events import Terms
    from domain.contracts.template import Template

PROVINCE_STAFF = frozenset({Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE})
"""Who publishes templates of the whole province."""

EXAMPLE_CLAUSES: dict[str, JsonValue] = {
    "service_content": "{{unit}}为{{customer}}提供{{resources}}的测试服务",
    "service_mode": "委托测试，由管理单位人员操作",
    "ip_ownership": "管理单位享有{{provider_share}}%，用户享有{{user_share}}%",
    "benefit_distribution": "按知识产权比例分配",
    "damage_liability": "责任方按实际损失赔偿",
    "dispute_handling": "协商不成的，先行调解；调解不成的，提交管理单位所在地仲裁委员会仲裁",
}


def may_publish(work: Work, unit: UUID | None) -> None:
    """A unit publishes its own; the centre and the council's office those of the province. Raises `NotPermitted`."""
    if unit is not None:
        own_unit(work, unit)
    elif work.actor.role not in PROVINCE_STAFF | {Role.SYSTEM}:
        raise NotPermitted(reason="role", role=work.actor.role.value)


def answer(loaded: Loaded[Template]) -> Result:
    """Which version stands now."""
    latest = loaded.state.versions[-1].template_version
    return Result(loaded.id, {"template_version": latest, "withdrawn": loaded.state.withdrawn})


def prefill(
    work: Work,
    template_id: UUID,
    version: int | None,
    *,
    parties: Parties,
    number: str,
    terms: Terms,
    clauses: Clauses,
) -> tuple[Clauses, TemplatePinned]:
    """The clauses stated, completed from a template of the province or of the unit itself; and what is pinned.

    Raises `NotFound`, `contracts.template_withdrawn`, `contracts.template_of_another_unit`,
    `contracts.no_such_template_version`, `contracts.placeholder_without_value`.
    """
    template = work.load(TEMPLATE, template_id).state
    if template.withdrawn:
        raise refusal("contracts.template_withdrawn", field="template_id")
    if template.unit not in (None, parties.unit):
        raise refusal("contracts.template_of_another_unit", field="template_id")
    chosen = template.version(version)
    whole, prefilled = completed(clauses, chosen.clauses)
    text = filled(whole, values_of(terms, _names(work, parties, number, terms)))
    return text, TemplatePinned(
        template=template_id, template_version=chosen.template_version, kind=template.kind, prefilled=prefilled
    )


def _names(work: Work, parties: Parties, number: str, terms: Terms) -> dict[str, str]:
    """What things are called; an individual by the name under which the platform knows them."""
    if parties.customer is not None:
        customer = work.load(LEGAL_PERSON, parties.customer).state.name_zh
    else:
        customer = work.load(USER, parties.customer_user).state.name.value or ""
    resources = [work.load(RESOURCE, resource).state.name_zh for resource in terms.resources]
    return {
        "number": number,
        "unit": work.load(UNIT, parties.unit).state.name_zh,
        "provider": work.load(LEGAL_PERSON, parties.provider).state.name_zh,
        "customer": customer,
        "resources": "、".join(resources) or "本单位全部开放资源",
    }
