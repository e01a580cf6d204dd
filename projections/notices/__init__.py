# SPDX-License-Identifier: Apache-2.0
"""Notices that follow from the log: who is told what, when it is due, and what became of it."""
