# SPDX-License-Identifier: Apache-2.0
"""Keeps what a user knows of their groups in step with the groups, in the same commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.parties.group import GROUP
from domain.parties.membership import MEMBERSHIPS, followed, memberships_id

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def follow(work: Work, group: UUID, user: UUID) -> None:
    """Note that the user belongs to the group from now on, or no more, as the group has it after this command."""
    stream = memberships_id(user)
    found = work.find(MEMBERSHIPS, stream)
    after = work.load(GROUP, group).state
    work.append(stream, *followed(found.state if found else None, user, group, after))
