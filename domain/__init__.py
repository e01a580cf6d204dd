# SPDX-License-Identifier: Apache-2.0
"""The rules of sharing instruments: pure functions over immutable values; no clock, no I/O, no float."""
