# SPDX-License-Identifier: Apache-2.0
"""Use cases of vouchers: programmes, grants, redemption claims and their reimbursement."""
