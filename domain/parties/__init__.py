# SPDX-License-Identifier: Apache-2.0
"""Who takes part: legal persons, managing units, professional institutions, users and their tokens."""
