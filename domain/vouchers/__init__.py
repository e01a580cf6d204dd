# SPDX-License-Identifier: Apache-2.0
"""Innovation vouchers: programme and grant (lifecycle 6.6), redemption and reimbursement (6.7)."""
