# SPDX-License-Identifier: Apache-2.0
"""The editions that the conformance tests judge by, asked for anew in each test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.domain.editions import CHONGQING, JIANGSU

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy import Edition

_moved: dict[str, Edition] = {}


def jiangsu() -> Edition:
    """The Measures of Jiangsu, or the variant under trial."""
    return _moved.get(JIANGSU.regime, JIANGSU)


def chongqing() -> Edition:
    """The Measures of Chongqing, or the variant under trial."""
    return _moved.get(CHONGQING.regime, CHONGQING)


@contextmanager
def under_trial(edition: Edition) -> Iterator[None]:
    """Let the tests inside judge by a variant of its regime."""
    _moved[edition.regime] = edition
    try:
        yield
    finally:
        del _moved[edition.regime]
