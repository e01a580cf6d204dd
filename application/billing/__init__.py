# SPDX-License-Identifier: Apache-2.0
"""Use cases of billing: from delivery to bill, payment, settlement and refund."""
