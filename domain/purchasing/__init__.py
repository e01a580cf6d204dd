# SPDX-License-Identifier: Apache-2.0
"""Purchase review before public money buys an instrument, and the warning catalogue (JS 12, CQ 22)."""
