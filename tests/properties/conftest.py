# SPDX-License-Identifier: Apache-2.0
"""The small province in which these properties hold."""

from tests.application.reservations.province import province

__all__ = ["province"]
