# SPDX-License-Identifier: Apache-2.0
"""Options that many commands share, so that they read and mean the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Where the embedded database and the keys lie. Default: TONGCHOU_DATA_DIR, else ./.tongchou",
        show_default=False,
    ),
]
JurisdictionName = Annotated[
    str | None,
    typer.Option("--jurisdiction", help="Only this jurisdiction. Default: all", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same ids and the same events")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on")]
