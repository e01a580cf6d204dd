# SPDX-License-Identifier: Apache-2.0
"""What is stated of a version of a document."""

from typing import Annotated

from pydantic import JsonValue, StringConstraints

from application.command import Command, Sha256, Words
from domain.governance.drafting import Text

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
EXAMPLE: dict[str, JsonValue] = {
    "title_zh": "大型科学仪器开放服务技术标准",
    "title_en": "Technical standard of open service with large instruments",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "location": "https://www.example.org/standards/2026-3.pdf",
}


class DocumentText(Command):
    """Titles, digest and where the text is kept; the text itself stays in the archive of its authors."""

    title_zh: Words
    title_en: Line = ""
    digest: Sha256
    location: Line = ""

    @property
    def text(self) -> Text:
        """As the domain takes it."""
        return Text(self.title_zh, self.title_en, self.digest, self.location)
