# SPDX-License-Identifier: Apache-2.0
"""What the headers of a request mean: the key of a write, the version expected, the position to wait for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from api.http.errors import HttpRefusal

if TYPE_CHECKING:
    from domain.kernel.actor import Actor

COMMANDS = UUID("a3a4b8fe-6a0e-5b5e-9b62-4d4f4f6f7a11")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_VERSION = re.compile(r'"(\d{1,18})"')
_POSITION = re.compile(r"\d{1,18}")


def command_id(jurisdiction: str, actor: Actor, key: str | None) -> UUID:
    """The identity of a write: nobody meets the result of another person, role or jurisdiction by the same key.

    Raises `HttpRefusal` idempotency_key_required or idempotency_key_malformed.
    """
    if not key:
        raise HttpRefusal("idempotency_key_required", field="Idempotency-Key")
    if not _KEY.fullmatch(key):
        raise HttpRefusal("idempotency_key_malformed", field="Idempotency-Key")
    return uuid5(COMMANDS, f"{jurisdiction}/{actor.user}/{actor.role}/{key}")


def expected_version(if_match: str | None, *, applicable: bool) -> int | None:
    """The version in an If-Match header. Raises `HttpRefusal` if_match_malformed or if_match_not_applicable.

    A precondition that nothing would check is refused rather than ignored.
    """
    if if_match is None:
        return None
    if not applicable:
        raise HttpRefusal("if_match_not_applicable", field="If-Match")
    found = _VERSION.fullmatch(if_match.strip())
    if not found:
        raise HttpRefusal("if_match_malformed", field="If-Match")
    return int(found.group(1))


def awaited_position(wait_for: str | None) -> int | None:
    """The position in a Tongchou-Wait-For header. Raises `HttpRefusal` wait_for_malformed."""
    if wait_for is None:
        return None
    if not _POSITION.fullmatch(wait_for):
        raise HttpRefusal("wait_for_malformed", field="Tongchou-Wait-For")
    return int(wait_for)


def require_json(content_type: str | None) -> None:
    """A body is JSON. Raises `HttpRefusal` not_json."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise HttpRefusal("not_json", field="Content-Type")
