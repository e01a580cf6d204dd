# SPDX-License-Identifier: Apache-2.0
"""The small province that these tests play in, with a voucher programme of its own."""

from tests.application.reservations.province import province
from tests.application.vouchers.treasury import treasury

__all__ = ["province", "treasury"]
