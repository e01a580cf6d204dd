# SPDX-License-Identifier: Apache-2.0
"""Register a resource."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.guards import own_unit
from application.resources.business_days import editions_of
from application.work import Work
from domain.kernel.money import Fen
from domain.parties.unit import UNIT, require_living
from domain.resources import registration
from domain.resources.events import ResourceRegistered
from domain.resources.values import FundingShare


class RegisterResource(Command):
    """Enter a resource into the registry of its managing unit (JS 8(2), 10.b; CQ 12.b).

    `external_id` is its identity in the system it was imported from, as `source:id`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "type": "condition",
                "bookable": True,
                "asset_number": "JS-U01-20210001",
                "name_zh": "场发射扫描电子显微镜",
                "name_en": "Field emission scanning electron microscope",
                "aliases": ["SEM", "扫描电镜"],
                "model": "Regulus 8100",
                "manufacturer": "日立高新技术公司",
                "origin_country": "n109",
                "class_code": "010102",
                "subject_code": "430",
                "original_value_fen": 318000000,
                "funding": [{"source": "provincial_fiscal_funds", "amount_fen": 318000000}],
                "acquired_on": "2021-03-18",
                "accepted_on": "2021-07-09",
                "location": "分析测试楼A102",
                "city": "南京市",
                "district": "栖霞区",
                "large": True,
            }
        }
    )

    unit: UUID
    type: Code
    bookable: bool
    holding: Literal["physical", "information"] = "physical"
    asset_number: Code
    name_zh: Words
    name_en: str = ""
    aliases: tuple[Words, ...] = ()
    model: str = ""
    manufacturer: str = ""
    origin_country: str = ""
    class_code: str = ""
    subject_code: str = ""
    original_value_fen: Fen
    funding: tuple[FundingShare, ...] = ()
    acquired_on: date | None = None
    accepted_on: date | None = None
    location: str = ""
    city: str = ""
    district: str = ""
    large: bool = False
    duty_free: bool = False
    description: str = ""
    external_id: Code | None = None


def register_resource(command: RegisterResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `KeyTaken` (asset number), and what `registration.register` raises."""
    own_unit(work, command.unit)
    unit = work.load(UNIT, command.unit).state
    require_living(unit)
    new = work.new_id()
    particulars = ResourceRegistered(**dict(command), legal_person=unit.legal_person)
    then = editions_of(work, accepted_on=command.accepted_on, acquired_on=command.acquired_on)
    work.append(new, *registration.register(particulars, edition=work.edition(), then=then))
    return Result(id=new)
