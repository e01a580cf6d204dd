# SPDX-License-Identifier: Apache-2.0
"""Contracts on paper: told from the log alone, and printed."""
