# SPDX-License-Identifier: Apache-2.0
"""What stands beside the record of a use where there is more to say than its times."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.kernel.event import Event


class ItemsConsumed(Event):
    """Test items and consumables that a use really took, by name; they are charged, not those asked for."""

    TYPE: ClassVar[str] = "reservations.ItemsConsumed"

    items: dict[str, Annotated[int, Field(ge=0)]]


class BookedTimeLost(Event):
    """Minutes at the beginning of the time reserved that another user's overrun or the provider took.

    They are never charged, whatever the fee standard says of booked time.
    """

    TYPE: ClassVar[str] = "reservations.BookedTimeLost"

    minutes: int = Field(ge=1)
