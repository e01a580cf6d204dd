# SPDX-License-Identifier: Apache-2.0
"""Bookings and records of use of a unit's own platform (JS 16.b, CQ 12.a): each line by the one path, each once."""
