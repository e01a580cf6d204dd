# SPDX-License-Identifier: Apache-2.0
"""Versions of the working-day calendar, one file a version."""
