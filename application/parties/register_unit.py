# SPDX-License-Identifier: Apache-2.0
"""Register a managing unit."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.parties.permits import WebAddress
from application.work import Work
from domain.parties import unit
from domain.parties.events import ScopeMode, UnitRegistered
from domain.parties.legal_person import LEGAL_PERSON


class RegisterUnit(Command):
    """Enter a unit of a legal person with its unique code, kind and mode of scope (JS 3, 32; CQ 3)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "code": "JS-U01",
                "name_zh": "扬子理工大学分析测试中心",
                "name_en": "Analysis and Testing Centre, Yangzi University of Technology",
                "kind": "provincial_university",
                "scope_mode": "direct",
                "city": "南京市",
                "district": "栖霞区",
                "competent_department": "江苏省教育厅",
                "portal_url": "https://instruments.yzut.example/",
            }
        }
    )

    legal_person: UUID
    code: Code
    name_zh: Words
    name_en: str = ""
    kind: Code
    scope_mode: ScopeMode
    city: Words
    district: str = ""
    competent_department: str = ""
    portal_url: WebAddress | None = None


def register_unit(command: RegisterUnit, work: Work) -> Result:
    """Raises `NotFound` for an unknown legal person and what `unit.register` raises."""
    new = work.new_id()
    owner = work.load(LEGAL_PERSON, command.legal_person).state
    particulars = UnitRegistered(**command.model_dump())
    work.append(new, *unit.register(particulars, institution_joined=owner.joined, edition=work.edition()))
    return Result(id=new)
