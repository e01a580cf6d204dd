# SPDX-License-Identifier: Apache-2.0
"""The answer to a read of a list as a file: same rights, same filters, same columns, all pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from api.http.exports.files import as_csv, as_xlsx
from api.http.exports.formats import MEDIA_TYPES
from domain.kernel.time import local

if TYPE_CHECKING:
    from datetime import datetime

    from api.http.exports.formats import FileFormat
    from api.http.exports.spool import Spool
    from api.http.language import Language


def file_response(spool: Spool, form: FileFormat, language: Language, *, path: str, now: datetime) -> StreamingResponse:
    """The file, a piece at a time. Its name holds list, day and position, and so does `Tongchou-Position`.

    Raises `HttpRefusal` too_many_rows.
    """
    time = local(now)
    try:
        pieces = (
            as_csv(spool, language)
            if form == "csv"
            else as_xlsx(spool, language, path=path, time=time.isoformat(timespec="seconds"))
        )
    except Exception:
        spool.close()
        raise
    name = "-".join(
        [
            path.strip("/").replace("/", "-"),
            f"{time:%Y%m%d}",
            *([str(spool.position)] if spool.position is not None else []),
        ]
    )
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.{form}",
        "Vary": "Accept, Accept-Language, Authorization",
    }
    if spool.position is not None:
        headers["Tongchou-Position"] = str(spool.position)
    return StreamingResponse(pieces, 200, headers, MEDIA_TYPES[form], BackgroundTask(spool.close))
