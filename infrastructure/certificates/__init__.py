# SPDX-License-Identifier: Apache-2.0
"""Certificates of submission (JS 11.c): found by their number, told from the log alone, and printed."""
