# SPDX-License-Identifier: Apache-2.0
"""The small province and its money side, in which these tests let many act at once."""

from tests.application.reservations.province import province
from tests.application.vouchers.treasury import treasury

__all__ = ["province", "treasury"]
