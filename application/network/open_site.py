# SPDX-License-Identifier: Apache-2.0
"""Open a site."""

from datetime import date
from typing import get_args
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Words
from application.governance.deciding import require_decision
from application.network.permits import Text
from application.work import Work
from domain.kernel.time import local_date
from domain.network import site
from domain.network.events import SiteOpened
from domain.parties.events import LegalPersonKind
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import INSTITUTION


class OpenSite(Command):
    """Set up a regional site (JS 17) or an offline carrier (CQ 8(b), 11).

    `host` is the legal person that houses it, where it is registered; an unusual host needs `host_reason` (CQ 11).
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "regional_site",
                "host_kind": "district",
                "name_zh": "玄武区科技资源服务站",
                "city": "南京市",
                "district": "玄武区",
                "place": "示例路1号",
                "services": ["资源对接", "创新券申领指导"],
                "opened_on": "2026-03-01",
                "decision_reference": "苏统筹〔2026〕3号",
            }
        }
    )

    kind: Code
    host_kind: Code
    host: UUID | None = None
    host_reason: Text = ""
    name_zh: Words
    name_en: Text = ""
    city: Words
    district: Text = ""
    place: Text = ""
    industry: Text = ""
    services: tuple[Words, ...] = Field(max_length=50)
    opened_on: date
    decision_reference: Text = ""


def open_site(command: OpenSite, work: Work) -> Result:
    """Raises `NotFound` and what `site.open_site` and `require_decision` raise."""
    new = work.new_id()
    particulars = SiteOpened.model_validate(command.model_dump())
    events = site.open_site(particulars, host_fits=_fits(command, work), edition=work.edition())
    if command.decision_reference:
        require_decision(work, command.decision_reference)
    work.append(new, *events)
    return Result(id=new)


def _fits(command: OpenSite, work: Work) -> bool:
    """Whether the legal person named is what it is said to be; parks, counties and the like are no kinds of person."""
    if command.host is None:
        return True
    host = work.load(LEGAL_PERSON, command.host).state
    if command.host_kind == INSTITUTION:
        return host.takes_part_on(local_date(work.now))
    return command.host_kind not in get_args(LegalPersonKind) or host.kind == command.host_kind
