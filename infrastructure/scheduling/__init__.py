# SPDX-License-Identifier: Apache-2.0
"""Scheduled work: a timer only wakes; what is due is found by query and done once, with its original due time."""
