# SPDX-License-Identifier: Apache-2.0
"""A contract as the tests of this room know it: joint work, 40 to 60, valid through 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.contracts.document import Clauses, Parties, digest_of, seal
from domain.contracts.events import (
    Authority,
    ContractDrafted,
    ContractSigned,
    IpShare,
    Side,
    Signing,
    TechnicalContractRegistered,
    Terms,
)
from domain.contracts.signing import Signature
from domain.kernel.personal import Personal
from domain.kernel.time import SHANGHAI

CONTRACT_ID = UUID("00000000-0000-4000-8000-000000000020")
RESOURCE = UUID("00000000-0000-4000-8000-000000000001")
UNIT = UUID("00000000-0000-4000-8000-000000000002")
PROVIDER = UUID("00000000-0000-4000-8000-000000000003")
USER = UUID("00000000-0000-4000-8000-000000000004")
CUSTOMER = UUID("00000000-0000-4000-8000-000000000005")
SIGNATORY = UUID("00000000-0000-4000-8000-000000000009")
NUMBER = "HT-JS-U01-2026-000001"

SIX = {
    "service_content": "透射电镜分析",
    "service_mode": "委托测试",
    "ip_ownership": "按比例共有",
    "benefit_distribution": "按比例分配",
    "damage_liability": "按实际损失赔偿",
    "dispute_handling": "提交仲裁",
}
CLAUSES = Clauses.model_validate(SIX)
PARTIES = Parties(UNIT, PROVIDER, CUSTOMER, USER)


def at(hour: int, minute: int = 0, second: int = 0, *, day: date = date(2026, 3, 1)) -> datetime:
    """An instant on a Shanghai clock, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


NOW = at(10)


def shares(provider: str, user: str) -> tuple[IpShare, ...]:
    return (IpShare(party="provider", percent=Decimal(provider)), IpShare(party="user", percent=Decimal(user)))


TERMS = Terms(
    resources=(RESOURCE,),
    framework=False,
    valid_from=date(2026, 3, 1),
    valid_until=date(2026, 12, 31),
    experiment="joint",
    ip_shares=shares("40.00", "60.00"),
    acknowledgement_outputs=("paper",),
    ceiling_fen=20_000_000,
)


def terms(**changes: Any) -> Terms:  # noqa: ANN401 - any field of the terms
    return TERMS.model_copy(update=changes)


def drafted(terms: Terms = TERMS, clauses: Clauses = CLAUSES, parties: Parties = PARTIES) -> ContractDrafted:
    return ContractDrafted(
        number=NUMBER,
        unit=parties.unit,
        provider=parties.provider,
        customer=parties.customer,
        customer_user=parties.customer_user,
        terms=terms,
        clauses=seal(CONTRACT_ID, clauses),
        document_version=1,
        digest=digest_of(NUMBER, parties, terms, clauses),
    )


DRAFTED = drafted()
REPRESENTATIVE = Authority(kind="legal_representative")
E_SIGNED = Signing(method="e_signature", reference="ESIGN-1")


def signature(side: Side = "provider", of: ContractDrafted = DRAFTED, **changes: Any) -> Signature:  # noqa: ANN401
    facts: dict[str, Any] = {
        "document_version": of.document_version,
        "digest": of.digest,
        "signatory": Personal.of(SIGNATORY, "示例签署人"),
        "authority": REPRESENTATIVE,
        "signing": E_SIGNED,
        **changes,
    }
    return Signature(side=side, **facts)


def signed(side: Side, at_: datetime = NOW, of: ContractDrafted = DRAFTED) -> ContractSigned:
    return ContractSigned(
        side=side,
        document_version=of.document_version,
        digest=of.digest,
        signatory=Personal.of(SIGNATORY, "示例签署人"),
        authority=REPRESENTATIVE,
        signing=E_SIGNED,
        signed_at=at_,
    )


BY_ONE = (DRAFTED, signed("provider"))
BY_BOTH = (*BY_ONE, signed("user"))
REGISTERED = TechnicalContractRegistered(registration_number="2026320101000123", registered_on=date(2026, 3, 1))
