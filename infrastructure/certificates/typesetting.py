# SPDX-License-Identifier: Apache-2.0
"""Setting a page: Typst with nothing but the embedded Chinese font, as PDF/A, the same input giving the same bytes.

Fonts come from a package under the SIL Open Font License, never from the system: Typst sets text in whatever is
there, or not at all, without an error.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

STANDARD: Literal["a-2u"] = "a-2u"
"""For archives: every font embedded, all text readable by machines."""


class PrintingFailed(RuntimeError):
    """The page could not be set as it should be; nothing half-right is ever given out."""


def typeset(template: bytes, name: str, given: dict[str, object], *, at: datetime) -> bytes:
    """The PDF of a template whose texts all come from `given`, under `sys.inputs.<name>`; `at` is the time it bears.

    Raises `PrintingFailed`.
    """
    import pylopdf_fonts_zh_cn  # noqa: PLC0415 - heavy, and only printing needs them
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
    )
    compiler = typst.Compiler(
        template,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(given, ensure_ascii=False)},
    )
    second = at.astimezone(UTC).replace(microsecond=0)  # as finely as a PDF tells time
    try:
        page, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARD, timestamp=second)
    except typst.TypstError as error:
        raise PrintingFailed(str(error)) from error
    if warnings or not isinstance(page, bytes):
        raise PrintingFailed("; ".join(str(warning) for warning in warnings) or "no page")
    return page
