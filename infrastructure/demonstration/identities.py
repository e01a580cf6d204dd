# SPDX-License-Identifier: Apache-2.0
"""The identities with which one may look around. Their tokens come from the master key: never stored, never shipped."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid5

from application.bus import Request
from application.parties.issue_access_token import IssueAccessToken
from domain.kernel.actor import Role
from infrastructure.demonstration.issuing import NAMESPACE
from infrastructure.demonstration.people import REGISTRAR
from infrastructure.identity.keyring import master_key

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.people import People
    from infrastructure.settings import Settings


@dataclass(frozen=True)
class Part:
    """A part to play: a kind of person in users.csv, and the role of its token."""

    key: str
    kind: str
    role: Role
    label_zh: str
    label_en: str


PARTS = (
    Part("sme", "sme_contact", Role.USER, "科技型中小企业用户", "User at a technology SME"),
    Part("user", "individual", Role.USER, "个人用户", "Individual user"),
    Part("manager", "instrument_manager", Role.MANAGING_UNIT, "仪器管理员", "Instrument manager"),
    Part("clerk", "finance_clerk", Role.FINANCE_CLERK, "管理单位财务人员", "Finance clerk of a unit"),
    Part("centre", "service_centre_officer", Role.SERVICE_CENTRE, "统筹服务中心", "Service centre"),
    Part("science", "science_department_officer", Role.SCIENCE_DEPARTMENT, "科技主管部门", "Science department"),
    Part("treasury", "finance_department_officer", Role.FINANCE_DEPARTMENT, "财政部门", "Finance department"),
    Part("office", "council_office_officer", Role.COUNCIL_OFFICE, "理事会（管委会）办公室", "Council office"),
    Part("auditor", "auditor", Role.AUDITOR, "审计人员", "Auditor"),
)


@dataclass(frozen=True)
class Identity:
    """Somebody one may be, with the bearer token to show."""

    jurisdiction: str
    label_zh: str
    label_en: str
    role: str
    token: str


def issue_tokens(issuer: Issuer, people: People, settings: Settings, finished: UUID, at: datetime) -> None:
    """Give every part its token; the last one carries the id that says the demonstration is complete."""
    name = issuer.jurisdiction.name
    key = master_key(settings.key_file)
    for part in PARTS:
        actor = people.first(part.kind)
        command = IssueAccessToken(
            user=actor.user,
            token_hash=hashlib.sha256(_token(key, name, part).encode()).hexdigest(),
            role=part.role,
            organisation=actor.organisation,
            unit=actor.unit,
        )
        last = part is PARTS[-1]
        command_id = finished if last else uuid5(NAMESPACE, f"{name}/token/{part.key}")
        issuer.jurisdiction.bus.execute(Request(command, REGISTRAR, command_id, command_id, occurred_at=at))


def demonstration_tokens(platform: Platform) -> list[Identity]:
    """The identities of every demonstration jurisdiction, each with its token."""
    key = master_key(platform.settings.key_file)
    return [
        Identity(jurisdiction.name, part.label_zh, part.label_en, part.role.value, _token(key, jurisdiction.name, part))
        for jurisdiction in _demonstrations(platform)
        for part in PARTS
    ]


def _demonstrations(platform: Platform) -> list[Jurisdiction]:
    return [jurisdiction for jurisdiction in platform.jurisdictions.values() if jurisdiction.demonstration]


def _token(key: bytes, jurisdiction: str, part: Part) -> str:
    digest = hmac.new(key, f"demonstration/{jurisdiction}/{part.key}".encode(), hashlib.sha256).digest()
    return f"{jurisdiction}.{urlsafe_b64encode(digest).decode().rstrip('=')}"
