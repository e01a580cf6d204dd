# SPDX-License-Identifier: Apache-2.0
"""Notices: what is told to whom, by which way, in which words, and what became of it."""
