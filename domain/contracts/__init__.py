# SPDX-License-Identifier: Apache-2.0
"""The contract between provider and user (JS 18, 20; CQ 17; lifecycle 6.4)."""
