# SPDX-License-Identifier: Apache-2.0
"""A unit's own list of fixed assets, and what the registry lacks beside it (ruling 8.24)."""
