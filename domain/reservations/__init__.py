# SPDX-License-Identifier: Apache-2.0
"""Reserving time on a resource and using it (lifecycle 6.3)."""
