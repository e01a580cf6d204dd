# SPDX-License-Identifier: Apache-2.0
"""Parties that the tests of this room are about."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.personal import Personal
from domain.parties.events import AccessTokenIssued, LegalPersonRegistered, UnitRegistered, UserRegistered

UNIVERSITY = UUID(int=1)
COMPANY = UUID(int=2)
CENTRE = UUID(int=11)
OTHER_CENTRE = UUID(int=12)
PERSON = UUID(int=21)
INSTRUMENT = UUID(int=31)
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def legal_person(**changes: Any) -> LegalPersonRegistered:  # noqa: ANN401 - any field of the event
    return LegalPersonRegistered.model_validate(
        {
            "credit_code": "12993200DEMJ00011Y",
            "name_zh": "扬子理工大学",
            "name_en": "Yangzi University of Technology",
            "kind": "university",
            "budget_status": "departmental_budget",
            "city": "南京市",
            "district": "栖霞区",
        }
        | changes
    )


def unit(**changes: Any) -> UnitRegistered:  # noqa: ANN401 - any field of the event
    return UnitRegistered.model_validate(
        {
            "legal_person": UNIVERSITY,
            "code": "JS-U01",
            "name_zh": "分析测试中心",
            "name_en": "Analysis and Testing Centre",
            "kind": "provincial_university",
            "scope_mode": "direct",
            "city": "南京市",
            "district": "栖霞区",
            "competent_department": "江苏省教育厅",
        }
        | changes
    )


def user(**changes: Any) -> UserRegistered:  # noqa: ANN401 - any field of the event
    return UserRegistered.model_validate(
        {
            "name": Personal.of(PERSON, "孟知微"),
            "user_kind": "university",
            "legal_person": UNIVERSITY,
            "unit": CENTRE,
        }
        | changes
    )


def token(letter: str = "a", **changes: Any) -> AccessTokenIssued:  # noqa: ANN401 - any field of the event
    return AccessTokenIssued.model_validate(
        {"token_hash": letter * 64, "role": "managing_unit", "organisation": UNIVERSITY, "unit": CENTRE} | changes
    )
