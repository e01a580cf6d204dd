# SPDX-License-Identifier: Apache-2.0
"""Descriptive fields of every type and kind of resource, as data (JS 2.a, 11.a; CQ 3)."""
