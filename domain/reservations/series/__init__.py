# SPDX-License-Identifier: Apache-2.0
"""Recurring bookings: a pattern, the times it means, and the reservations made of them."""
