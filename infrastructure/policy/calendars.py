# SPDX-License-Identifier: Apache-2.0
"""Reads the working-day calendars from `domain.policy.calendars`."""

import tomllib
from functools import cache
from importlib.resources import files

from domain.policy.working_days import WorkingDays

CURRENT = "mainland-2026-1"


@cache
def load_calendar(version: str = CURRENT) -> WorkingDays:
    """One version of the calendar; old versions stay, because deadlines name them. Raises FileNotFoundError."""
    text = (files("domain.policy.calendars") / f"{version}.toml").read_text(encoding="utf-8")
    return WorkingDays.model_validate(tomllib.loads(text))
