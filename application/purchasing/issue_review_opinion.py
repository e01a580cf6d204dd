# SPDX-License-Identifier: Apache-2.0
"""Issue a review opinion."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue

from application.command import Code, Command, Result, Words
from application.purchasing.permits import edition_of, given
from application.work import Work
from domain.kernel.time import local_date
from domain.purchasing import reviewing
from domain.purchasing.events import Conclusion
from domain.purchasing.review import PURCHASE_REVIEW
from domain.purchasing.warning import CATALOGUE_ID, WARNING_CATALOGUE, matches_of


class IssueReviewOpinion(Command):
    """Conclude a review, with a text for each mandatory part and whatever else there is to say (JS 12.e, CQ 22.c).

    The opinion is an important basis of the approval, which is another decision by another authority.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "parts": {
                    "necessity": "现有设备分辨率不能满足课题要求",
                    "reasonableness": "配置与研究任务相符，价格合理",
                    "service_performance": "承诺年对外开放不少于800小时",
                },
                "conclusion": "positive",
                "remarks": "建议纳入共享平台",
            }
        }
    )

    review: UUID
    parts: Annotated[dict[Code, Words], Field(max_length=20)]
    conclusion: Conclusion
    conditions: str = Field(default="", max_length=4000)
    remarks: str = Field(default="", max_length=4000)


def issue_review_opinion(command: IssueReviewOpinion, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `reviewing.issue_opinion` raises."""
    found = given(work, command.review)
    catalogue = work.find(WARNING_CATALOGUE, CATALOGUE_ID)
    events = reviewing.issue_opinion(
        found.state,
        reviewing.Form(command.parts, command.conclusion, command.conditions, command.remarks),
        role=work.actor.role,
        issuer=work.actor.user,
        warnings=matches_of(catalogue.state if catalogue else None, found.state.purchase),
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    opinion = work.load(PURCHASE_REVIEW, found.id).state.opinion
    warnings: list[JsonValue] = [match.model_dump(mode="json") for match in opinion.warnings] if opinion else []
    return Result(id=found.id, data={"warnings": warnings})
