# SPDX-License-Identifier: Apache-2.0
"""What sample orders draw of a day's intake until it is given back, and their numbers without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import Draw, DrawUpTo
from domain.kernel.numbers import claim_of_number
from domain.samples.events import SampleOrderAccepted, SampleOrderRefused, SampleOrderWithdrawn, SamplesReceived

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(_stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event."""
    match event:
        case SampleOrderAccepted(intake=str() as account, cap=int() as cap):
            return [DrawUpTo(account, cap, event.sample_count)]
        case SampleOrderRefused(intake=str() as account) | SampleOrderWithdrawn(intake=str() as account):
            return [Draw(account, -event.returned)]
        case SamplesReceived(number=number):
            return [claim_of_number(number)]
        case _:
            return []
