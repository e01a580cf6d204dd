# SPDX-License-Identifier: Apache-2.0
"""Events without the personal data that a reader holds no key of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.personal import Personal

if TYPE_CHECKING:
    from domain.kernel.event import Event

MayRead = Callable[[UUID], bool]
"""Whether the personal data of a subject may be read."""


def masked(event: Event, may_read: MayRead) -> Event:
    """The event as one sees it who holds only some keys: personal data of all other subjects is None."""
    changes = {}
    for name in type(event).personal_fields():
        value = getattr(event, name)
        if isinstance(value, Personal) and not may_read(value.subject):
            changes[name] = Personal(subject=value.subject, value=None)
    return event.model_copy(update=changes) if changes else event
