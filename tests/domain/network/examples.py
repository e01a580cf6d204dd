# SPDX-License-Identifier: Apache-2.0
"""A site, a broker, a demand and what else this room is about."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.network import events as facts
from domain.network.matching import Matcher, Offered
from domain.network.scoring import Candidate, Fit, Need, fit

TODAY = date(2026, 3, 2)
BROKER_USER, STAFF, CUSTOMER_USER, STRANGER = (UUID(int=number) for number in (101, 102, 103, 104))
CUSTOMER, PROVIDER, UNIT, OTHER = (UUID(int=number) for number in (201, 202, 203, 204))
SEM, XRD, MATCH, SITE_ID, RESERVATION = (UUID(int=number) for number in (301, 302, 303, 304, 305))


def opened(**changes: Any) -> facts.SiteOpened:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "kind": "regional_site",
        "host_kind": "district",
        "name_zh": "玄武区站",
        "city": "南京市",
        "district": "玄武区",
        "services": ("资源对接",),
        "opened_on": date(2026, 1, 1),
    }
    return facts.SiteOpened.model_validate(given | changes)


def registered(**changes: Any) -> facts.BrokerRegistered:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "user": BROKER_USER,
        "kind": "technology_manager",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    return facts.BrokerRegistered.model_validate(given | changes)


def stated(**changes: Any) -> facts.DemandStated:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "user": CUSTOMER_USER,
        "customer": CUSTOMER,
        "user_kind": "enterprise",
        "text": "观察形貌",
        "keywords": ("扫描电镜",),
        "class_code": "010102",
        "city": "南京市",
        "needed_by": date(2026, 6, 30),
    }
    return facts.DemandStated.model_validate(given | changes)


def product(**changes: Any) -> facts.ServiceProductPublished:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "unit": UNIT,
        "provider": PROVIDER,
        "name_zh": "失效分析套餐",
        "description": "联合分析",
        "base_resources": (SEM,),
        "value_added": True,
        "price_text": "每样 2,800 元",
    }
    return facts.ServiceProductPublished.model_validate(given | changes)


def qualified(**changes: Any) -> facts.QualificationRecorded:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "legal_person": PROVIDER,
        "unit": UNIT,
        "kind": "CMA",
        "number": "CMA-1",
        "issuer": "局",
        "scope": "力学性能",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 6, 30),
        "digest": "0" * 64,
    }
    return facts.QualificationRecorded.model_validate(given | changes)


def paid(**changes: Any) -> facts.OperatorPaymentRecorded:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "operator": OTHER,
        "resource": SEM,
        "kind": "cost_compensation",
        "amount_fen": 1,
        "period_from": date(2025, 1, 1),
        "period_until": date(2025, 12, 31),
        "decision_reference": "渝财教〔2026〕8号",
        "paid_on": TODAY,
        "bank_reference": "B-1",
    }
    return facts.OperatorPaymentRecorded.model_validate(given | changes)


OFFERED = Offered(resource=SEM, unit=UNIT, provider=PROVIDER, published=True, takes_part=True)
UNREGISTERED = Matcher(user=STRANGER)


def fitted(resource: UUID = SEM) -> Fit:
    return fit(Need(class_code="010102"), Candidate(resource=resource, class_code="010102"))
