# SPDX-License-Identifier: Apache-2.0
"""Who may read what: one table of read routes and roles. A user sees only what is theirs."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from application.errors import NotPermitted
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from domain.kernel.actor import Actor


class Scope(StrEnum):
    """How much of a thing a reader sees."""

    PUBLIC = "public"
    """What anybody may see."""
    OWN_PERSON = "own_person"
    """What concerns the person."""
    OWN_SIDE = "own_side"
    """What concerns the customer: their legal person, or the person where there is none."""
    OWN_ORGANISATION = "own_organisation"
    """What concerns the legal person as provider."""
    OWN_UNIT = "own_unit"
    """What concerns the managing unit, and the units that have ended in it."""
    UNITS_UNDER = "units_under"
    """What concerns the units that name the legal person as their competent department."""
    OPERATED = "operated"
    """What concerns an instrument that the legal person is authorised to operate today (JS 23, CQ 15.b)."""
    ALL = "all"
    """Everything of the jurisdiction."""


def _everything_for(*roles: Role) -> dict[Role, Scope]:
    return dict.fromkeys(roles, Scope.ALL)


_PROVIDERS = {
    Role.MANAGING_UNIT: Scope.OWN_UNIT,
    Role.PROFESSIONAL_INSTITUTION: Scope.OWN_ORGANISATION,
}
_UNITS = dict.fromkeys(_PROVIDERS, Scope.OWN_UNIT)
_OPERATOR = {Role.OPERATOR: Scope.OPERATED}
_PROVIDERS_MONEY = {**_PROVIDERS, Role.FINANCE_CLERK: Scope.OWN_ORGANISATION}
_CLAIMANTS = dict.fromkeys(_PROVIDERS_MONEY, Scope.OWN_ORGANISATION)
_CONTROL = _everything_for(Role.AUDITOR, Role.ADMINISTRATOR)
_CENTRE = _everything_for(Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE)
_FUNDERS = _everything_for(Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT, Role.LOCAL_GOVERNMENT)
_STATISTICS = _everything_for(
    Role.COUNCIL,
    Role.EXPERT_COMMITTEE,
    Role.SCIENCE_DEPARTMENT,
    Role.FINANCE_DEPARTMENT,
    Role.COMPETENT_DEPARTMENT,
    Role.LOCAL_GOVERNMENT,
    Role.THIRD_PARTY_INSTITUTION,
    Role.RECEIVING_PLATFORM,
)
_REGISTRY = (
    _everything_for(
        Role.RECEIVING_PLATFORM,
        Role.COMPETENT_DEPARTMENT,
        Role.SCIENCE_DEPARTMENT,
        Role.FINANCE_DEPARTMENT,
        Role.COUNCIL,
    )
    | _CENTRE
    | _CONTROL
)
_SIGNED_IN = _everything_for(*(role for role in Role if role is not Role.SYSTEM))
_PURCHASES = {
    Role.MANAGING_UNIT: Scope.OWN_UNIT,
    Role.THIRD_PARTY_INSTITUTION: Scope.OWN_ORGANISATION,
    Role.EXPERT_COMMITTEE: Scope.OWN_ORGANISATION,
    Role.COMPETENT_DEPARTMENT: Scope.UNITS_UNDER,
    **_everything_for(Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.FINANCE_DEPARTMENT, Role.SCIENCE_DEPARTMENT),
}
_PERSON = {Role.USER: Scope.OWN_PERSON, Role.BROKER: Scope.OWN_PERSON}
_CUSTOMER = {Role.USER: Scope.OWN_SIDE}
_PUBLIC = dict.fromkeys(_SIGNED_IN, Scope.PUBLIC)

VISIBLE: Mapping[str, Mapping[Role, Scope]] = {
    "instruments": _PUBLIC | _PROVIDERS | _CENTRE | _CONTROL,
    "descriptions": _PUBLIC | _PROVIDERS | _REGISTRY,
    "registry": _PROVIDERS | _REGISTRY,
    "resource_histories": _PROVIDERS | _CENTRE | _CONTROL,
    "quotes": _PUBLIC | _PROVIDERS | _CENTRE | _CONTROL | _PERSON,
    "fee_standards": _PUBLIC | _PROVIDERS | _CENTRE | _CONTROL,
    "calendar": _PUBLIC | _PERSON | _PROVIDERS | _OPERATOR | _CENTRE | _CONTROL,
    "duty": _PERSON | _PROVIDERS | _OPERATOR | _CENTRE | _CONTROL,
    "closure_hits": _UNITS | _OPERATOR | _CENTRE | _CONTROL,
    "units": _PUBLIC,
    "house_rules": _PUBLIC | _PROVIDERS | _CENTRE | _CONTROL,
    "publication": _PUBLIC,
    "national_feed": _everything_for(Role.RECEIVING_PLATFORM) | _CENTRE | _CONTROL,
    "sharing_records": {Role.MANAGING_UNIT: Scope.OWN_UNIT, Role.PROFESSIONAL_INSTITUTION: Scope.OWN_UNIT}
    | _CENTRE
    | _CONTROL,
    "voucher_programmes": _PUBLIC,
    "commands": _PUBLIC,
    "regimes": _PUBLIC,
    "policy_versions": _PUBLIC
    | _everything_for(Role.COUNCIL, Role.EXPERT_COMMITTEE, Role.SCIENCE_DEPARTMENT)
    | _CENTRE
    | _CONTROL,
    "me": _SIGNED_IN,
    "my_notices": dict.fromkeys(_SIGNED_IN, Scope.OWN_PERSON) | _UNITS,
    "notices": _CONTROL,
    "calendar_feeds": dict.fromkeys(_SIGNED_IN, Scope.OWN_PERSON) | _CONTROL,
    "notice_templates": _UNITS | _CENTRE | _CONTROL,
    "legal_persons": _SIGNED_IN,
    "users": _PERSON | {Role.MANAGING_UNIT: Scope.OWN_UNIT} | _CONTROL,
    "groups": {Role.USER: Scope.OWN_PERSON} | dict.fromkeys(_PROVIDERS, Scope.OWN_ORGANISATION) | _CENTRE | _CONTROL,
    "approvals": {Role.USER: Scope.OWN_PERSON} | _UNITS | _CONTROL,
    "waiting_list": _PERSON | _UNITS | _CONTROL,
    "proxies": {Role.USER: Scope.OWN_PERSON} | _CONTROL,
    "reservations": _PERSON | _PROVIDERS | _OPERATOR | _CENTRE | _CONTROL,
    "entered_uses": _PERSON | _UNITS | _CENTRE | _CONTROL,
    "sample_orders": _CUSTOMER | _UNITS | _CENTRE | _CONTROL,
    "sample_invoices": _CUSTOMER | _UNITS,
    "sample_statistics": _UNITS | _CENTRE | _CONTROL,
    "explanations": _PERSON | _PROVIDERS | _CONTROL,
    "series": _PERSON | _PROVIDERS | _CENTRE | _CONTROL,
    "standing": _PERSON | _UNITS | _CONTROL,
    "own_standing": _PERSON,
    "unit_standing": _UNITS | _CONTROL,
    "contracts": _CUSTOMER | _PROVIDERS_MONEY | _everything_for(Role.AUDITOR),
    "contract_templates": _PUBLIC,
    "outputs": _CUSTOMER | _PROVIDERS_MONEY | _everything_for(Role.SERVICE_CENTRE, Role.COUNCIL_OFFICE, Role.AUDITOR),
    "output_counts": _PROVIDERS_MONEY | _CENTRE | _STATISTICS | _CONTROL,
    "orders": _CUSTOMER | _PROVIDERS_MONEY | _everything_for(Role.SERVICE_CENTRE) | _CONTROL,
    "voucher_grants": _CUSTOMER | _CENTRE | _FUNDERS | _CONTROL,
    "voucher_redemptions": _CUSTOMER | _CLAIMANTS | _CENTRE | _FUNDERS | _CONTROL,
    "reimbursement_batches": _CENTRE | _FUNDERS | _CONTROL,
    "receivables": _PROVIDERS_MONEY | _everything_for(Role.SERVICE_CENTRE, Role.FINANCE_DEPARTMENT) | _CONTROL,
    "utilisation": _PUBLIC | _PROVIDERS | _CENTRE | _STATISTICS | _CONTROL,
    "purchase_reviews": _PURCHASES | _CONTROL,
    "purchased_assets": {Role.MANAGING_UNIT: Scope.OWN_UNIT, Role.COMPETENT_DEPARTMENT: Scope.UNITS_UNDER}
    | _everything_for(Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT)
    | _CENTRE
    | _CONTROL,
    "shared_facilities": dict.fromkeys(_PURCHASES, Scope.ALL) | _CONTROL,
    "warning_catalogue": _PUBLIC | _everything_for(Role.FINANCE_DEPARTMENT) | _CONTROL,
    "service_totals": _PROVIDERS_MONEY | _CENTRE | _STATISTICS | _CONTROL,
    "reports": _PUBLIC,
    "report_proofs": _CENTRE | _CONTROL,
    "decisions": _everything_for(Role.COUNCIL, Role.EXPERT_COMMITTEE, Role.COMPETENT_DEPARTMENT)
    | _CENTRE
    | _FUNDERS
    | _CONTROL,
    "documents": _PUBLIC | _everything_for(Role.COUNCIL, Role.EXPERT_COMMITTEE) | _CENTRE | _CONTROL,
    "office_tasks": _everything_for(Role.COUNCIL, Role.EXPERT_COMMITTEE) | _CENTRE | _CONTROL,
    "activities": _CENTRE | _STATISTICS | _CONTROL,
    "deadlines": _PERSON
    | _CUSTOMER
    | _PROVIDERS_MONEY
    | {Role.OPERATOR: Scope.OWN_ORGANISATION}
    | _CENTRE
    | _everything_for(Role.COUNCIL)
    | _CONTROL,
    "certificates": _PUBLIC | _UNITS | _CENTRE | _everything_for(Role.RECEIVING_PLATFORM) | _CONTROL,
    "asset_ledgers": _UNITS | _CENTRE | _everything_for(Role.AUDITOR),
    "sites": _PUBLIC | _CENTRE | _CONTROL,
    "brokers": _PUBLIC | _CENTRE | _CONTROL,
    "demands": _CUSTOMER | _everything_for(Role.BROKER) | _CENTRE | _CONTROL,
    "products": _PUBLIC | _PROVIDERS | {Role.OPERATOR: Scope.OWN_ORGANISATION} | _CENTRE | _CONTROL,
    "qualifications": _PUBLIC | _PROVIDERS | _CENTRE | _CONTROL,
    "operator_payments": {Role.OPERATOR: Scope.OWN_ORGANISATION}
    | _everything_for(Role.SCIENCE_DEPARTMENT, Role.FINANCE_DEPARTMENT)
    | _CENTRE
    | _CONTROL,
    "customs_conditions": _PROVIDERS | _CENTRE | _CONTROL,
    "events": _CONTROL,
    "streams": _SIGNED_IN,
    "institution_histories": _PROVIDERS_MONEY | _CONTROL,
    "decision_histories": _everything_for(Role.COUNCIL, Role.COUNCIL_OFFICE) | _CONTROL,
    "demand_histories": _CUSTOMER | _CENTRE | _CONTROL,
    "refusals": _CONTROL,
}
"""What is not named here is not seen: a role without a scope is refused with 403."""

OPEN_TO_ALL = frozenset(name for name, roles in VISIBLE.items() if Scope.PUBLIC in roles.values())
"""What can be read without a token."""


def scope_of(name: str, actor: Actor | None) -> Scope:
    """How much of `name` an actor sees, or anybody without a token. Raises `NotPermitted`."""
    if actor is None:
        return Scope.PUBLIC
    scope = VISIBLE[name].get(actor.role)
    if scope is None:
        raise NotPermitted(reason="role", role=actor.role.value, route=name)
    return scope


def own(scope: Scope, actor: Actor | None, filters: Mapping[Scope, str]) -> dict[str, UUID]:
    """The filter that keeps a list to the actor's own.

    Empty for `PUBLIC` and `ALL`, and for `OPERATED` and `UNITS_UNDER`, where the route itself checks.

    `filters` names, for each scope, the filter of a query that holds the owner. Raises `NotPermitted` where the
    actor has no unit or organisation to own anything with.
    """
    if actor is None or scope not in OWNERS:
        return {}
    if scope is Scope.OWN_SIDE and actor.organisation is None:
        scope = Scope.OWN_PERSON
    owner = OWNERS[scope](actor)
    if owner is None or scope not in filters:
        raise NotPermitted(reason=REASONS[scope], role=actor.role.value)
    return {filters[scope]: owner}


OWNERS: Mapping[Scope, Callable[[Actor], UUID | None]] = {
    Scope.OWN_PERSON: lambda actor: actor.user,
    Scope.OWN_SIDE: lambda actor: actor.organisation,
    Scope.OWN_ORGANISATION: lambda actor: actor.organisation,
    Scope.OWN_UNIT: lambda actor: actor.unit,
}
"""Which of an actor's ids owns things in a scope."""
REASONS: Mapping[Scope, str] = {
    Scope.OWN_PERSON: "person",
    Scope.OWN_SIDE: "customer",
    Scope.OWN_ORGANISATION: "organisation",
    Scope.OWN_UNIT: "unit",
}
"""Why what lies outside a scope is refused, in the words of `application.guards`."""
