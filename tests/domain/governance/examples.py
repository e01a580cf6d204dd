# SPDX-License-Identifier: Apache-2.0
"""Decisions, documents and tasks that the tests of this room are made of."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.governance.decision import Decision
from domain.governance.drafting import Text
from domain.governance.events import DecisionRecorded, DocumentAdopted, DocumentDrafted, OfficeTaskGiven
from domain.governance.recording import Content
from domain.governance.values import Body, Minutes, Seat, Vote

TODAY = date(2026, 3, 2)
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64
DECISION = UUID(int=11)
SCIENCE, FINANCE, EDUCATION = "省科学技术厅", "省财政厅", "省教育厅"
MINUTES = Minutes(
    seats=(Seat(seat=SCIENCE), Seat(seat=FINANCE), Seat(seat=EDUCATION, present=False)),
    votes=(Vote(seat=SCIENCE, choice="for"), Vote(seat=FINANCE, choice="for")),
)


def content(**changes: Any) -> Content:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {"title": "年度计划", "decided_on": TODAY, "digest": DIGEST, "minutes": MINUTES}
    return Content(**stated | changes)


def recorded(body: Body = "council", **changes: Any) -> DecisionRecorded:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "number": "1号",
        "body": body,
        "organisation": None,
        "title": "年度计划",
        "decided_on": TODAY,
        "digest": DIGEST,
        "minutes": MINUTES,
    }
    return DecisionRecorded(**stated | changes)


def decision(body: Body = "council", **changes: Any) -> Decision:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "number": "1号",
        "body": body,
        "organisation": None,
        "title": "年度计划",
        "decided_on": TODAY,
        "digest": DIGEST,
        "minutes": None,
        "names": None,
    }
    return Decision(**stated | changes)


def text(digest: str = DIGEST) -> Text:
    return Text("技术标准", "Standard", digest, "")


def drafted(kind: str = "technical_standard", **changes: Any) -> DocumentDrafted:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "kind": kind,
        "title_zh": "技术标准",
        "title_en": "Standard",
        "year": None,
        "digest": DIGEST,
        "location": "",
        "drafted_by": "service_centre",
    }
    return DocumentDrafted(**stated | changes)


def adopted(version: int, effective_from: date) -> DocumentAdopted:
    return DocumentAdopted(
        document_version=version,
        decision=DECISION,
        decision_reference="1号",
        decided_on=TODAY,
        effective_from=effective_from,
    )


def given_task(**changes: Any) -> OfficeTaskGiven:  # noqa: ANN401 - any field
    stated: dict[str, Any] = {
        "title": "简报",
        "description": "季度",
        "given_by": "council_office",
        "assignee": "service_centre",
        "organisation": None,
        "due_on": date(2026, 3, 31),
        "decision_reference": None,
    }
    return OfficeTaskGiven(**stated | changes)
