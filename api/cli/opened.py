# SPDX-License-Identifier: Apache-2.0
"""What commands open: settings, the database, and the jurisdictions asked for."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.cli.failures import CommandFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.settings import Settings


def settings_of(data_dir: Path | None) -> Settings:
    """Settings from the environment, with `--data-dir` before it."""
    from infrastructure.settings import Settings

    return Settings() if data_dir is None else Settings(data_dir=data_dir)


@contextmanager
def opened(data_dir: Path | None, jurisdiction: str | None) -> Iterator[Platform]:
    """The platform with at least one jurisdiction. Raises `CommandFailed` where the one asked for is not there."""
    from infrastructure.bootstrap import database_dsn, open_platform

    settings = settings_of(data_dir)
    if settings.database_url is None and not settings.data_dir.exists():
        raise CommandFailed(
            f"There is no data in {settings.data_dir}; nothing was done. Name the folder with --data-dir, or make one "
            "with `tongchou demo` or `tongchou migrate`."
        )
    with database_dsn(settings) as dsn, open_platform(settings, dsn, only=jurisdiction) as platform:
        if not platform.jurisdictions:
            missing = f"There is no jurisdiction {jurisdiction!r}" if jurisdiction else "There is no jurisdiction yet"
            raise CommandFailed(
                f"{missing} in this database; nothing was done. Make one with `tongchou migrate --jurisdiction NAME "
                "--regime REGIME` or run `tongchou demo`."
            )
        yield platform


def only_one(platform: Platform) -> Jurisdiction:
    """The single jurisdiction of a command that concerns one. Raises `CommandFailed` where there are several."""
    if len(platform.jurisdictions) > 1:
        names = ", ".join(platform.jurisdictions)
        raise CommandFailed(
            f"There are several jurisdictions ({names}); nothing was done. Name one with --jurisdiction."
        )
    return next(iter(platform.jurisdictions.values()))
