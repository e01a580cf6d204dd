# SPDX-License-Identifier: Apache-2.0
"""Who serves beside the units: sites, brokers, operators, products, matches (JS 17, 19, 23; CQ 10, 11, 15)."""
