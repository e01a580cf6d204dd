# SPDX-License-Identifier: Apache-2.0
"""Statistics as they were published: figures of a period, bound to a position of the log (JS 10, CQ 8(d), 14)."""
