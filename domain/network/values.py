# SPDX-License-Identifier: Apache-2.0
"""Values of this room: why a resource fits a need, as data that anybody can check."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Part = Literal["class", "words", "place", "price", "free_time", "rating"]
PaymentKind = Literal["guidance_fund", "cost_compensation"]
Outcome = Literal["reservation_made", "declined"]
Capacity = Literal["broker", "site_staff"]


class Reason(BaseModel):
    """One part of a recommendation: what was asked, what was found, and `points` out of at most `of`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Part
    asked: str
    found: str
    points: int = Field(ge=0)
    of: int = Field(gt=0)
