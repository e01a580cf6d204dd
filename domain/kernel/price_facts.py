# SPDX-License-Identifier: Apache-2.0
"""What a price depends on beside the fee standard, the kind of user, the time and the number of samples."""

from pydantic import BaseModel, ConfigDict, Field


class PriceFacts(BaseModel):
    """Pinned with a request, so that the price can be computed and explained again from the log.

    `tags` are the user's with the provider; `minutes_so_far` the minutes used there this year before this use (for
    tiers); `items` how many of each test item or consumable. `user_kind` is the kind that the unit's staff stated for a
    customer without an account, and why; None where it follows from the user on record.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    tags: tuple[str, ...] = ()
    minutes_so_far: int = Field(default=0, ge=0)
    items: dict[str, int] = Field(default_factory=dict)
    user_kind: str | None = None
    kind_reason: str = ""
