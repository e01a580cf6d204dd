# SPDX-License-Identifier: Apache-2.0
"""The small province in which those statements are tried that need a database."""

from tests.application.reservations.province import province

__all__ = ["province"]
