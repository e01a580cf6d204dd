# SPDX-License-Identifier: Apache-2.0
"""Every command with its address.

Commands that the system alone may issue have no address; a test proves that all others have exactly one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.addresses import TABLE
from api.http.commanding import Line
from application.catalogue import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator


def _lines() -> Iterator[Line]:
    commands = {entry.command.__name__: entry.command for entry in ENTRIES}
    for method, path, name, status in TABLE:
        yield Line(method, path, commands[name], status)


LINES = tuple(_lines())
