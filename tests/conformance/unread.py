# SPDX-License-Identifier: Apache-2.0
"""What the texts fix and no conformance test of a rule depends on: (regime, parameter)."""

from __future__ import annotations

import tomllib
from functools import cache

from tests.conformance.catalogue import HERE

Pair = tuple[str, str]


def _pairs(group: str) -> frozenset[Pair]:
    lines = tomllib.loads((HERE / "unread.toml").read_text(encoding="utf-8"))[group]
    return frozenset((regime, name) for regime, name in (line.split(" ") for line in lines))


@cache
def told() -> frozenset[Pair]:
    """Told to people, judged by no rule."""
    return _pairs("told")


@cache
def later() -> frozenset[Pair]:
    """Rules whose statements are not all due yet."""
    return _pairs("later")


@cache
def unread() -> frozenset[Pair]:
    """All of them."""
    return told() | later()
