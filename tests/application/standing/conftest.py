# SPDX-License-Identifier: Apache-2.0
"""The small province that these tests play in."""

from tests.application.reservations.province import province

__all__ = ["province"]
