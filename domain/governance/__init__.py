# SPDX-License-Identifier: Apache-2.0
"""Governance: decisions, rules and standards as versioned documents, and the tasks of the office (JS 5-8, CQ 6-9)."""
