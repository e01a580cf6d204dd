# SPDX-License-Identifier: Apache-2.0
"""Calendars in the format of RFC 5545."""
