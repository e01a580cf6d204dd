# SPDX-License-Identifier: Apache-2.0
"""All pages of a list, one after another, laid aside until the columns are known and the reader can take them.

So the database is asked once, in one snapshot, and never has to wait for a slow reader; memory holds one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

import orjson

from api.http.rendering import as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from api.http.reading.line import Answer, Listed

IN_MEMORY = 4 * 1024 * 1024
A_PAGE = 1_000


@dataclass
class Spool:
    """Rows of a list as lines of JSON, with their columns, their number and the position of the log they show."""

    lines: IO[bytes]
    columns: list[str]
    count: int
    position: int | None
    definition: str

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every row, in the order of the list."""
        self.lines.seek(0)
        for line in self.lines:
            yield orjson.loads(line)

    def close(self) -> None:
        """Give the place back."""
        self.lines.close()


def spooled(query: Listed, page_of: Callable[[Listed], Answer], columns: list[str]) -> Spool:
    """Every page of a list from its first; `columns` stand first, further ones follow as they appear."""
    lines: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the reader of the answer closes it
    spool = Spool(lines, list(columns), 0, None, "")
    try:
        _fill(spool, query, page_of)
    except BaseException:
        spool.close()
        raise
    return spool


def _fill(spool: Spool, query: Listed, page_of: Callable[[Listed], Answer]) -> None:
    cheaper = {"facets": False} if "facets" in type(query).model_fields else {}
    page = query.model_copy(update={"limit": A_PAGE, **cheaper})
    columns, seen = dict.fromkeys(spool.columns), set[str]()
    while True:
        document = page_of(page).document
        for row in document["items"]:
            line = as_json(row)
            spool.lines.write(line + b"\n")
            names = orjson.loads(line)
            columns.update(dict.fromkeys(names))
            seen.update(names)
            spool.count += 1
        if not document.get("next_cursor"):
            break
        page = page.model_copy(update={"cursor": document["next_cursor"]})
    spool.columns = [name for name in columns if name in seen or not seen]
    spool.position = document.get("position")
    spool.definition = str(document.get("definition") or document.get("order") or "")
