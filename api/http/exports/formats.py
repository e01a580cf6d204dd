# SPDX-License-Identifier: Apache-2.0
"""Which form of a list is asked for: the parameter decides, then the Accept header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.http.reading.line import Listed

if TYPE_CHECKING:
    from api.http.reading.line import Query

FileFormat = Literal["csv", "xlsx"]
MEDIA_TYPES: dict[FileFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ACCEPTED: dict[str, FileFormat] = {kind.partition(";")[0]: name for name, kind in MEDIA_TYPES.items()}


def file_format(query: Query, accept: str | None) -> FileFormat | None:
    """The file asked for; None for JSON, and where the read makes files of its own.

    >>> file_format(Listed(), "text/csv"), file_format(Listed(format="xlsx"), None), file_format(Listed(), "*/*")
    ('csv', 'xlsx', None)
    """
    if not isinstance(query, Listed) or (type(query) is not Listed and "format" in type(query).__annotations__):
        return None
    if "format" in query.model_fields_set:
        return None if query.format == "json" else query.format
    first = (accept or "").partition(",")[0].partition(";")[0].strip().lower()
    return _ACCEPTED.get(first)
